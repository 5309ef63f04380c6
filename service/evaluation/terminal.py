"""The report as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.evaluation import wording
from service.evaluation.measures.base import SCOPES
from service.evaluation.report import Comparison, Report

_STYLES = {"better": "bold blue", "worse": "bold red", "changed": "yellow", "same": "dim"}


def show(report: Report, console: Console, *, everything: bool = False) -> None:
    """Print the systems, the tables and the conclusion.

    Without ``everything``, the deciding measures and those that changed significantly over a whole
    scope; the JSON and the page have all.
    """
    for letter, run in (("A", report.a), ("B", report.b)):
        failed = f", {len(run.failed)} failed" if run.failed else ""
        console.print(Text(f"{letter}  {run.name}: {len(run.outputs)} articles{failed}"))
        for signature in run.signatures:
            console.print(Text(f"   {signature}", style="dim"))
    chosen = [one for one in report.comparisons if everything or _worth_showing(one)]
    chosen.sort(key=lambda one: SCOPES.index(one.scope))
    for scope, comparisons in groupby(chosen, key=lambda one: one.scope):
        console.print(_table(wording.SCOPE_LABELS[scope], list(comparisons)))
    if everything:
        for name, signature in report.signatures.items():
            console.print(Text(f"{name}  {signature}", style="dim"))
    console.print(Text(wording.conclusion(report), style="bold"))
    if report.deciding:
        console.print(Text("* decides; its p is corrected for the number of them", style="dim"))


def _worth_showing(comparison: Comparison) -> bool:
    if comparison.p_adjusted is not None or comparison.kind.name == "seconds":
        return True
    whole = comparison.scope in {"translation", "summaries", "article"}
    side = comparison.kind.name.endswith(("-precision", "-recall"))
    return whole and not side and comparison.verdict != "same"


def _table(title: str, comparisons: Sequence[Comparison]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 1),
        collapse_padding=True,
    )
    table.add_column("", no_wrap=True)
    for heading in ("A", "B", "B − A", "95 % interval", "p"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("W·T·L", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for one in comparisons:
        unit = f", {one.kind.unit}" if one.kind.unit else ""
        decides = "" if one.p_adjusted is None else " *"
        said = "" if one.verdict == "same" else wording.VERDICTS[one.verdict]
        table.add_row(
            Text(one.kind.label + unit + decides),
            wording.score(one.kind, one.a.value, unit=False),
            wording.score(one.kind, one.b.value, unit=False),
            wording.difference(one.kind, one.difference),
            wording.interval(one.kind, one.interval),
            wording.p_value(one.p),
            wording.tally(one).replace(" ", ""),
            Text(said, style=_STYLES[one.verdict]),
        )
    return table
