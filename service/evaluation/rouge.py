"""ROUGE for Arabic and English: rouge_score's arithmetic under a tokenizer that reads both.

Google's ``rouge_score`` keeps ``[a-z0-9]`` alone, so that two equal Arabic texts score 0. Here the
same scorer is handed tokens in matching form (``service.text``): two spellings of an Arabic word
are one token, «٣٫٥» is "3.5". On English in ASCII the tokens, and so the scores, are those of
``rouge_score`` itself; a letter such as "é" is kept, which ``rouge_score`` cuts the word at.

After Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Literal, Protocol, cast, get_args

from service.text.normalize import matching_form
from service.text.words import light_stem

Kind = Literal["rouge1", "rouge2", "rougeL", "rougeLsum"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_TOKEN = re.compile(r"[^\W_]+")
_ENGLISH_UNSTEMMED = 3  # rouge_score leaves English words of up to three letters as they are


@dataclass(frozen=True, slots=True)
class Rouge:
    """Precision, recall and F1 in 0–1."""

    precision: float
    recall: float
    f1: float


class RougeTokenizer:
    """Letters and digits in matching form; what ``rouge_score`` takes as ``tokenizer``.

    Args:
        stem: drop Arabic conjunctions, prepositions and the article (``light_stem``) and stem
            English by Porter, as ``rouge_score`` does with ``use_stemmer``.
    """

    def __init__(self, *, stem: bool = False) -> None:
        self._porter = _porter() if stem else None

    def tokenize(self, text: str) -> list[str]:
        """The tokens of ``text``, in order."""
        tokens: list[str] = _TOKEN.findall(matching_form(text))
        return tokens if self._porter is None else [self._stem(token) for token in tokens]

    def _stem(self, token: str) -> str:
        if self._porter is not None and token.isascii() and len(token) > _ENGLISH_UNSTEMMED:
            return self._porter.stem(token)
        return light_stem(token)


def rouge(
    prediction: str,
    references: str | Sequence[str],
    *,
    kinds: Sequence[Kind] = KINDS,
    stem: bool = False,
) -> Mapping[Kind, Rouge]:
    """Score one text against one reference, or against the best (by F1) of several.

    ``rougeLsum`` takes every line as a sentence, so put one sentence on a line for it. Nothing but
    punctuation on either side scores 0. At least one reference is needed.
    """
    targets = [references] if isinstance(references, str) else list(references)
    scores = _scorer(tuple(kinds), stem).score_multi(targets, prediction)
    return {
        kind: Rouge(float(found.precision), float(found.recall), float(found.fmeasure))
        for kind, found in scores.items()
    }


def signature(*, stem: bool = False) -> str:
    """How these scores came about, sacreBLEU-style: compare only scores of equal signatures."""
    stemmed = "light+porter" if stem else "no"
    return f"case:lc|tok:matching|stem:{stemmed}|refs:best|rouge_score:{version('rouge_score')}"


class _Stemmer(Protocol):
    def stem(self, word: str) -> str: ...


@cache
def _porter() -> _Stemmer:
    from nltk.stem.porter import PorterStemmer

    return cast("_Stemmer", PorterStemmer())


@cache
def _scorer(kinds: tuple[Kind, ...], stem: bool) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(kinds), tokenizer=RougeTokenizer(stem=stem))
