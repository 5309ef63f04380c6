"""Finds a glossary's terms in a text, in the forms that grammar gives them.

Arabic writes «و», «ف», «ب», «ل», «ك» and the article onto the first word (وبالولايات المتحدة) and
case and pronouns onto the last; English adds -s and 's. The longest term wins where two overlap.
A person is known by the last name alone, as news has it after the first time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.checks.lexicon import lexicon, stems
from service.checks.names import gazetteer
from service.checks.tokens import Token, fold, tokenize
from service.domain import Language
from service.glossary.terms import Glossary, Term

_ENDINGS = frozenset(
    ["", "ا", "ه", "ها", "هم", "هن", "نا", "ين", "ون", "ان", "ات", "ي", "يه", "يين", "يون"]
)
_SHORTEST_SURNAME = 4
# Surnames that are as often ordinary words, or a movement: known only beside the first name.
_ORDINARY = frozenset(
    ["سلام", "شريف", "سعيد", "صلاح", "احمد", "سادس", "ثاني", "عباس", "صباح", "طارق", "ميلي"]
) | {"روحاني", "برهان", "لاين", "سيلفا", "حوثي", "houthi"}


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: ``text[start:end]`` are its words without what is written onto them.

    ``spelling`` is the form of the glossary that was recognised, ``shared`` where another term of
    the glossary has it too (Amman and Oman are both «عمان»).
    """

    term: Term
    spelling: str
    start: int
    end: int
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A spelling of a term, cut into words: folded, and as they are written."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    spelling: str
    term: Term


_Index = Mapping[str, Sequence[_Entry]]


def find(glossary: Glossary, text: str, language: Language) -> tuple[Found, ...]:
    """The terms of the text in order, none overlapping another."""
    tokens = [token for token in tokenize(text) if token.kind != "mark"]
    return tuple(_scan(tokens, _index(glossary, language), language))


def find_one(term: Term, text: str, language: Language) -> tuple[Found, ...]:
    """Where the text has the term."""
    return find(_alone(term), text, language)


def stands(term: Term, text: str, language: Language) -> bool:
    """Whether the text has the term, or names a place by its people or adjective (Syrian)."""
    if find_one(term, text, language):
        return True
    if term.kind not in {"country", "place"}:
        return False
    places = gazetteer().places
    if language == "ar":
        words = (fold(word) for spelling in term.spellings("en") for word in spelling.split())
        arabic = tuple(stem for word in words for stem in places.get(word, ()))
        heads = (stem.form for token in tokenize(text) for stem in stems(token.form))
        return bool(arabic) and any(head.startswith(arabic) for head in heads)
    forms = [fold(word).removeprefix("ال") for s in term.spellings("ar") for word in s.split()]
    named = filter(None, (places.get(token.form) for token in tokenize(text)))
    return any(form.startswith(stem) for stem in named for form in forms)


@lru_cache(maxsize=4_096)
def _alone(term: Term) -> Glossary:
    return Glossary((term,))


def _scan(tokens: Sequence[Token], index: _Index, language: Language) -> Iterator[Found]:
    at = 0
    while at < len(tokens):
        entries = _longest(tokens, at, index, language)
        if not entries:
            at += 1
            continue
        entry, *rivals = entries
        shared = any(rival.term != entry.term for rival in rivals)
        last = tokens[at + len(entry.words) - 1]
        start = tokens[at].start + _written_on(tokens[at], entry.words[0], language)
        yield Found(entry.term, entry.spelling, start, last.end, shared)
        at += len(entry.words)


def _longest(tokens: Sequence[Token], at: int, index: _Index, language: Language) -> list[_Entry]:
    """The entries that begin at the token and have the most words."""
    first = tokens[at]
    forms = _numbers(first.form) if language == "en" else _heads(first.form)
    fitting = [
        entry
        for form in forms
        for entry in index.get(form, ())
        if _fits(tokens, at, entry, language)
    ]
    most = max((len(entry.words) for entry in fitting), default=0)
    return [entry for entry in fitting if len(entry.words) == most]


def _numbers(form: str) -> list[str]:
    """The English word as it stands, and under which its other number is known."""
    return list(dict.fromkeys([form, form.removesuffix("es"), form.removesuffix("s"), form + "s"]))


def _heads(form: str) -> list[str]:
    """The word without conjunction and preposition; the article is part of a name or is not.

    «السيول» are floods, «سيول» is Seoul.
    """
    article = form.startswith(("ال", "وال", "بال", "وبال", "فال", "كال"))
    found = [stem.form for stem in stems(form)]
    return [f for f in found if f.startswith("ال") or not article or f == form]


def _fits(tokens: Sequence[Token], at: int, entry: _Entry, language: Language) -> bool:
    span = tokens[at : at + len(entry.words)]
    if len(span) < len(entry.words):
        return False
    if language == "en":
        return all(map(_same_english, span, entry.words, entry.written))
    return all(map(_same_arabic, span[1:], entry.words[1:]))


def _same_english(token: Token, word: str, written: str) -> bool:
    """Whether the word is there, in either number, and capitals are where they belong."""
    if token.form not in {word, word + "s", word + "es", word.removesuffix("s")}:
        return False
    if written.isupper() and len(written) > 1:  # the WHO is not "who"
        return token.text.removesuffix("s").removesuffix("'").removesuffix("’").isupper()
    return token.text[0].isupper() or not written[0].isupper()


def _same_arabic(token: Token, word: str) -> bool:
    """Whether a later word of a term is there: inflected, but with nothing put before it."""
    if token.form == word:
        return True
    stem = word.removesuffix("ه")
    return len(stem) > 2 and token.form.startswith(stem) and token.form[len(stem) :] in _ENDINGS


def _written_on(token: Token, word: str, language: Language) -> int:
    """How many characters stand before the term in its first word: «و» in «وواشنطن»."""
    if language == "en":
        return 0
    cuts = range(len(token.text) - 1, 0, -1)  # from the end: vowel marks fold to nothing
    return next((cut for cut in cuts if fold(token.text[cut:]) == word), 0)


@lru_cache(maxsize=2_048)
def _index(glossary: Glossary, language: Language) -> _Index:
    """Spellings by their first word; in Arabic also by that word without its article."""
    index: dict[str, list[_Entry]] = defaultdict(list)
    for term in glossary.terms:
        for spelling in (*term.spellings(language), *_surnames(term, language)):
            tokens = [token for token in tokenize(spelling) if token.kind != "mark"]
            words = tuple(token.form for token in tokens)
            if not words:
                continue
            entry = _Entry(words, tuple(token.text for token in tokens), spelling, term)
            index[words[0]].append(entry)
            bare = words[0].removeprefix("ال")
            if language == "ar" and bare != words[0]:  # «للأمم» is «ل» and «الأمم»
                index["لل" + bare].append(entry)
    return index


def _surnames(term: Term, language: Language) -> Iterator[str]:
    """The last names by which a person may go alone, as far as they are no ordinary words."""
    if term.kind != "person":
        return
    for spelling in term.spellings(language):
        if not {"بن", "bin"}.isdisjoint(spelling.split()):  # known by the first name
            continue
        surname = spelling.split()[-1].removeprefix("al-")
        form = fold(surname).removeprefix("ال")
        long_enough = len(form) >= _SHORTEST_SURNAME and form not in _ORDINARY
        if len(spelling.split()) > 1 and long_enough:
            token = next(iter(tokenize(surname)))
            place = any(form.startswith(stem) for stem in gazetteer().places.values())
            if lexicon(language).number(token) is None and not place:
                yield surname
