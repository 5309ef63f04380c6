"""What the page shows, worked out: the template only lays it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain import Language
from service.evaluation import wording
from service.evaluation.differences import Span, changed_share, mark
from service.evaluation.measures.base import SCOPES, Scope
from service.evaluation.page.plots import BarsPlot, IntervalPlot, bars_plot, interval_plot
from service.evaluation.report import Comparison, Report, Verdict
from service.evaluation.sets import PARTS, Article, Part

MOST_ARTICLES = 200  # a page with more texts than these is slow to open


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison in the tables; numbers as they are written."""

    comparison: Comparison
    a: str
    b: str
    difference: str
    interval: str
    p: str
    tally: str
    verdict: Verdict
    said: str
    plot: IntervalPlot
    bars: BarsPlot


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one scope."""

    scope: Scope
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How one article fares by one deciding measure; ``gain`` is positive where B is better."""

    name: str
    label: str
    gain: float
    written: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of an article's two answers, side by side."""

    label: str
    language: Language
    references: tuple[str, ...]
    a: tuple[Span, ...]
    b: tuple[Span, ...]
    equal: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article; ``change`` is the percentage of words in which the answers differ."""

    article: Article
    change: int
    changes: tuple[Change, ...]
    parts: tuple[PartView, ...]
    error_a: str | None
    error_b: str | None


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page; ``axis`` names the ends of the one that the deciding rows share."""

    report: Report
    conclusion: str
    forest: Table
    axis: tuple[str, str]
    tables: tuple[Table, ...]
    articles: tuple[ArticleView, ...]
    languages: Mapping[Language, int]


def page_view(report: Report) -> PageView:
    """Work out the page: articles whose answers differ most come first."""
    articles = sorted(
        (_article(report, place) for place in range(len(report.articles))),
        key=lambda view: (-view.change, view.article.id),
    )
    reach = _reach(report.deciding)
    return PageView(
        report,
        wording.conclusion(report),
        _table("summaries", report.deciding, reach=reach),
        (f"−{reach:.1f}", f"+{reach:.1f}"),
        tuple(
            _table(scope, found)
            for scope in SCOPES
            if (found := [one for one in report.comparisons if one.scope == scope])
        ),
        tuple(articles[:MOST_ARTICLES]),
        {
            language: sum(article.language == language for article in report.articles)
            for language in ("ar", "en")
        },
    )


def _reach(comparisons: Sequence[Comparison]) -> float:
    """The farthest end of any interval, so that one axis serves all."""
    ends = (end for one in comparisons for end in (one.interval.low, one.interval.high))
    return max((abs(end) for end in ends), default=1.0) or 1.0


def _table(scope: Scope, comparisons: Sequence[Comparison], reach: float | None = None) -> Table:
    rows = tuple(_row(one, reach) for one in comparisons)
    return Table(scope, wording.SCOPE_LABELS[scope], rows)


def _row(one: Comparison, reach: float | None) -> Row:
    return Row(
        one,
        wording.score(one.kind, one.a.value),
        wording.score(one.kind, one.b.value),
        wording.difference(one.kind, one.difference),
        wording.interval(one.kind, one.interval),
        wording.p_value(one.p),
        wording.tally(one),
        one.verdict,
        wording.VERDICTS[one.verdict],
        interval_plot(one.interval.low, one.interval.high, one.difference, reach=reach),
        bars_plot(one.by_article),
    )


def _article(report: Report, place: int) -> ArticleView:
    article = report.articles[place]
    a, b = report.a.outputs[article.id], report.b.outputs[article.id]
    written = [part for part in PARTS if part in a.parts or part in b.parts]
    texts = {part: (a.parts.get(part, ""), b.parts.get(part, "")) for part in written}
    everything = [" ".join(pair[side] for pair in texts.values()) for side in (0, 1)]
    return ArticleView(
        article,
        round(100 * changed_share(*everything)),
        tuple(_change(one, place) for one in report.deciding if one.by_article[place]),
        tuple(_part(article, part, *texts[part]) for part in written),
        a.error,
        b.error,
    )


def _part(article: Article, part: Part, a: str, b: str) -> PartView:
    spans_a, spans_b = mark(a, b)
    return PartView(
        wording.SCOPE_LABELS[part],
        article.language_of(part),
        article.references.get(part, ()),
        spans_a,
        spans_b,
        equal=a == b,
    )


def _change(one: Comparison, place: int) -> Change:
    value = one.by_article[place] or 0.0
    return Change(
        one.name,
        f"{wording.SCOPE_LABELS[one.scope]}: {one.kind.label}",
        -value if one.kind.better == "lower" else value,
        wording.difference(one.kind, value),
    )
