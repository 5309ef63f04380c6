"""A glossary's spellings by their first word, with the last names by which persons may go alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.checks.lexicon import lexicon
from service.checks.names import gazetteer
from service.checks.tokens import fold, tokenize
from service.domain import LANGUAGES, Language
from service.glossary.ordinary import bare, is_given, is_ordinary_name
from service.glossary.terms import Glossary, Term

_SHORTEST_SURNAME = 4
_SHORTEST_ANSWER = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A spelling of a term, cut into words: folded, and as they are written.

    ``lone`` where it is a last name without the first, ``answers`` where it only answers for the
    term in a translation, being as often something else.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    spelling: str
    term: Term
    lone: bool = False
    answers: bool = False


Index = Mapping[str, Sequence[Entry]]


@lru_cache(maxsize=2_048)
def index_of(glossary: Glossary, language: Language) -> Index:
    """Spellings by their first word; in Arabic also by that word without its article."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in (each for term in glossary.terms for each in _entries(term, language)):
        index[entry.words[0]].append(entry)
        stem = entry.words[0].removeprefix("ال")
        if language == "ar" and stem != entry.words[0]:  # «للأمم» is «ل» and «الأمم»
            index["لل" + stem].append(entry)
    return index


def _entries(term: Term, language: Language) -> Iterator[Entry]:
    """The spellings of a term, and the last names by which a person may go alone."""
    answering = term.answering(language)
    forms = [(each, False, each in answering) for each in term.spellings(language)]
    known = frozenset(surnames(term, language))
    forms += [(each, True, each not in known) for each in _last_names(term, language)]
    for spelling, lone, answers in forms:
        tokens = [token for token in tokenize(spelling) if token.kind != "mark"]
        if tokens:
            words = tuple(token.form for token in tokens)
            written = tuple(token.text for token in tokens)
            yield Entry(words, written, spelling, term, lone, answers)


def _last_names(term: Term, language: Language) -> Iterator[str]:
    """The last words of a person's names, each once, but no numbers (Abdullah II)."""
    if term.kind != "person":
        return
    spellings = [each.split() for each in term.spellings(language)]
    last = (each[-1].removeprefix("al-") for each in spellings if len(each) > 1)
    for name in dict.fromkeys(last):
        token = next(iter(tokenize(name)))
        number = lexicon(language).number(token) or name.isupper()
        if len(bare(token.form)) >= _SHORTEST_ANSWER and not number:
            yield name


def surnames(term: Term, language: Language) -> Iterator[str]:
    """The last names by which a person is known alone: no given names and no ordinary words."""
    if term.kind != "person" or any(map(is_given, _every_spelling(term))):
        return
    for spelling in term.spellings(language):
        if not {"بن", "bin"}.isdisjoint(spelling.split()):  # known by the first name
            continue
        surname = spelling.split()[-1].removeprefix("al-")
        form = fold(surname).removeprefix("ال")
        long_enough = len(form) >= _SHORTEST_SURNAME and not is_ordinary_name(form)
        if len(spelling.split()) > 1 and long_enough:
            token = next(iter(tokenize(surname)))
            place = any(form.startswith(stem) for stem in gazetteer().places.values())
            if lexicon(language).number(token) is None and not place:
                yield surname


def _every_spelling(term: Term) -> Iterator[str]:
    yield from (each for language in LANGUAGES for each in term.spellings(language) if each)
