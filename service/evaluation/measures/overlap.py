"""ROUGE-1, -2, -L and -Lsum of the summaries: F1, precision and recall, means over texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from service.domain import Language
from service.evaluation.measures.base import Array, Case, Kind, Measure, Percent
from service.evaluation.rouge import KINDS, Rouge, rouge, signature
from service.evaluation.rouge import Kind as RougeKind
from service.evaluation.sets import SUMMARIES
from service.pipeline.segment import split

Side = Literal["f1", "precision", "recall"]
_LABELS: Mapping[RougeKind, str] = {
    "rouge1": "ROUGE-1",
    "rouge2": "ROUGE-2",
    "rougeL": "ROUGE-L",
    "rougeLsum": "ROUGE-Lsum",
}


@dataclass(frozen=True, slots=True)
class RougeMeasure(Percent):
    """One side of one ROUGE; named ``rouge2`` (F1) or ``rouge2-recall``."""

    rouge: RougeKind
    side: Side
    stem: bool = False

    @property
    def kind(self) -> Kind:
        """Higher is better, in percent as papers print it."""
        suffix = "" if self.side == "f1" else f"-{self.side}"
        label = _LABELS[self.rouge] + ("" if self.side == "f1" else f" {self.side}")
        return Kind(self.rouge + suffix, label, "higher", "overlap", SUMMARIES)

    def signature(self, cases: Sequence[Case]) -> str:
        """The tokenizer, the stemming and the version of rouge_score."""
        numbers = {len(case.references) for case in cases if case.references}
        count = str(numbers.pop()) if len(numbers) == 1 else "var"
        return f"nrefs:{count}|{signature(stem=self.stem)}"

    def statistics(self, cases: Sequence[Case]) -> Array:
        """(score, 1), or zeros without a reference."""
        rows = np.zeros((len(cases), 2))
        for row, case in zip(rows, cases, strict=True):
            if case.references:
                scores = _scores(case.text, case.references, case.language, self.stem)
                row[:] = getattr(scores[self.rouge], self.side), 1.0
        return rows


def measures(*, stem: bool = False) -> tuple[Measure, ...]:
    """All kinds, F1 first."""
    sides: tuple[Side, ...] = ("f1", "precision", "recall")
    return tuple(RougeMeasure(kind, side, stem) for side in sides for kind in KINDS)


@lru_cache(maxsize=4096)
def _scores(
    text: str, references: tuple[str, ...], language: Language, stem: bool
) -> Mapping[RougeKind, Rouge]:
    """All twelve at once, since the twelve measures ask for the same texts in turn."""
    lines = [_sentence_a_line(reference, language) for reference in references]
    return rouge(_sentence_a_line(text, language), lines, stem=stem)


def _sentence_a_line(text: str, language: Language) -> str:
    return "\n".join(sentence.text for sentence in split(text, language))
