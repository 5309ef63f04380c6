"""Finds a glossary's terms in a text, in the forms that grammar gives them.

Arabic writes «و», «ف», «ب», «ل», «ك» and the article onto the first word (وبالولايات المتحدة) and
case and pronouns onto the last; English adds -s and 's. The longest term wins where two overlap.
A person is known by the last name alone, as news has it after the first time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.checks.lexicon import stems
from service.checks.names import gazetteer
from service.checks.tokens import POSSESSIVE, Token, fold, tokenize
from service.domain import Language
from service.glossary.ordinary import is_alone, is_ordinary, is_something_else
from service.glossary.spellings import Entry, Index, index_of
from service.glossary.terms import Glossary, Term

_ENDINGS = frozenset(
    ["", "ا", "ه", "ها", "هم", "هن", "نا", "ين", "ون", "ان", "ات", "ي", "يه", "يين", "يون"]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: ``text[start:end]`` are its words without what is written onto them.

    ``spelling`` is the form of the glossary that was recognised, ``shared`` where another term of
    the glossary has it too (Amman and Oman are both «عمان»). ``answers`` where the spelling is only
    good enough to answer for the term, being as often something else.
    """

    term: Term
    spelling: str
    start: int
    end: int
    shared: bool = False
    answers: bool = False


def find(glossary: Glossary, text: str, language: Language) -> tuple[Found, ...]:
    """The terms of the text in order, none overlapping another, as far as they are meant."""
    return tuple(_scan(text, index_of(glossary, language), language, sure=True))


def find_one(term: Term, text: str, language: Language) -> tuple[Found, ...]:
    """Where the text, a translation of one that has the term, has what may be it."""
    return tuple(_scan(text, index_of(_alone(term), language), language, sure=False))


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


def _scan(text: str, index: Index, language: Language, *, sure: bool) -> Iterator[Found]:
    """The terms of a text.

    Args:
        sure: leaves out what may be something else, which is enough to answer for a term.
    """
    tokens = [token for token in tokenize(text) if token.kind != "mark"]
    at = 0
    while at < len(tokens):
        entries = _longest(tokens, at, index, language)
        if sure:
            entries = [each for each in entries if _is_meant(text, tokens, at, each, language)]
        if not entries:
            at += 1
            continue
        entry, *rivals = entries
        shared = any(rival.term != entry.term for rival in rivals)
        last = tokens[at + len(entry.words) - 1]
        start = tokens[at].start + _written_on(tokens[at], entry.words[0], language)
        yield Found(entry.term, entry.spelling, start, last.end, shared, entry.answers)
        at += len(entry.words)


def _is_meant(
    text: str, tokens: Sequence[Token], at: int, entry: Entry, language: Language
) -> bool:
    """Whether the words that an entry fits name its term for certain."""
    if entry.answers:
        return False
    if len(entry.words) > 1 and not entry.lone:
        return True
    if language == "en":
        kind, last = entry.term.kind, at + len(entry.words) - 1
        careful = entry.lone or is_ordinary(entry.words[0], kind)
        return not careful or is_alone(text, tokens, last, language, kind)
    token, form = tokens[at], entry.words[0]
    before = token.text[: _written_on(token, form, language)]
    last_letter = entry.written[0][-1]
    if is_something_else(text, tokens, at, form, before) or (
        last_letter == "ة" and token.form.endswith(form) and not token.text.endswith("ة")
    ):
        return False
    return not entry.lone or is_alone(text, tokens, at, language)


def _longest(tokens: Sequence[Token], at: int, index: Index, language: Language) -> list[Entry]:
    """The entries that begin at the token and have the most words, the surest first."""
    first = tokens[at]
    forms = _numbers(first.form) if language == "en" else _heads(first.form)
    fitting = [
        entry
        for form in forms
        for entry in index.get(form, ())
        if _fits(tokens, at, entry, language)
    ]
    most = max((len(entry.words) for entry in fitting), default=0)
    longest = [entry for entry in fitting if len(entry.words) == most]
    return sorted(longest, key=lambda entry: entry.answers)


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


def _fits(tokens: Sequence[Token], at: int, entry: Entry, language: Language) -> bool:
    span = tokens[at : at + len(entry.words)]
    if len(span) < len(entry.words):
        return False
    if language == "en":
        number = entry.term.kind == "term"
        return all(
            _same_english(*each, number=number)
            for each in zip(span, entry.words, entry.written, strict=True)
        )
    return all(map(_same_arabic, span[1:], entry.words[1:]))


def _same_english(token: Token, word: str, written: str, *, number: bool) -> bool:
    """Whether the word is there, in either number, and capitals are where they belong.

    The s of a name is a letter, not a plural: «Hama» is not Hamas, nor "Mar-a-Lago" Lagos.
    """
    known = number or gazetteer().is_common(word)
    singular = {word.removesuffix("s")} if known else set[str]()
    if token.form not in {word, word + "s", word + "es", *singular}:
        return False
    if written.isupper() and len(written) > 1:  # the WHO is not "who", nor the U.S. "Us"
        letters = POSSESSIVE.sub("", token.text)
        return (letters[:-1] if token.form == word + "s" else letters).isupper()
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
