"""What is there of an article while a job works on it: the sentences that are final already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.domain import Article, Document
from service.jobs.protocol import Order
from service.recent import Recent

# Characters of the orders that are remembered; a draft is only asked for while its job runs.
_KEPT = 8_000_000


@dataclass(slots=True)
class _Taken:
    order: Order
    document: Document | None = None


class Drafts:
    """Remembers what the jobs of this process are about; thread-safe."""

    def __init__(self) -> None:
        self._taken: Recent[str, _Taken] = Recent(_KEPT, lambda taken: _size(taken.order.article))

    def note(self, job_id: str, order: Order) -> None:
        """The job is about this order; those that were not asked for longest make room."""
        self._taken.put(job_id, _Taken(order))

    def find(
        self, job_id: str, read: Callable[[Article, str | None], Document]
    ) -> tuple[Order, Document] | None:
        """The order and its document, read once; None for a job of another process or long ago."""
        taken = self._taken.get(job_id)
        if taken is None:
            return None
        if taken.document is None:
            taken.document = read(taken.order.article, taken.order.profile)
        return taken.order, taken.document


def _size(article: Article) -> int:
    return len(article.text or "") + len(article.html or "")
