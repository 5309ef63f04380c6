"""The report as JSON, for machines: docs/compare.md describes the members."""

from __future__ import annotations

import math
from typing import Any

from service.evaluation import wording
from service.evaluation.collect import SystemRun
from service.evaluation.report import Comparison, Report, Score
from service.evaluation.significance import Interval

FORMAT = 1
_DIGITS = 6  # beyond, scores differ by the machine's order of additions


def report_json(report: Report) -> dict[str, Any]:
    """The whole report without the articles' texts; numbers are rounded, NaN is null."""
    return {
        "format": FORMAT,
        "version": report.version,
        "created_at": report.created_at,
        "conclusion": wording.conclusion(report),
        "articles": [article.id for article in report.articles],
        "a": _system(report.a),
        "b": _system(report.b),
        "signatures": dict(report.signatures),
        "comparisons": [_comparison(one) for one in report.comparisons],
    }


def _system(run: SystemRun) -> dict[str, Any]:
    return {
        "name": run.name,
        "signatures": list(run.signatures),
        "failed": {output.article_id: output.error for output in run.failed},
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    wins, ties, losses = one.tally
    return {
        "name": one.name,
        "scope": one.scope,
        "measure": one.kind.name,
        "better": one.kind.better,
        "unit": one.kind.unit,
        "a": _score(one.a),
        "b": _score(one.b),
        "difference": _number(one.difference),
        "interval": _interval(one.interval),
        "p_bootstrap": _number(one.p_bootstrap),
        "p_randomisation": _number(one.p_randomisation),
        "p_adjusted": _number(one.p_adjusted),
        "verdict": one.verdict,
        "wins": wins,
        "ties": ties,
        "losses": losses,
        "by_article": [_number(value) for value in one.by_article],
    }


def _score(score: Score) -> dict[str, Any]:
    return {"value": _number(score.value), "interval": _interval(score.interval)}


def _interval(interval: Interval) -> list[float | None]:
    return [_number(interval.low), _number(interval.high)]


def _number(value: float | None) -> float | None:
    if value is None or math.isnan(value):
        return None
    return round(value, _DIGITS) + 0.0  # no negative zero
