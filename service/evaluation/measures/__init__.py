"""The measures, one module a family; ``standard`` is the set that ``compare`` uses."""

from __future__ import annotations

from service.engines.protocol import Vectors
from service.engines.vectors import E5Vectors
from service.evaluation.measures import (
    extraction,
    faithfulness,
    overlap,
    running,
    similarity,
    translation,
)
from service.evaluation.measures.base import Array, Better, Case, Family, Kind, Measure, Scope

__all__ = ["Array", "Better", "Case", "Family", "Kind", "Measure", "Scope", "standard"]


def standard(*, stem: bool = False, vectors: Vectors | None = None) -> tuple[Measure, ...]:
    """All measures, in the order of the reports."""
    return (
        *translation.measures(),
        *overlap.measures(stem=stem),
        *similarity.measures(vectors or E5Vectors()),
        *faithfulness.measures(),
        *extraction.measures(),
        *running.measures(),
    )
