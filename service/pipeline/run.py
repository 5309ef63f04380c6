"""What one walk down the corridor carries with it: a deadline, a way out, and who is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

from service.errors import Cancelled, DeadlineExceeded


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a walk has come: ``done`` of ``total`` units (sentences, as a rule) of a stage."""

    stage: str
    done: int
    total: int


@dataclass(slots=True)
class Run:
    """Passed to every stage; stages call ``check`` between batches and ``report`` after them.

    Attributes:
        deadline: a ``time.monotonic`` moment, or None.
        cancelled: set by whoever wants the walk to end.
        listener: told of progress, on the walking thread.
        timings_ms: wall time by stage, filled as the stages end.
        spans: opens the span of a stage, where the walk is traced.
        patient: for work that was taken already: it waits for its turn however many wait.
    """

    deadline: float | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    listener: Callable[[Progress], None] | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    spans: Callable[[str], AbstractContextManager[object]] = nullcontext
    patient: bool = False

    def check(self) -> None:
        """Leave the corridor if the client left or the time is up.

        Raises:
            Cancelled: ``cancelled`` was set.
            DeadlineExceeded: the deadline passed.
        """
        if self.cancelled.is_set():
            raise Cancelled("the work was cancelled")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise DeadlineExceeded("the work did not end before its deadline")

    def report(self, stage: str, done: int, total: int) -> None:
        """Tell the listener, if there is one."""
        if self.listener is not None:
            self.listener(Progress(stage, done, total))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Check at the door, then time what is done inside."""
        self.check()
        start = time.perf_counter()
        try:
            with self.spans(name):
                yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.timings_ms[name] = round(self.timings_ms.get(name, 0.0) + spent, 1)
