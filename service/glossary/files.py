"""Glossaries as files: TSV and CSV, in and out, as spreadsheets write them.

The first line names the columns; ``ar`` and ``en`` must be among them, ``kind``, ``ar_variants``,
``en_variants`` (parted by ``|``) and ``source`` may be. Other columns are refused: a misspelt one
would silently have no effect.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from service.errors import Malformed
from service.glossary.terms import KINDS, Glossary, Term
from service.text.normalize import clean_unicode

FileKind = Literal["tsv", "csv"]
COLUMNS = ("ar", "en", "kind", "ar_variants", "en_variants", "source")
STARTER = Path(__file__).with_name("data") / "starter.tsv"
_DELIMITERS: Mapping[FileKind, str] = {"tsv": "\t", "csv": ","}


def read(text: str, kind: FileKind | None = None) -> Glossary:
    """The glossary of a file's text; the kind is told from the first line where it is not given.

    Raises:
        Malformed: naming the line and what is wrong with it.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    kind = kind or ("tsv" if "\t" in first else "csv")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_DELIMITERS[kind])
    try:
        return _read(rows)
    except csv.Error as error:
        raise Malformed(f"line {rows.line_num} of the glossary cannot be read: {error}") from None


def _read(rows: csv.DictReader[str]) -> Glossary:
    columns = [name.strip() for name in rows.fieldnames or ()]
    rows.fieldnames = columns
    if not {"ar", "en"} <= set(columns):
        raise Malformed("a glossary's first line names its columns, ar and en among them")
    if unknown := sorted(set(columns) - set(COLUMNS)):
        raise Malformed(f"a glossary has no column {unknown[0]!r}; it has {', '.join(COLUMNS)}")
    return Glossary.of(_terms(rows))


def _terms(rows: csv.DictReader[str]) -> Iterator[Term]:
    for row in rows:
        if None in row:
            raise Malformed(f"line {rows.line_num} of the glossary has too many columns")
        cells = {name: _clean(cell or "") for name, cell in row.items()}
        if not any(cells.values()):
            continue
        if not cells["ar"] or not cells["en"]:
            raise Malformed(f"line {rows.line_num} of the glossary lacks its ar or its en")
        kind = cells.get("kind") or "term"
        if kind not in KINDS:
            raise Malformed(f"line {rows.line_num}: {kind!r} is none of {', '.join(KINDS)}")
        yield Term(
            cells["ar"],
            cells["en"],
            kind,
            _variants(cells.get("ar_variants", "")),
            _variants(cells.get("en_variants", "")),
            cells.get("source", ""),
        )


def _clean(cell: str) -> str:
    return " ".join(clean_unicode(cell).split())


def _variants(cell: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, cell.split("|")) if part)


def write(glossary: Glossary, kind: FileKind = "tsv") -> str:
    """The glossary as a file's text; reading it gives the glossary back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_DELIMITERS[kind], lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in glossary.terms:
        variants = ("|".join(term.ar_variants), "|".join(term.en_variants))
        writer.writerow((term.ar, term.en, term.kind, *variants, term.source))
    return out.getvalue()


@cache
def starter() -> Glossary:
    """The glossary that comes with Khulasa."""
    return read(STARTER.read_text("utf-8"), "tsv")
