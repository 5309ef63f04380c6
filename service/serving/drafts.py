"""What is there of an article while a job works on it: the sentences that are final already."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from service.domain import Article, Document
from service.jobs.protocol import Order

_KEPT = 128  # orders that are remembered; a draft is only asked for while its job runs


@dataclass(slots=True)
class _Taken:
    order: Order
    document: Document | None = None


class Drafts:
    """Remembers what the jobs of this process are about; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: OrderedDict[str, _Taken] = OrderedDict()

    def note(self, job_id: str, order: Order) -> None:
        """The job is about this order; the oldest makes room."""
        with self._lock:
            self._taken[job_id] = _Taken(order)
            if len(self._taken) > _KEPT:
                self._taken.popitem(last=False)

    def find(
        self, job_id: str, read: Callable[[Article, str | None], Document]
    ) -> tuple[Order, Document] | None:
        """The order and its document, read once; None for a job of another process or long ago."""
        with self._lock:
            taken = self._taken.get(job_id)
        if taken is None:
            return None
        if taken.document is None:
            taken.document = read(taken.order.article, taken.order.profile)
        return taken.order, taken.document
