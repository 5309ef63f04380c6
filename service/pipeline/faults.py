"""How much is wrong with a translation, weighed, so that two of them can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service import flags
from service.domain import Flag, Language
from service.pipeline.figures import differences
from service.pipeline.guards import Finding, findings

REPAIRED = "figure_repaired"
_WEIGHT = {"info": 1, "warning": 4, "severe": 16}


def faults(source: str, target: str, language: Language) -> int:
    """How much is wrong with a translation from ``language``, weighed; 0 is nothing."""
    return weighed(findings(source, target, language), len(differences(source, target, language)))


def weighed(found: Sequence[Finding], misstated: int) -> int:
    """What the guards found, and so many values that are not the source's."""
    weights = (_WEIGHT[flags.catalogue()[finding.code].severity] for finding in found)
    return sum(weights) + _WEIGHT["warning"] * misstated


def weight(raised: Iterable[Flag]) -> int:
    """How bad what was flagged is, what was repaired left out."""
    return sum(_WEIGHT[flag.severity] for flag in raised if flag.code != REPAIRED)
