"""``summarize``: one article from a file or stdin, its Digest to stdout."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from service import codec
from service.cli.show import show
from service.domain import Article
from service.errors import Malformed, NotFound
from service.house import House
from service.pipeline.run import Run
from service.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="The Digest as JSON, as over HTTP.")
@click.option("--profile", help="A model set other than KHULASA_PROFILE.")
@click.option("--language", type=click.Choice(["ar", "en"]), help="Overrides what is detected.")
@click.option("--title", help="The headline, if the file lacks it.")
@click.option("--glossary", help="The desk whose glossary is enforced; '' for none.")
@click.option("--explain", is_flag=True, help="Show evidence and flags beside the summaries.")
def summarize(
    file: Path,
    as_json: bool,
    profile: str | None,
    language: str | None,
    title: str | None,
    glossary: str | None,
    explain: bool,
) -> None:
    """Translate FILE (text or .html; - reads stdin) and summarize it in both languages."""
    raw = _read(file)
    html = file.suffix.lower() in {".html", ".htm"}
    article = Article(
        text=None if html else raw,
        html=raw if html else None,
        title=title,
        glossary=glossary,
        language=language,  # type: ignore[arg-type]  # click.Choice holds it to the two
    )
    house = House(Settings.from_env())
    try:
        answer = house.digest(article, Run(), profile)
    finally:
        house.close()
    if as_json:
        click.echo(codec.answer(answer.stored, cached=answer.cached).decode())
    else:
        show(codec.decode(answer.stored), explain=explain)


def _read(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {file}") from None
    except OSError as error:
        raise Malformed(f"{file} cannot be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"{file} is not UTF-8: byte {error.start} cannot be read") from None
