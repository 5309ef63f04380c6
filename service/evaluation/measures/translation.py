"""BLEU, chrF, chrF++ and TER by sacrebleu; one article is one segment.

sacrebleu makes the statistics and the signature. Its scores take one call for every sample of the
significance tests, so ``aggregate`` repeats its three formulas over whole arrays; the tests hold
the two together, and the scores against sacrebleu's own command.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from service.evaluation.measures.base import Array, Case, Kind, Measure
from service.evaluation.sets import PARTS

_TRANSLATION = (PARTS[0],)


@dataclass(frozen=True, slots=True)
class SacrebleuMeasure:
    """A metric of sacrebleu as one of our measures.

    Attributes:
        make: a fresh metric; sacrebleu's keep the last references' number for their signature.
        formula: ``aggregate``.
        width: the numbers in one row of its statistics.
    """

    kind: Kind
    make: Callable[[], Any]
    formula: Callable[[Array], Array]
    width: int

    def signature(self, cases: Sequence[Case]) -> str:
        """sacrebleu's own signature for these references."""
        metric = self.make()
        metric.num_refs = _number_of_references(cases)
        return str(metric.get_signature())

    def statistics(self, cases: Sequence[Case]) -> Array:
        """sacrebleu's sufficient statistics; zeros for a case without a reference."""
        rows = np.zeros((len(cases), self.width))
        for row, case in zip(rows, cases, strict=True):
            if case.references:
                row[:] = _statistics(self.make, case.text, case.references)
        return rows

    def aggregate(self, sums: Array) -> Array:
        """Scores in 0–100; TER may pass 100."""
        return np.where(sums.any(axis=-1), self.formula(sums), np.nan)


def measures() -> tuple[Measure, ...]:
    """sacrebleu's four, with its default options."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    return (
        SacrebleuMeasure(
            Kind("bleu", "BLEU", "higher", "overlap", _TRANSLATION), BLEU, bleu_scores, 10
        ),
        SacrebleuMeasure(
            Kind("chrf", "chrF", "higher", "overlap", _TRANSLATION), CHRF, chrf_scores, 18
        ),
        SacrebleuMeasure(
            Kind("chrf++", "chrF++", "higher", "overlap", PARTS),
            _chrf_plus_plus,
            chrf_scores,
            24,
        ),
        SacrebleuMeasure(Kind("ter", "TER", "lower", "overlap", _TRANSLATION), TER, ter_scores, 2),
    )


def _chrf_plus_plus() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=2)


def bleu_scores(sums: Array) -> Array:
    """BLEU-4 with exponential smoothing of (…, 10): lengths, then correct and total n-grams."""
    written, expected = sums[..., 0], sums[..., 1]
    correct, total = sums[..., 2:6], sums[..., 6:10]
    safe_total = np.maximum(total, 1.0)
    halving = 2.0 ** np.cumsum(correct == 0, axis=-1)
    precisions = np.where(correct == 0, 100 / (halving * safe_total), 100 * correct / safe_total)
    brevity = np.exp(np.minimum(0.0, 1 - expected / np.maximum(written, 1.0)))
    scorable = correct.any(axis=-1) & (total > 0).all(axis=-1)
    return np.where(scorable, brevity * np.exp(np.log(precisions).mean(axis=-1)), 0.0)


def chrf_scores(sums: Array, beta: float = 2.0) -> Array:
    """chrF of (…, 3 · orders): n-grams written, expected and matched, order by order."""
    counts = sums.reshape(*sums.shape[:-1], -1, 3)
    written, expected, matched = counts[..., 0], counts[..., 1], counts[..., 2]
    counted = (written > 0) & (expected > 0)
    orders = np.maximum(counted.sum(axis=-1), 1)
    precision = np.where(counted, matched / np.maximum(written, 1.0), 0.0).sum(axis=-1) / orders
    recall = np.where(counted, matched / np.maximum(expected, 1.0), 0.0).sum(axis=-1) / orders
    weighted = beta**2 * precision + recall
    product = (1 + beta**2) * precision * recall
    return 100 * np.where(weighted > 0, product / np.where(weighted > 0, weighted, 1.0), 0.0)


def ter_scores(sums: Array) -> Array:
    """TER of (…, 2): edits, then the references' mean length."""
    edits, length = sums[..., 0], sums[..., 1]
    return 100 * np.where(length > 0, edits / np.where(length > 0, length, 1.0), edits > 0)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _statistics(
    make: Callable[[], Any], text: str, references: tuple[str, ...]
) -> tuple[float, ...]:
    """One row, kept: systems often share a text, and TER of a long one takes seconds."""
    streams = [[_one_line(reference)] for reference in references]
    rows = make()._extract_corpus_statistics([_one_line(text)], streams)
    return tuple(float(value) for value in rows[0])


def _number_of_references(cases: Sequence[Case]) -> int:
    numbers = {len(case.references) for case in cases if case.references}
    return numbers.pop() if len(numbers) == 1 else -1
