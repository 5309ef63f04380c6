"""Digests that are there, as they are served: out of the cache, corrections laid over them.

What was served lately is kept ready in memory. It is served again only while the cache still holds
the very bytes that it was made from (their seal says so) and no correction came since, whichever
process deleted, replaced or corrected: both are looked up for every answer, and cost microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.cache import Cache
from service.cache.seal import seal_of
from service.desk.desk import Desk
from service.recent import Recent

_READY_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A Digest as it is served.

    Attributes:
        id: its id.
        stored: its canonical JSON.
        tag: names these bytes, for an ETag.
        cached: whether asking for it caused no work: it was there, or others had it made.
    """

    id: str
    stored: bytes
    tag: str
    cached: bool


class Answers:
    """What the cache has, made ready to be sent; thread-safe."""

    def __init__(self, cache: Cache, desk: Desk) -> None:
        self._cache = cache
        self._desk = desk
        self._ready: Recent[tuple[str, bytes, int], Answer] = Recent(
            _READY_BYTES, lambda answer: len(answer.stored)
        )

    def find(self, article_id: str) -> Answer | None:
        """The Digest, if the cache has it."""
        seal, state = self._cache.seal(article_id), self._desk.state()
        if seal is None:
            return None
        if (ready := self._ready.get((article_id, seal, state))) is not None:
            return ready
        stored = self._cache.get(article_id)
        if stored is None:
            return None
        answer = self.of(article_id, stored, cached=True)
        # The seal of what was read: the cache may have got other bytes since it was asked.
        self._ready.put((article_id, seal_of(stored), state), answer)
        return answer

    def of(self, article_id: str, stored: bytes, *, cached: bool) -> Answer:
        """The answer that these stored bytes make."""
        served = self._desk.serve(stored)
        return Answer(article_id, served, seal_of(served).hex(), cached)
