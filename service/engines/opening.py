"""The selector of profiles that have none trained: an article's opening, as far as there is room.

News says first what matters most. It stands in where a summary was thrown out, so that a profile
whose summaries are written has an answer then, too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.domain import Language, Length
from service.engines.protocol import Pick
from service.summary.bands import Room, count


class OpeningSelector:
    """``Selector`` without a model."""

    def select(
        self,
        sentences: Sequence[str],
        language: Language,  # noqa: ARG002 - the same in every language
        length: Length,
        title: str | None = None,  # noqa: ARG002 - the opening needs no hint
        room: Room | None = None,
    ) -> list[Pick]:
        """The first sentences that fit, each as sure as the other."""
        room = room or Room(length, [[count(text) for text in sentences]])
        picked: list[int] = []
        while (allowed := np.flatnonzero(room.allowed(picked))).size:
            picked.append(int(allowed[0]))
        return [Pick(index, 1.0) for index in picked]
