"""Score two systems on one set and test every difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from service import __version__
from service.evaluation.collect import SystemRun
from service.evaluation.measures import Array, Case, Measure, Scope
from service.evaluation.report import Comparison, Report, Score, is_scored
from service.evaluation.sets import PARTS, SUMMARIES, Article, Output, Part
from service.evaluation.significance import Resampler, holm

# Few and named beforehand: of sixty measures, three would look "significant" by chance alone.
DECIDING: tuple[str, ...] = (
    "translation.chrf++",
    "translation.numbers",
    "translation.names",
    "summaries.rouge1-recall",
    "summaries.rouge2",
    "summaries.similarity",
    "summaries.numbers",
    "summaries.names",
    "article.failures",
)
_TIE = 1e-9


def compare(
    articles: Sequence[Article],
    a: SystemRun,
    b: SystemRun,
    measures: Sequence[Measure],
    *,
    resampler: Resampler | None = None,
    deciding: Sequence[str] = DECIDING,
) -> Report:
    """Compare B with A; both have an output for every article.

    A part is compared where both systems wrote it for some article: one that a system never
    writes is not among its tasks, one that it lacks for this article counts as empty.
    """
    resampler = resampler or Resampler(len(articles))
    parts = tuple(part for part in PARTS if _writes(a, part) and _writes(b, part))
    comparisons: list[Comparison] = []
    signatures: dict[str, str] = {}
    for measure in measures:
        found = [
            _test(measure, scope, rows_a, rows_b, resampler)
            for scope, rows_a, rows_b in _scopes(measure, articles, a, b, parts)
        ]
        scored = [one for one in found if _is_worth_telling(one)]
        comparisons += scored
        if scored:
            cases = _cases(articles, b, measure.kind.parts, parts)
            signatures[measure.kind.name] = measure.signature(cases)
    return Report(
        articles=tuple(articles),
        a=a,
        b=b,
        comparisons=_adjusted(comparisons, deciding),
        signatures=signatures | {"tests": resampler.signature()},
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
    )


def _is_worth_telling(one: Comparison) -> bool:
    scored = is_scored(one.a.value) and is_scored(one.b.value)
    return scored and not (one.kind.rare and one.a.value == one.b.value == 0)


def _writes(run: SystemRun, part: Part) -> bool:
    return any(part in output.parts for output in run.outputs.values())


def _scopes(
    measure: Measure,
    articles: Sequence[Article],
    a: SystemRun,
    b: SystemRun,
    parts: Sequence[Part],
) -> list[tuple[Scope, Array, Array]]:
    """The statistics of both systems, shape (articles, k), for each scope of the measure."""
    wanted = [part for part in measure.kind.parts if part in parts]
    if measure.kind.parts and not wanted:
        return []
    rows_a, rows_b = (
        measure.statistics(_cases(articles, run, measure.kind.parts, parts)) for run in (a, b)
    )
    if not wanted:
        return [("article", rows_a, rows_b)]
    shape = (len(articles), len(wanted), -1)
    rows_a, rows_b = rows_a.reshape(shape), rows_b.reshape(shape)
    scopes: list[tuple[Scope, Array, Array]] = [
        (part, rows_a[:, place], rows_b[:, place]) for place, part in enumerate(wanted)
    ]
    if pooled := [place for place, part in enumerate(wanted) if part in SUMMARIES]:
        pool_a, pool_b = rows_a[:, pooled].sum(axis=1), rows_b[:, pooled].sum(axis=1)
        scopes.append(("summaries", pool_a, pool_b))
    return scopes


def _cases(
    articles: Sequence[Article], run: SystemRun, wanted: Sequence[Part], parts: Sequence[Part]
) -> list[Case]:
    """One case an article and part, article by article; one an article for whole answers."""
    compared = [part for part in wanted if part in parts]
    return [
        _case(article, run.outputs[article.id], part)
        for article in articles
        for part in compared or (None,)
    ]


def _case(article: Article, output: Output, part: Part | None) -> Case:
    if part is None:
        return Case(article, output, None, " ".join(output.parts.values()), article.language)
    language = article.language_of(part)
    source: str | None = article.story
    if part != "translation" and language != article.language:
        references = article.references.get("translation", ())
        source = output.parts.get("translation") or (references[0] if references else None)
    return Case(
        article,
        output,
        part,
        output.parts.get(part, ""),
        language,
        article.references.get(part, ()),
        source,
    )


def _test(measure: Measure, scope: Scope, a: Array, b: Array, resampler: Resampler) -> Comparison:
    result = resampler.paired(a, b, measure.aggregate)
    differences = measure.aggregate(b) - measure.aggregate(a)
    return Comparison(
        measure.kind,
        scope,
        Score(result.a, result.interval_a),
        Score(result.b, result.interval_b),
        result.difference,
        result.interval,
        result.p_bootstrap,
        result.p_randomisation,
        tuple(_article_difference(value) for value in differences),
    )


def _article_difference(value: np.float64) -> float | None:
    if np.isnan(value):
        return None
    return 0.0 if abs(value) < _TIE else float(value)


def _adjusted(comparisons: Sequence[Comparison], deciding: Sequence[str]) -> tuple[Comparison, ...]:
    asked: Mapping[str, float] = {
        one.name: one.p_randomisation for one in comparisons if one.name in deciding
    }
    adjusted = holm(dict(asked))
    return tuple(replace(one, p_adjusted=adjusted.get(one.name)) for one in comparisons)
