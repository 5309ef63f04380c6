"""What is wrong with a translation, as far as it can be seen without knowing both languages well.

Bounds were measured on 35,068 news sentences translated by a person (see docs/translation.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import Language
from service.pipeline.typography import final_mark
from service.text.addresses import ADDRESS
from service.text.words import arabic_share, matching_words

# Characters of the target for one of the source, spaces left out: the 0.05th and 99.95th
# percentile; the slack is for very short texts.
_RATIO: dict[tuple[Language, Language], tuple[float, float]] = {
    ("ar", "en"): (0.65, 2.1),
    ("en", "ar"): (0.48, 1.7),
}
_SLACK = 8

_ARABIC_WORD = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; ``code`` is a flag's, the texts are what it quotes."""

    code: str
    source: str | None = None
    target: str | None = None


def findings(source: str, target: str, source_language: Language) -> list[Finding]:
    """All that is wrong with ``target`` as a translation of ``source``; worst first."""
    found = [
        _repetition(source, target),
        _length_ratio(source, target, source_language),
        _untranslated(source, target, source_language),
        _final_punctuation(source, target),
    ]
    return [finding for finding in found if finding is not None]


def loop(words: Sequence[str], longest: int = 8) -> tuple[str, ...] | None:
    """The n-gram that follows on itself: a word four times, two thrice, more twice.

    What is said once or twice again ("very, very", «لا لا لا») is how people write.
    """
    for size in range(1, longest + 1):
        times = {1: 4, 2: 3}.get(size, 2)
        for start in range(len(words) - size * times + 1):
            gram = words[start : start + size]
            if all(
                words[start + k * size : start + (k + 1) * size] == gram for k in range(1, times)
            ):
                return tuple(gram)
    return None


def _repetition(source: str, target: str) -> Finding | None:
    said, heard = matching_words(target), matching_words(source)
    repeated = loop(said) or _frequent(said, 4)
    if repeated is None or loop(heard) is not None or _frequent(heard, 2) is not None:
        return None
    return Finding("repetition", target=" ".join(repeated))


def _frequent(words: Sequence[str], size: int, times: int = 3) -> tuple[str, ...] | None:
    """A phrase of ``size`` words said three times in one sentence, not necessarily in a row."""
    grams = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    gram, count = next(iter(grams.most_common(1)), ((), 0))
    return gram if count >= times else None


def _length_ratio(source: str, target: str, language: Language) -> Finding | None:
    low, high = _RATIO[language, "en" if language == "ar" else "ar"]
    read, written = _letters(source), _letters(target)
    if low * read - _SLACK <= written <= high * read + _SLACK:
        return None
    return Finding("length_ratio")


def _letters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _untranslated(source: str, target: str, language: Language) -> Finding | None:
    if language == "ar":
        left = _ARABIC_WORD.findall(target)
    else:
        # Names and abbreviations (CNN, iPhone) stay Latin in the Arabic press; other words do not.
        latin = _LATIN_WORD.findall(ADDRESS.sub(" ", target))
        left = [word for word in latin if word.islower() and len(word) > 2 and word in source]
        if arabic_share(target) < 0.5:
            left = left or latin
    return Finding("untranslated", target=" ".join(left[:6])) if left else None


def _final_punctuation(source: str, target: str) -> Finding | None:
    if final_mark(source) is None or final_mark(target) is not None:
        return None
    return Finding("final_punctuation")
