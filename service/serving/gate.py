"""The door: so many work, so many wait, the rest are told when to come back."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from service.errors import Draining, QueueFull
from service.pipeline.run import Run

_LOOK_UP_EVERY_S = 0.1
# Weight of the newest visit in the moving mean of how long a visit takes.
_NEWEST = 0.2


class Gate:
    """Bounded admission, first come first served.

    Args:
        working: how many may work at once.
        waiting: how many may wait for that; one more is refused at once.
        expected_s: how long a visit is thought to take until some have been measured.
    """

    def __init__(self, working: int, waiting: int, expected_s: float = 2.0) -> None:
        self._places = working
        self._limit = waiting
        self._mean_s = expected_s
        self._working = 0
        self._line: deque[object] = deque()
        self._changed = threading.Condition()
        self._draining = False

    @contextmanager
    def enter(self, run: Run) -> Iterator[None]:
        """Wait for a place and hold it inside the ``with``.

        Raises:
            QueueFull: too many wait, and ``run`` is not patient; ``retry_after`` comes from depth
                and measured rate.
            Draining: the door is closed for good.
            Cancelled, DeadlineExceeded: ``run`` ended in the line.
        """
        self._queue(run)
        started = time.monotonic()
        try:
            yield
        finally:
            self._leave(time.monotonic() - started)

    @property
    def depth(self) -> int:
        """How many wait."""
        return len(self._line)

    @property
    def working(self) -> int:
        """How many hold a place."""
        return self._working

    def check(self) -> None:
        """Tell whether one more would be let in.

        Raises:
            QueueFull, Draining: as ``enter`` would raise them now.
        """
        with self._changed:
            if self._draining:
                raise self._closed()
            if self._working >= self._places and len(self._line) >= self._limit:
                raise QueueFull("the queue is full", retry_after=self._wait_s())

    def drain(self, timeout_s: float) -> bool:
        """Let nobody in any more and wait for those inside; tells whether all have left."""
        with self._changed:
            self._draining = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._working == 0, timeout_s)

    def _queue(self, run: Run) -> None:
        ticket = object()
        with self._changed:
            if self._draining or not run.patient:
                self.check()
            self._line.append(ticket)
            try:
                while self._line[0] is not ticket or self._working >= self._places:
                    run.check()
                    if self._draining:
                        raise self._closed()
                    self._changed.wait(_LOOK_UP_EVERY_S)
                self._working += 1
            finally:
                self._line.remove(ticket)
                self._changed.notify_all()

    def _leave(self, took_s: float) -> None:
        with self._changed:
            self._working -= 1
            self._mean_s += _NEWEST * (took_s - self._mean_s)
            self._changed.notify_all()

    def _closed(self) -> Draining:
        return Draining("the service is shutting down", retry_after=self._mean_s)

    def _wait_s(self) -> float:
        return max(0.0, self._mean_s) * (len(self._line) + 1) / self._places
