"""Which texts go to the model together.

A batch is padded to its longest text, so texts of like length belong together; and it must not
grow beyond what the memory and the patience of other requests bear. Length classes go 16, 24, 32,
48, 64 … tokens. A text's class depends on the text alone, and so does everything that is set per
batch (the bound on the output), whatever company the text is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from service.domain import Language
from service.engines.protocol import Decoding

#: The most tokens of a batch, padding included; a longer text goes alone.
BATCH_TOKENS = 1024
_SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a translator: texts of one direction, each with its cost and decoding.

    Texts of one length class must have equal decodings; batches are made by them.
    """

    texts: Sequence[str]
    tokens: Sequence[int]
    decodings: Sequence[Decoding]
    source: Language
    target: Language


def length_class(tokens: int) -> int:
    """The smallest of 16, 24, 32, 48, 64 … that ``tokens`` fit in."""
    power = max(_SHORTEST, 1 << max(0, tokens - 1).bit_length())
    between = power * 3 // 4
    return between if tokens <= between and between > _SHORTEST else power


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices of texts, batch by batch, each of one length class; shorter classes first.

    A batch is as full as its longest text, at its real length, lets it be.
    """
    order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
    result = []
    for _, members in groupby(order, key=lambda index: length_class(lengths[index])):
        batch: list[int] = []
        for index in members:
            if batch and not fits(len(batch), lengths[index], budget):
                result.append(batch)
                batch = []
            batch.append(index)
        result.append(batch)
    return result


def fits(texts: int, longest: int, budget: int) -> bool:
    """Say whether one more text may join so many, the longest of them all being so long.

    The shortest class counts whole: what a few tokens are translated to may be longer.
    """
    return (texts + 1) * max(longest, _SHORTEST) <= budget
