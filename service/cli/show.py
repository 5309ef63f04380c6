"""A Digest on a terminal: the translation and the four summaries, for people.

Terminals that know bidi lay out each line by its first strong letter, so every Arabic paragraph is
a line of its own, and what is foreign in it is isolated (``service.text.bidi``).
"""

from __future__ import annotations

import textwrap

import click

from service.cli.explain import explained
from service.domain import LANGUAGES, LENGTHS, Digest, Language, Length
from service.text.bidi import isolate

WIDTH = 96
_NAMES: dict[Language, str] = {"ar": "Arabic", "en": "English"}


def show(digest: Digest, *, explain: bool = False) -> None:
    """Print the Digest; with ``explain`` each summary sentence's evidence, and the flags."""
    _heading(f"Translation ({_NAMES[digest.bitext.language]})")
    for paragraph in [digest.bitext.title or "", *digest.bitext.text.split("\n\n")]:
        _paragraph(paragraph, digest.bitext.language)
    for language in LANGUAGES:
        for length in LENGTHS:
            if length in digest.summaries.get(language, {}):
                _summary(digest, language, length)
    if explain:
        _heading("Evidence and flags")
        for line in explained(digest):
            click.echo(line)
    click.echo(digest.signature, err=True)


def _summary(digest: Digest, language: Language, length: Length) -> None:
    summary = digest.summaries[language][length]
    _heading(f"{_NAMES[language]}, {length} ({summary.words} words)")
    _paragraph(summary.text, language)


def _heading(text: str) -> None:
    click.secho(f"\n── {text} " + "─" * (WIDTH - len(text) - 4), bold=True)


def _paragraph(text: str, language: Language) -> None:
    if text:
        click.echo(textwrap.fill(isolate(text, language), WIDTH))
