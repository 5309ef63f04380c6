"""``batch``: an archive of articles, resumable, with a progress bar and an estimate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from service.batch import answers, resume_at
from service.domain import Article
from service.house import House
from service.jobs.protocol import Order
from service.jobs.waiting import see_through
from service.pipeline.run import Run
from service.settings import Settings

_COLUMNS = (
    SpinnerColumn(),
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
    TextColumn("left:"),
    TimeRemainingColumn(),
)


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--profile", help="A model set other than KHULASA_PROFILE.")
@click.option("--threads", type=click.IntRange(1, 64), help="Articles at once; KHULASA_WORKING.")
def batch(source: Path, output: Path, profile: str | None, threads: int | None) -> None:
    """Digest every line of SOURCE (JSONL) into OUTPUT; run again to go on where it stopped.

    With KHULASA_JOBS=celery the workers do it.
    """
    settings = Settings.from_env()
    done, failed = resume_at(output), 0
    house = House(settings)
    digest = partial(_digest, house, profile)
    try:
        with (
            source.open(encoding="utf-8", errors="replace") as lines,
            output.open("a", encoding="utf-8") as out,
            _progress(done, _count(source)) as advance,
        ):
            for answer in answers(lines, done, digest, threads or settings.working):
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
                out.flush()
                failed += "problem" in answer
                advance()
    finally:
        house.close()
    click.echo(f"khulasa: {output} is complete, {failed} lines of this run failed", err=True)


def _digest(house: House, profile: str | None, article: Article) -> dict[str, Any]:
    if house.settings.jobs == "celery":
        order = Order(article=article, profile=profile)
        found = house.find(see_through(house.jobs, order))
    else:
        found = house.digest(article, Run(patient=True), profile)
    shape: dict[str, Any] = json.loads(found.stored)
    return shape


@contextmanager
def _progress(done: int, total: int) -> Iterator[Any]:
    with Progress(*_COLUMNS, console=Console(stderr=True)) as progress:
        task = progress.add_task("articles", total=total, completed=done)
        yield lambda: progress.advance(task)


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
