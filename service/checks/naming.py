"""Flags for names: lost or made up in a translation, unknown to the article, spelled two ways.

All is told from the Latin side, where names have capitals (service.checks.names). A name is
unknown only if no word of the Arabic article can be it, so that "Mask" passes for «ماسك»: what is
caught is another person, not a poor transliteration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from service import flags
from service.checks.names import (
    Name,
    arabic_forms,
    gazetteer,
    is_named,
    latin_names,
    without_counterpart,
    words_of,
)
from service.checks.tokens import fold
from service.checks.transliterate import latin_skeletons
from service.domain import Flag, Language
from service.glossary.files import starter
from service.glossary.find import find
from service.glossary.terms import Term
from service.text.normalize import matching_form

# Two spellings of one name share so many first letters; "Mohamed" and "Mohammed" share five.
_SHARED_LETTERS = 3
_SHORTEST_MARK = 3
_KNOWN_KINDS = frozenset({"person", "country", "place"})
_DOUBTFUL = frozenset({"قطر", "الخليل", "القرم"})  # also a diameter, a friend, a mangrove
_INFLECTIONS = frozenset({"s", "es", "n", "i", "an", "ian", "ans", "ians", "ese", "ish"})


def translation_name_flags(
    source: str, source_language: Language, target: str, where: str
) -> Iterator[Flag]:
    """Names of an English sentence that its Arabic counterpart lacks, whichever is the source."""
    if source_language == "en":
        for run in without_counterpart(source, target):
            yield flags.make("name_missing", where, source=_text(run))
    else:
        for run in without_counterpart(target, source):
            yield flags.make("name_added", where, target=_text(run))


def unknown_name_flags(
    sentence: str, english: Sequence[str], arabic: Sequence[str], where: str
) -> Iterator[Flag]:
    """Names of an English summary sentence that neither side of the article has.

    Args:
        sentence: a sentence of an English summary.
        english: the article's sentences in English, as far as they can be trusted.
        arabic: the article's sentences in Arabic, as far as they can be trusted.
        where: the sentence's path.
    """
    for run in latin_names(sentence):
        known = any(_has_word(text, name.form) for text in english for name in run)
        if not known and not any(_has_name(text, run) for text in arabic):
            yield flags.make("unknown_name", where, target=_text(run))


def unknown_term_flags(
    sentence: str, english: Sequence[str], arabic: Sequence[str], where: str
) -> Iterator[Flag]:
    """Well-known names of an Arabic summary sentence that neither side of the article has.

    Arabic has no capitals: what can be told are the names of the glossary that comes with Khulasa.
    In single translated sentences even that is too noisy («القرم» is Crimea, and a mangrove); over
    a whole article it is not.
    """
    sides: tuple[tuple[Language, Sequence[str]], ...] = (("ar", arabic), ("en", english))
    for hit in find(starter(), sentence, "ar"):
        if hit.shared or hit.term.kind not in _KNOWN_KINDS or hit.spelling in _DOUBTFUL:
            continue
        if not any(_mentions(text, hit.term, side) for side, texts in sides for text in texts):
            yield flags.make("unknown_name", where, target=hit.spelling)


def _mentions(text: str, term: Term, language: Language) -> bool:
    folded = _folded(text)
    return any(
        mark in folded if len(mark) >= _SHORTEST_MARK else mark in words_of(text)
        for mark in _marks(term, language)
    )


@lru_cache(maxsize=1_024)
def _marks(term: Term, language: Language) -> tuple[str, ...]:
    """What in a folded text may stand for the term: a spelling, a surname, a people's name."""
    spellings = term.spellings(language)
    marks = [*map(_folded, spellings)]
    if term.kind == "person":
        marks += [_folded(spelling.split()[-1].removeprefix("al-")) for spelling in spellings]
    english = [fold(word) for spelling in term.spellings("en") for word in spelling.split()]
    stems = [stem for word in english for stem in gazetteer().places.get(word, ())]
    if language == "ar":
        marks += stems
    elif stems:
        places = gazetteer().places.items()
        marks += [latin for latin, arabic in places if not set(stems).isdisjoint(arabic)]
    return tuple(marks)


@lru_cache(maxsize=1_024)
def _folded(text: str) -> str:
    return matching_form(text)


def spelling_flags(texts: Sequence[tuple[str, str]], arabic: Sequence[str]) -> Iterator[Flag]:
    """Names that an article's English texts spell in two ways where the Arabic has but one.

    Args:
        texts: each English text with its path.
        arabic: the Arabic sentences that they render.
    """
    first: dict[str, tuple[Name, str]] = {}
    for text, where in texts:
        for run in latin_names(text):
            for name in run:
                first.setdefault(name.form, (name, where))
    for (one, (name, _)), (two, (other, where)) in combinations(first.items(), 2):
        if _two_spellings(one, two) and _one_in_arabic(one, two, arabic):
            yield flags.make("name_spelling", where, source=name.text, target=other.text)


def _two_spellings(one: str, two: str) -> bool:
    """Whether two words differ as spellings of a name do, not as words of one family."""
    if one[:_SHARED_LETTERS] != two[:_SHARED_LETTERS] or abs(len(one) - len(two)) > 2:
        return False
    shorter, longer = sorted((one, two), key=len)
    if longer.startswith(shorter) and longer.removeprefix(shorter) in _INFLECTIONS:
        return False
    return not latin_skeletons(one).isdisjoint(latin_skeletons(two))


def _one_in_arabic(one: str, two: str, arabic: Sequence[str]) -> bool:
    forms = {form for text in arabic for form in words_of(text) if is_named(one, form)}
    return len(forms) == 1 and all(is_named(two, form) for form in forms)


def _has_name(text: str, run: Sequence[Name]) -> bool:
    return any(is_named(name.form, form) for form in arabic_forms(text) for name in run)


def _has_word(text: str, form: str) -> bool:
    """Whether the text has the name or a word made of it (Syria, Syrians)."""
    stem = form[: max(4, len(form) - 2)]
    return any(word.startswith(stem) for word in words_of(text))


def _text(run: Sequence[Name]) -> str:
    return " ".join(name.text for name in run)
