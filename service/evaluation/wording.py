"""How scores and verdicts are written for people; the terminal and the page share it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from service.evaluation.measures.base import Kind, Scope
from service.evaluation.report import ALPHA, Comparison, Report, Verdict
from service.evaluation.significance import Interval

SCOPE_LABELS: Mapping[Scope, str] = {
    "translation": "Translation",
    "summaries": "Summaries, all four",
    "short_ar": "Short summary, Arabic",
    "short_en": "Short summary, English",
    "long_ar": "Long summary, Arabic",
    "long_en": "Long summary, English",
    "article": "Whole answer",
}
_SCOPE_NAMES: Mapping[Scope, str] = {"summaries": "summaries", "article": "whole"}
VERDICTS: Mapping[Verdict, str] = {
    "better": "better",
    "worse": "worse",
    "changed": "changed",
    "same": "no clear difference",
}


def score(kind: Kind, value: float, *, unit: bool = True) -> str:
    """``41.3``, ``12.5 words``; a dash for nothing scored."""
    if math.isnan(value):
        return "–"
    return f"{value:.{kind.digits}f}{_unit(kind) if unit else ''}"


def difference(kind: Kind, value: float) -> str:
    """The same with its sign, a true minus among them; a difference of nothing is 0."""
    if math.isnan(value):
        return "–"
    written = f"{abs(value):.{kind.digits}f}"
    sign = "" if float(written) == 0 else "+" if value > 0 else "−"
    return sign + written


def interval(kind: Kind, ends: Interval) -> str:
    """``−1.2 … +0.3``."""
    return f"{difference(kind, ends.low)} … {difference(kind, ends.high)}"


def _unit(kind: Kind) -> str:
    return kind.unit if kind.unit in {"", "%", "×"} else f" {kind.unit}"


def p_value(value: float) -> str:
    """Three decimals, as many as 10,000 trials bear; "<.001" below."""
    if math.isnan(value):
        return "–"
    return "<.001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def tally(comparison: Comparison) -> str:
    """Articles that B wins, ties, loses: ``12 · 3 · 9``."""
    return " · ".join(str(count) for count in comparison.tally)


def conclusion(report: Report) -> str:
    """One sentence on the whole, from the deciding comparisons alone."""
    if not report.deciding:
        return "Nothing could be decided: the set has no references that both systems answer to."
    worse, better = report.named(["worse"]), report.named(["better"])
    if not worse and not better:
        return f"No deciding measure shows a difference at p < {ALPHA:.2f}".replace("0.", ".") + "."
    said = [
        f"{word} in {_listed(found)}"
        for word, found in (("worse", worse), ("better", better))
        if found
    ]
    return f"B is significantly {' and '.join(said)}."


def _listed(comparisons: tuple[Comparison, ...]) -> str:
    """``the summaries (ROUGE-2, similarity)``, scope by scope."""
    labels: dict[str, list[str]] = {}
    for one in comparisons:
        labels.setdefault(_SCOPE_NAMES.get(one.scope, SCOPE_LABELS[one.scope].lower()), []).append(
            one.kind.label
        )
    return " and ".join(f"the {scope} ({', '.join(names)})" for scope, names in labels.items())
