"""What a string of digits and separators is worth.

The separators are the trouble: ``1.234`` is one and a bit in English and may be a thousand and
more in an Arabic newsroom. Where the writing leaves two readings, both are told.
"""

from __future__ import annotations

import re

from service.domain import Language
from service.text.normalize import western_digits

_SEPARATOR = re.compile("[.,٫٬،\\s]")
# The agencies' 4.8 as «8ر4», or with a mark of direction in it: the fraction is written first,
# since the line is read from the right.
_TURNED = re.compile("(\\d+)(?:ر|[.,٫]\u200f)(\\d+)")


def literal_values(text: str, language: Language) -> tuple[float, ...]:
    """The readings of a digit string, the likeliest first; empty for dates such as 11.05.2014."""
    text = western_digits(text)
    if turned := _TURNED.fullmatch(text):
        return (float(f"{turned[2]}.{turned[1]}"),)
    marks, parts = _SEPARATOR.findall(text), _SEPARATOR.split(text)
    if not marks:
        return (float(text),)
    if len(set(marks)) > 1:
        return _mixed(marks, parts)
    grouped = 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if len(marks) > 1 or marks[0] == "٬" or marks[0].isspace():
        return (float("".join(parts)),) if grouped else ()
    return _one_mark(marks[0], parts, grouped, language)


def _one_mark(mark: str, parts: list[str], grouped: bool, language: Language) -> tuple[float, ...]:
    decimal = float(".".join(parts))
    if not grouped or mark == "٫" or (mark == "." and language == "en"):
        return (decimal,)
    thousands = float("".join(parts))
    if language == "en":
        return (thousands,)
    likeliest_decimal = mark == "." and parts[1] != "000"
    return (decimal, thousands) if likeliest_decimal else (thousands, decimal)


def _mixed(marks: list[str], parts: list[str]) -> tuple[float, ...]:
    """1,586.46 and 1.586,46: the last mark is the decimal one, the others group threes."""
    if marks[-1] in marks[:-1] or len(set(marks[:-1])) > 1:
        return ()
    if len(parts[0]) > 3 or any(len(part) != 3 for part in parts[1:-1]):
        return ()
    return (float("".join(parts[:-1]) + "." + parts[-1]),)
