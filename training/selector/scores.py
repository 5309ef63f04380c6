"""ROUGE by the thousand: what ``service.evaluation.rouge`` says of F1, fast enough to search with.

``rouge_score`` fills a table of Python numbers for each longest common subsequence; here a row of
the table is one big integer (Hyyrö 2004). A test holds both to the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.evaluation.rouge import RougeTokenizer

_TOKENIZER = RougeTokenizer()


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 of ROUGE-1, -2 and -L, in 0–1."""

    one: float
    two: float
    longest: float

    @property
    def blend(self) -> float:
        """What the selector is trained for: ROUGE-L above all."""
        return 0.6 * self.longest + 0.2 * (self.one + self.two)


@lru_cache(maxsize=100_000)
def tokens(text: str) -> tuple[str, ...]:
    """The text's tokens, as ``service.evaluation.rouge`` compares them."""
    return tuple(_TOKENIZER.tokenize(text))


def score(prediction: Sequence[str], reference: Sequence[str]) -> Scores:
    """Score tokens against the reference's."""
    return Scores(
        _ngrams(prediction, reference, 1),
        _ngrams(prediction, reference, 2),
        _f1(common(prediction, reference), len(prediction), len(reference)),
    )


def common(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    if not left or not right:
        return 0
    places: dict[str, int] = {}
    for place, token in enumerate(left):
        places[token] = places.get(token, 0) | (1 << place)
    full = (1 << len(left)) - 1
    row = full
    for token in right:
        match = row & places.get(token, 0)
        row = ((row + match) | (row - match)) & full
    return len(left) - row.bit_count()


def _ngrams(prediction: Sequence[str], reference: Sequence[str], size: int) -> float:
    found = Counter(zip(*(prediction[i:] for i in range(size)), strict=False))
    wanted = Counter(zip(*(reference[i:] for i in range(size)), strict=False))
    hits = sum((found & wanted).values())
    return _f1(hits, sum(found.values()), sum(wanted.values()))


def _f1(hits: int, predicted: int, wanted: int) -> float:
    if not hits:
        return 0.0
    precision, recall = hits / predicted, hits / wanted
    return 2 * precision * recall / (precision + recall)
