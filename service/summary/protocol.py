"""What every summarizer is, whether it picks sentences or writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.domain import Language, Length, Method, SummarySentence
from service.pipeline.run import Run


class Summarizer(Protocol):
    """Summarizes a text in the text's own language."""

    @property
    def method(self) -> Method:
        """What ``Summary.method`` says of its work."""

    def summarize(
        self,
        sentences: Sequence[str],
        language: Language,
        lengths: Sequence[Length],
        title: str | None,
        run: Run,
    ) -> dict[Length, list[SummarySentence]]:
        """One summary a length, its sentences in reading order.

        Keeps the bands of :mod:`service.summary.bands`; evidence points into ``sentences`` by
        index. A summarizer that writes may leave ``evidence`` empty: the pipeline then asks
        :mod:`service.summary.evidence`. Never empty for a non-empty text.

        Raises:
            Cancelled, DeadlineExceeded: through ``run``, between models' calls.
            EngineFailed: the model broke.
        """
