"""Single flight: equal questions that are asked at once are answered once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Generic, TypeVar

from service.errors import Cancelled, DeadlineExceeded, QueueFull
from service.pipeline.run import Run

T = TypeVar("T")

_LOOK_UP_EVERY_S = 0.1


class SingleFlight(Generic[T]):
    """The first caller of a key works; those who come meanwhile wait for its outcome.

    All get the one answer or the one error, with an exception: a leader that was cancelled, ran out
    of its own time or was turned away says nothing about the question, so the next in line leads
    instead.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[str, Future[T]] = {}

    def do(self, key: str, run: Run, work: Callable[[], T]) -> T:
        """The outcome of ``work`` under ``key``, by this caller or by one before.

        Raises:
            Cancelled, DeadlineExceeded: this caller's own ``run`` ended while it waited or worked.
        """
        while True:
            with self._lock:
                flight = self._flights.get(key)
                if leads := flight is None:
                    flight = self._flights[key] = Future()
            assert flight is not None
            if leads:
                return self._lead(key, flight, work)
            try:
                return _wait(flight, run)
            except (Cancelled, DeadlineExceeded, QueueFull):
                run.check()  # ours ended; otherwise the leader's did, and the loop takes over

    def _lead(self, key: str, flight: Future[T], work: Callable[[], T]) -> T:
        try:
            outcome = work()
        except BaseException as error:
            self._land(key)
            flight.set_exception(error)
            raise
        self._land(key)
        flight.set_result(outcome)
        return outcome

    def _land(self, key: str) -> None:
        with self._lock:
            del self._flights[key]


def _wait(flight: Future[T], run: Run) -> T:
    while True:
        run.check()
        try:
            return flight.result(timeout=_LOOK_UP_EVERY_S)
        except FutureTimeoutError:
            if flight.done():  # just now, or the work itself ended in a TimeoutError
                return flight.result()
