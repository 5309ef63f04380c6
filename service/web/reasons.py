"""Why a written summary was thrown out, in the reader's language.

A Digest says it in codes of the catalogue of flags and the words concerned
(``service.summary.abstain``), joined by semicolons: ``number_added: 99; unsupported``.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from service.domain import Language
from service.flags import catalogue

_PART = "; "
# The words that a wording quotes, with the colon that leads up to them.
_QUOTE = re.compile(r"\s*:\s*[“«]…?\{\w+\}[”»]")
_HERE = "\0"


def why(reason: str, language: Language) -> tuple[Markup, ...]:
    """The parts of a summary's ``reason``, worded; as they are where the catalogue lacks them.

    A Digest of another version may name a code that is gone.
    """
    if not reason:
        return ()
    return tuple(_worded(part, language) for part in _parts().split(reason))


def isolated(message: str, *quoted: str) -> Markup:
    """A message in which the words that it quotes run as their own language does."""
    if not quoted:
        return escape(message)
    pieces = re.split(f"({'|'.join(map(re.escape, quoted))})", message)
    return Markup("").join(
        Markup('<bdi dir="auto">{}</bdi>').format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


@cache
def _parts() -> re.Pattern[str]:
    """Where one part ends: the words that were concerned may have a semicolon of their own."""
    codes = "|".join(catalogue())
    return re.compile(rf"{_PART}(?=(?:{codes})(?:: |{_PART}|$))")


def _worded(part: str, language: Language) -> Markup:
    code, _, target = part.partition(": ")
    kind = catalogue().get(code)
    if kind is None:
        return escape(part)
    quoted = (target,) if target else ()
    template = kind.message[language] if quoted else _QUOTE.sub("", kind.message[language])
    message = template.replace("{target}", _HERE)
    if "{" in message:  # it wants more than a reason tells
        return escape(part)
    return isolated(message.replace(_HERE, target), *quoted)
