"""What a sentence that a model or a person wrote rests on in the article.

Extractive summaries know it exactly. For all others the sentence is held against every sentence of
the article: by multilingual vectors, so the two may be in different languages, and by what they
name in common: values (numbers, dates, money, read by ``service.checks``), names, and words where
the language is the same. The score is the chance that the one supports the other, by a logistic
model of three measures; docs/evidence.md says how it was fitted and how often it errs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service import flags
from service.checks.compare import unsupported
from service.checks.names import arabic_forms, is_named, latin_names
from service.checks.quantity import Quantity
from service.checks.reader import read
from service.domain import Evidence, Flag, Language, Summary
from service.engines.protocol import Vectors
from service.text.words import arabic_share, light_stem, matching_words

# Below it a sentence is no evidence; a text that has none is flagged.
SUPPORTED = 0.2
# Further evidence is named only if it is nearly as good as the best.
_NEARLY = 0.2
_MOST = 3
# A word says what a text is about if it has so many letters.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights of the logistic model: of the cosine, of values, names or words in common, and 1."""

    cosine: float
    values: float
    words: float
    constant: float

    def chance(self, cosine: float, values: float, words: float) -> float:
        """The chance that a sentence supports a text, in 0–1."""
        logit = self.cosine * cosine + self.values * values + self.words * words + self.constant
        return 1 / (1 + math.exp(-logit))


SAME_LANGUAGE = _Model(cosine=67.5, values=0.45, words=15.52, constant=-66.08)
ACROSS = _Model(cosine=113.32, values=0.78, words=3.06, constant=-96.6)


def trace(
    texts: Sequence[str], article: Sequence[str], vectors: Vectors
) -> list[tuple[Evidence, ...]]:
    """The article's sentences that each text rests on, best first; empty where none does.

    Args:
        texts: sentences of a summary, in either language.
        article: the sentences of the article; evidence names them by index.
        vectors: what compares them.
    """
    if not texts or not article:
        return [() for _ in texts]
    cosines = vectors.embed(list(texts)) @ vectors.embed(list(article)).T
    return [
        _best([support(text, other, float(c)) for other, c in zip(article, row, strict=True)])
        for text, row in zip(texts, cosines, strict=True)
    ]


def support(text: str, sentence: str, cosine: float) -> float:
    """The chance that ``sentence`` supports ``text``, given the cosine of their vectors."""
    model = SAME_LANGUAGE if _language(text) == _language(sentence) else ACROSS
    values, words = shared(text, sentence)
    return model.chance(cosine, values, words)


def shared(text: str, sentence: str) -> tuple[float, float]:
    """How much of the text's values, and of its words or names, the sentence has.

    Values: the share found less the share missing, in −1–1; 0 where the text states none.
    Words: in one language the share of telling words in common; across languages the share of
    the English side's names that the Arabic side has, less one half; 0 where it names nobody.
    """
    return _values(text, sentence), _words(text, sentence)


def unsupported_flags(summary: Summary) -> tuple[Flag, ...]:
    """The sentences of a summary that nothing in the article supports."""
    where = f"summaries.{summary.language}.{summary.length}"
    return tuple(
        flags.make("unsupported", f"{where}.{number}", target=sentence.text)
        for number, sentence in enumerate(summary.sentences)
        if not sentence.evidence
    )


def _best(scores: Sequence[float]) -> tuple[Evidence, ...]:
    ranked = sorted(enumerate(scores), key=lambda item: (-item[1], item[0]))[:_MOST]
    best = ranked[0][1]
    return tuple(
        Evidence(number, round(score, 4))
        for number, score in ranked
        if score >= max(SUPPORTED, best - _NEARLY)
    )


def _values(text: str, sentence: str) -> float:
    claims = _read(text)
    if not claims:
        return 0.0
    missing = len(unsupported(claims, _read(sentence)))
    return 1 - 2 * min(missing, len(claims)) / len(claims)


def _words(text: str, sentence: str) -> float:
    if _language(text) == _language(sentence):
        own = _stems(text)
        return len(own & _stems(sentence)) / max(len(own), 1)
    english, arabic = (text, sentence) if _language(text) == "en" else (sentence, text)
    runs = latin_names(english)
    if not runs:
        return 0.0
    forms = arabic_forms(arabic)
    found = sum(any(is_named(name.form, form) for name in run for form in forms) for run in runs)
    return found / len(runs) - 0.5


@lru_cache(maxsize=4_096)
def _language(text: str) -> Language:
    return "ar" if arabic_share(text) > 0.5 else "en"


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(light_stem(word) for word in matching_words(text) if len(word) >= _TELLING)


@lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[Quantity, ...]:
    return read(text, _language(text))
