"""Names: which of the Latin side's have a counterpart in the Arabic text, and which have none.

Arabic has no capitals, so names are spotted on the Latin side and looked for on the Arabic one:
places and their people by a table, all others by their consonants.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from service.checks.lexicon import lexicon, stems
from service.checks.tokens import Token, fold, tokenize
from service.checks.transliterate import latin_skeletons, may_be
from service.checks.units import DATA

_SENTENCE_ENDS = frozenset(".?!:;\"“”‘’'«»([—–-*•")
# Written between the parts of a name, often in lower case.
PARTICLES = frozenset({"al", "el", "bin", "ibn", "bint", "de", "da", "van", "von", "der", "di"})
# Abbreviations whose point ends no sentence.
TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "rev", "st"]
)
_HEADING_SHARE = 0.5
_POSSESSIVE = re.compile("['’]s?$")  # "Russia's Vladimir Putin" is two names
_END = Token("", "", 0, 0, "mark", False)
# A name of fewer consonants is found in almost any sentence: nothing can be told from it.
_FEWEST_CONSONANTS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised word that is nothing but a name, at ``start`` to ``end`` of its text."""

    text: str
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What letters cannot tell about names; see ``data/names.toml``."""

    places: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    common_endings: tuple[str, ...]
    joined_endings: tuple[str, ...]
    titles: frozenset[str]

    def is_common(self, form: str) -> bool:
        """Whether an English word is capitalised only as part of a title or a heading."""
        singular = {form, form.removesuffix("s"), form.removesuffix("es")}
        return not self.common.isdisjoint(singular) or form.endswith(self.common_endings)


@cache
def gazetteer() -> Gazetteer:
    """The table, read once."""
    raw = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    places: dict[str, tuple[str, ...]] = {}
    for entry in raw["places"].values():
        arabic = tuple(fold(stem) for stem in entry["ar"].split())
        places |= dict.fromkeys(entry["en"].split(), arabic)
    words = {*(DATA / "english-words.txt").read_text("utf-8").split()}
    words |= {*raw["common"]["words"].split()}
    words -= {*raw["common"]["people"].split(), *places}
    return Gazetteer(
        places,
        frozenset(words),
        tuple(raw["common"]["endings"]),
        tuple(raw["joined"]["endings"]),
        frozenset(raw["titles"]["words"].split()),
    )


@lru_cache(maxsize=1_024)
def latin_names(text: str) -> tuple[tuple[Name, ...], ...]:
    """The names of an English text of which something can be told, as runs («Vladimir Putin»).

    Left out are titles before a name, runs with an ordinary word or an organisation in them, words
    that open a sentence or a quotation, acronyms, and headings in which every word is capitalised.
    """
    tokens = [token for token in tokenize(text) if token.form not in PARTICLES]
    words = [token for token in tokens if token.kind == "word"]
    if sum(token.text[0].isupper() for token in words[1:]) > _HEADING_SHARE * len(words):
        return ()
    runs: list[tuple[Name, ...]] = []
    run: list[Token] = []
    first = 0
    for at, token in enumerate([*tokens, _END]):
        if token.kind == "word" and token.text[0].isupper() and token.form not in TITLES:
            first = first if run else at
            run.append(token)
            if not _POSSESSIVE.search(token.text):
                continue
            runs.append(_names(run, opens=_opens(tokens, first)))
            run = []
        elif run and token.text not in {"-", "‑"}:
            runs.append(_names(run, opens=_opens(tokens, first)))
            run = []
    return tuple(filter(None, runs))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    if at >= 2 and tokens[at - 1].text == "." and tokens[at - 2].form in TITLES:
        return False
    return at <= 0 or tokens[at - 1].text in _SENTENCE_ENDS


def _names(run: Sequence[Token], *, opens: bool) -> tuple[Name, ...]:
    """The run's names; none where its first word may be capitalised for standing there.

    A title before a name is left out, and who opens a sentence with one is named for certain.
    """
    known, name = gazetteer(), _untitled(run)
    opens = opens and len(name) == len(run)
    if opens or any(known.is_common(token.form) for token in name):
        return ()
    if len(name) < len(run) and _is_plain(name):
        name = name[-1:]
    return tuple(
        Name(token.text, token.form, token.start, token.end) for token in name if _is_name(token)
    )


def _is_plain(name: Sequence[Token]) -> bool:
    """Whether a name behind a title ends in a last name that must be there.

    A first name is shared by many (Vladimir Putin, Volodymyr Zelensky); of one with "bin" or "al-"
    in it any part may be left out.
    """
    spaced = all(two.start == one.end + 1 for one, two in pairwise(name))
    return bool(name) and spaced and _is_name(name[-1])


def _untitled(run: Sequence[Token]) -> Sequence[Token]:
    """The run without the title that it begins with, and the people before that.

    "Saudi Crown Prince", "State" of "Secretary of State", but not the "Saudi" of "Saudi Aramco".
    """
    known = gazetteer()
    before = takewhile(lambda token: token.form in known.titles or token.form in known.places, run)
    last = max((at for at, token in enumerate(before) if token.form in known.titles), default=-1)
    return run[last + 1 :]


def _is_name(token: Token) -> bool:
    known, english = gazetteer(), lexicon("en")
    if token.form in known.places:
        return True
    if not token.text[1:].islower() or token.form.endswith(known.joined_endings):
        return False
    if token.form in english.weekdays or (token.form,) in english.months:
        return False
    return all(len(skeleton) >= _FEWEST_CONSONANTS for skeleton in latin_skeletons(token.form))


@lru_cache(maxsize=1_024)
def arabic_forms(text: str) -> tuple[str, ...]:
    """The words of an Arabic text in matching form and its pairs of neighbours, each once.

    Pairs, since «داود أوغلو» and «علم الهدى» are one word in Latin letters.
    """
    words = words_of(text)
    return (*dict.fromkeys(words), *map(" ".join, pairwise(words)))


@lru_cache(maxsize=1_024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in matching form, in order."""
    return tuple(token.form for token in tokenize(text) if token.kind == "word")


def without_counterpart(latin: str, arabic: str) -> Iterator[tuple[Name, ...]]:
    """The runs of the English text of which no word can be any word of the Arabic one."""
    forms = arabic_forms(arabic)
    for run in latin_names(latin):
        if not any(is_named(name.form, form) for name in run for form in forms):
            yield run


@lru_cache(maxsize=4_096)
def is_named(latin: str, form: str) -> bool:
    """Whether the Arabic word names what the Latin one names."""
    if latin == form:  # left in Latin letters
        return True
    arabic = gazetteer().places.get(latin)
    if arabic and any(stem.form.startswith(arabic) for stem in stems(form)):
        return True
    return may_be(latin, form)
