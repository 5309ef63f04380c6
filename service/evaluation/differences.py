"""Which words of two texts differ, for showing them side by side.

Words are compared as they are written, tashkeel and punctuation included: a reader is shown every
change. Nothing is cut inside a word, since Arabic letters take their shape from their neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\S+\s*|\s+")  # a word with the space after it; space only where it leads


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text; the spans of a text join to that text."""

    text: str
    changed: bool


def mark(a: str, b: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both texts as spans; ``changed`` is what the other one lacks at that place."""
    pieces_a, pieces_b = _PIECE.findall(a), _PIECE.findall(b)
    spans_a: list[Span] = []
    spans_b: list[Span] = []
    words_a, words_b = ([piece.strip() for piece in pieces] for pieces in (pieces_a, pieces_b))
    for tag, a_from, a_to, b_from, b_to in _matcher(words_a, words_b).get_opcodes():
        _append(spans_a, "".join(pieces_a[a_from:a_to]), changed=tag != "equal")
        _append(spans_b, "".join(pieces_b[b_from:b_to]), changed=tag != "equal")
    return tuple(spans_a), tuple(spans_b)


def changed_share(a: str, b: str) -> float:
    """The share of words that differ, in 0–1; 0 for equal texts, 1 for nothing in common."""
    return 1 - _matcher(a.split(), b.split()).ratio()


def _matcher(a: list[str], b: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, a, b, autojunk=False)


def _append(spans: list[Span], text: str, *, changed: bool) -> None:
    if not text:
        return
    if spans and spans[-1].changed == changed:
        spans[-1] = Span(spans[-1].text + text, changed)
    else:
        spans.append(Span(text, changed))
