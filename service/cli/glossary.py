"""``glossary``: the desks' glossaries from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

import click

from service.errors import Malformed
from service.glossary import GlossaryStore, read, write
from service.glossary.files import FileKind
from service.settings import Settings


@click.group()
def glossary() -> None:
    """Names and terms that translations must keep to; one glossary a desk."""


@glossary.command("list")
@click.argument("desk", required=False)
def list_editions(desk: str | None) -> None:
    """The last version of each glossary, or every version of DESK's."""
    with _open() as store:
        for edition in store.editions(desk):
            when = edition.at or "comes with Khulasa"
            terms = f"{edition.terms} terms"
            click.echo("  ".join((edition.desk, edition.version, terms, when, edition.author)))


@glossary.command()
@click.argument("desk")
@click.option("--version", help="An older version.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV rather than TSV.")
def show(desk: str, version: str | None, as_csv: bool) -> None:
    """DESK's glossary as a file, to stdout."""
    kind: FileKind = "csv" if as_csv else "tsv"
    with _open() as store:
        click.echo(write(store.get(desk, version), kind), nl=False)


@glossary.command()
@click.argument("desk")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default=getuser, help="Who decides; you, if left out.")
def put(desk: str, file: Path, by: str) -> None:
    """Put FILE (TSV or CSV) in force as DESK's glossary."""
    try:
        terms = read(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise Malformed(f"{file} is not UTF-8: byte {error.start} cannot be read") from None
    with _open() as store:
        edition = store.put(desk, terms, by)
    click.echo(f"khulasa: {desk}@{edition.version}, {edition.terms} terms", err=True)


@contextmanager
def _open() -> Iterator[GlossaryStore]:
    store = GlossaryStore.of(Settings.from_env().data_dir)
    try:
        yield store
    finally:
        store.close()
