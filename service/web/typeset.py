"""Text as HTML for readers: runs of the other direction isolated, marks on words, numerals chosen.

Within a paragraph of one language every run of the other becomes a ``<bdi>`` with its own ``lang``
and ``dir``; figures become one with the paragraph's direction, so that neither a name nor a number
can pull its neighbours about (UAX #9). A mark is a link to the note that explains it, as a
footnote is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from service.domain import Language, Severity, other
from service.text.bidi import foreign_runs
from service.text.normalize import western_digits
from service.web.preferences import Numerals, direction

_FIGURE = re.compile(r"\d+(?:[.,٫٬:/]\d+)*[%٪]?")
# What is left of directional controls in text that did not come through intake.
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TO_INDIC = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
_TO_WESTERN = str.maketrans("٪٫٬", "%.,")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from ``start`` to ``end`` that a note is about; offsets are code points."""

    start: int
    end: int
    note: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    foreign: bool


def typeset(
    text: str,
    language: Language,
    marks: Sequence[Mark] = (),
    shown: Numerals = "written",
    *,
    linked: bool = True,
) -> Markup:
    """The text as HTML.

    Args:
        text: as it is written; directional controls in it are not shown.
        language: of the text as a whole.
        marks: must lie within the text; where two overlap, the first stands.
        shown: the numerals that the reader prefers in Arabic text.
        linked: whether a mark is a link; within a button it may not be one.
    """
    if _CONTROLS.search(text):
        text, marks = _CONTROLS.sub("", text), ()
    runs = list(_runs(text, language))
    parts, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        start, end = _whole_runs(mark, runs)
        if start < at:
            continue
        parts.append(_plain(text, at, start, runs, language, shown))
        inner = _plain(text, start, end, runs, language, shown)
        parts.append(_marked(mark, inner, linked=linked))
        at = end
    parts.append(_plain(text, at, len(text), runs, language, shown))
    return Markup("").join(parts)


def _marked(mark: Mark, inner: Markup, *, linked: bool) -> Markup:
    if not linked:
        shape = Markup('<span class="mark {}" data-note="{}">{}</span>')
        return shape.format(mark.severity, mark.note, inner)
    shape = Markup('<a class="mark {}" href="#note-{}" data-note="{}">{}</a>')
    return shape.format(mark.severity, mark.note, mark.note, inner)


def numerals(text: str, language: Language, shown: Numerals) -> str:
    """Arabic text in the numerals that the reader prefers; English stays as it is."""
    if shown == "written" or language != "ar":
        return text
    return _FIGURE.sub(lambda match: _figure(match[0], shown), text)


def _figure(figure: str, shown: Numerals) -> str:
    if shown == "western":
        return western_digits(figure).translate(_TO_WESTERN)
    if shown == "arabic":
        # 1,800.5 reads ١٬٨٠٠٫٥; 14.7.2022 is a date and keeps its points.
        point = "٫" if figure.count(".") == 1 else "."
        return figure.replace(",", "٬").replace(".", point).translate(_TO_INDIC)
    return figure


def _runs(text: str, language: Language) -> Iterator[_Run]:
    at = 0
    for match in foreign_runs(language).finditer(text):
        yield from _figures(text, at, match.start())
        yield _Run(match.start(), match.end(), foreign=True)
        at = match.end()
    yield from _figures(text, at, len(text))


def _figures(text: str, start: int, end: int) -> Iterator[_Run]:
    for match in _FIGURE.finditer(text, start, end):
        yield _Run(match.start(), match.end(), foreign=False)


def _whole_runs(mark: Mark, runs: Sequence[_Run]) -> tuple[int, int]:
    """A mark's borders moved outwards: an isolate that is cut in two would change its order."""
    start, end = mark.start, mark.end
    for run in runs:
        if run.start < start < run.end:
            start = run.start
        if run.start < end < run.end:
            end = run.end
    return start, end


def _plain(
    text: str, start: int, end: int, runs: Sequence[_Run], language: Language, shown: Numerals
) -> Markup:
    parts, at = [], start
    for run in runs:
        if run.start < start or run.end > end:
            continue
        parts.append(escape(text[at : run.start]))
        parts.append(_isolated(text[run.start : run.end], run, language, shown))
        at = run.end
    parts.append(escape(text[at:end]))
    return Markup("").join(parts)


def _isolated(words: str, run: _Run, language: Language, shown: Numerals) -> Markup:
    if run.foreign:
        tongue = other(language)
        return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(tongue, direction(tongue), words)
    figure = numerals(words, language, shown)
    return Markup('<bdi dir="{}">{}</bdi>').format(direction(language), figure)
