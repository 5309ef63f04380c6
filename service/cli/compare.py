"""``compare``: two systems over one set of articles; what got better, what got worse."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service.errors import Malformed
from service.evaluation.as_json import report_json
from service.evaluation.collect import SystemRun, Watcher, collect
from service.evaluation.compare import DECIDING, compare
from service.evaluation.gates import Limit, failures
from service.evaluation.measures import standard
from service.evaluation.page import write_page
from service.evaluation.report import Report
from service.evaluation.sets import Article, read_articles, write_outputs
from service.evaluation.significance import Resampler
from service.evaluation.store import OutputStore
from service.evaluation.systems import OutputsFile, System
from service.evaluation.terminal import show
from service.settings import Settings

_FILE = click.Path(path_type=Path, dir_okay=False)


class Options(TypedDict):
    """What the command line may say, as click hands it over."""

    articles: Path
    a: str
    b: str
    a_key_file: Path | None
    b_key_file: Path | None
    jobs: int
    fresh: bool
    limit: int | None
    stem: bool
    seed: int
    decide: tuple[str, ...]
    json_file: Path | None
    html_file: Path | None
    save_a: Path | None
    save_b: Path | None
    fail_under: tuple[str, ...]
    fail_if_worse: bool
    everything: bool


@dataclass(frozen=True, slots=True)
class Work:
    """How the systems are run: in parallel, and with or without what was kept before."""

    jobs: int
    fresh: bool
    settings: Settings


@click.command("compare")
@click.option("--articles", required=True, type=_FILE, help="The set: JSON Lines.")
@click.option("--a", required=True, help="A profile, a URL or an outputs file.")
@click.option("--b", required=True, help="What is compared with it: the same kinds.")
@click.option("--a-key-file", type=_FILE, help="A file with the API key of the URL of A.")
@click.option("--b-key-file", type=_FILE, help="A file with the API key of the URL of B.")
@click.option("--jobs", default=1, type=click.IntRange(1, 64), help="Articles at a time.")
@click.option("--fresh", is_flag=True, help="Make all outputs anew, do not resume.")
@click.option("--limit", type=click.IntRange(1), help="Only the set's first articles.")
@click.option("--stem", is_flag=True, help="Stem lightly before ROUGE.")
@click.option("--seed", default=12345, help="Of the significance tests.")
@click.option("--decide", multiple=True, help="Comparisons that decide; replaces the usual ones.")
@click.option("--json", "json_file", type=_FILE, help="Write the report as JSON.")
@click.option("--html", "html_file", type=_FILE, help="Write the report as one HTML page.")
@click.option("--save-a", type=_FILE, help="Write the outputs of A, to compare with later.")
@click.option("--save-b", type=_FILE, help="Write the outputs of B.")
@click.option("--fail-under", multiple=True, metavar="NAME=VALUE", help="Exit 1 if B misses it.")
@click.option("--fail-if-worse", is_flag=True, help="Exit 1 if B is significantly worse.")
@click.option("--all", "everything", is_flag=True, help="Print every measure.")
def compare_command(**options: Unpack[Options]) -> None:
    """Run A and B over a set, score both, and say which differences are more than chance.

    Exit codes: 0 compared (and nothing that --fail-… names), 1 B fails by --fail-under or
    --fail-if-worse, 2 usage, 3 a file cannot be read, 4 models are missing, 5 a service does not
    answer.
    """
    limits = [Limit.parse(text) for text in options["fail_under"]]
    articles = read_articles(options["articles"])[: options["limit"]]
    work = Work(options["jobs"], options["fresh"], Settings.from_env())
    a = _run(_system(options["a"], options["a_key_file"], work), articles, work)
    b = _run(_system(options["b"], options["b_key_file"], work), articles, work)
    report = compare(
        articles,
        a,
        b,
        standard(stem=options["stem"]),
        resampler=Resampler(len(articles), seed=options["seed"]),
        deciding=options["decide"] or DECIDING,
    )
    _write(report, options)
    show(report, Console(), everything=options["everything"])
    if reasons := failures(report, limits, if_worse=options["fail_if_worse"]):
        for reason in reasons:
            click.echo(f"khulasa: {reason}", err=True)
        sys.exit(1)


def _system(spec: str, key_file: Path | None, work: Work) -> System:
    if spec.startswith(("http://", "https://")):
        from service.evaluation.remote import Remote

        return Remote(spec.rstrip("/"), _key(key_file))
    if Path(spec).suffix == ".jsonl" or Path(spec).is_file():
        return OutputsFile.read(Path(spec))
    from service.evaluation.inprocess import InProcess

    return InProcess.open(spec, work.settings)


def _key(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Malformed(f"the key file {path} cannot be read: {error}") from None


def _run(system: System, articles: tuple[Article, ...], work: Work) -> SystemRun:
    store = None
    if not isinstance(system, OutputsFile) and not work.fresh:
        store = OutputStore.open(
            work.settings.data_dir, system=system.name, signature=system.signature()
        )
    with _progress(system.name) as watch:
        return collect(system, articles, store=store, jobs=work.jobs, watch=watch)


@contextmanager
def _progress(name: str) -> Iterator[Watcher]:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _write(report: Report, options: Options) -> None:
    """The files that were asked for; folders are made."""
    for path, run in ((options["save_a"], report.a), (options["save_b"], report.b)):
        if path is not None:
            write_outputs(path, run.outputs.values())
    if path := options["json_file"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        body = json.dumps(report_json(report), ensure_ascii=False, indent=1)
        path.write_text(body + "\n", "utf-8")
    if path := options["html_file"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_page(report, path)
