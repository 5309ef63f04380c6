"""The paragraphs of a normalised text, each code point remembering where it came from.

A line is a paragraph, save where the text was wrapped to a width (mail, PDF, wire copy): there the
lines are joined again. ``block`` numbers what blank lines part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.text.normalize import folded

_LINE = re.compile(r"[^\n]+")
# A width at which text is wrapped, and how surely the lines must show it.
_WIDEST, _NARROWEST, _WRAPPED_SHARE, _LEAST_WRAPS = 120, 40, 0.8, 3


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it stands: ``origin[i]`` is where ``text[i]`` is in the source."""

    text: str
    origin: list[int]
    block: int
    _form: tuple[str, Sequence[int]] | None = None

    def form(self) -> tuple[str, Sequence[int]]:
        """The matching form, and for each code point of it its index in ``text``."""
        if self._form is None:
            self._form = folded(self.text)
        return self._form

    def words(self) -> int:
        """Whitespace-separated words."""
        return self.text.count(" ") + 1

    def keep(self, parts: Iterable[tuple[int, int]]) -> None:
        """Let the paragraph be these parts of itself alone, one space between them."""
        text, origin = "", list[int]()
        for part in parts:
            start, end = trimmed(self.text, *part)
            if start < end and text:
                text += " "
                origin.append(origin[-1])
            text += self.text[start:end]
            origin += self.origin[start:end]
        self.text, self.origin, self._form = text, origin, None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def paragraphs(source: str) -> list[Paragraph]:
    """All paragraphs that are not empty, in order."""
    lines = [trimmed(source, *match.span()) for match in _LINE.finditer(source)]
    lines = [line for line in lines if line[0] < line[1]]
    width = _wrap_width(source, lines)
    found: list[Paragraph] = []
    block, joins = 0, False
    for index, (start, end) in enumerate(lines):
        if joins:
            last = found[-1]
            last.text += " " + source[start:end]
            last.origin += [last.origin[-1], *range(start, end)]
        else:
            found.append(Paragraph(source[start:end], list(range(start, end)), block))
        after = lines[index + 1] if index + 1 < len(lines) else None
        near = after is not None and source.count("\n", end, after[0]) == 1
        joins = near and after is not None and _is_wrap(source, (start, end), after, width)
        block += not near
    return found


def _wrap_width(source: str, lines: list[tuple[int, int]]) -> int:
    """The width to which the text was wrapped; 0 where it was not."""
    width = max((end - start for start, end in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    near = [(one, two) for one, two in pairwise(lines) if source.count("\n", one[1], two[0]) == 1]
    wraps = sum(_is_wrap(source, one, two, width) for one, two in near)
    return width if wraps >= max(_LEAST_WRAPS, _WRAPPED_SHARE * len(near)) else 0


def _is_wrap(source: str, one: tuple[int, int], two: tuple[int, int], width: int) -> bool:
    """Whether line ``one`` ends only because the next word would not have fitted."""
    first_word = source[two[0] : two[1]].split(" ", 1)[0]
    return width > 0 and one[1] - one[0] + 1 + len(first_word) > width
