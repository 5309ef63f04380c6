"""What a job is, and what runs jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from service.domain import Article
from service.pipeline.run import Run

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done: an article for a profile, and who is told at the end.

    ``trace`` are the W3C headers of the trace that it belongs to.
    """

    article: Article
    profile: str | None = None
    webhook: str | None = None
    trace: Mapping[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON-able facts."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Order:
        """The order that ``to_json`` wrote."""
        article = dict(facts["article"])
        article["lengths"] = tuple(article["lengths"])
        return cls(
            article=Article(**article),
            profile=facts["profile"],
            webhook=facts["webhook"],
            trace=facts.get("trace"),  # orders of before there were any
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How far an order has come.

    Attributes:
        stage, done, total: the room of the corridor it is in, and sentences done there.
        article_id: the Digest, once the state is ``done``.
        problem: what went wrong, once it is ``failed``; the shape of an HTTP problem.
        attempts: how often it was begun; more than once after a crash.
        created_at, finished_at: UTC, ISO 8601.
    """

    id: str
    state: State
    stage: str | None = None
    done: int = 0
    total: int = 0
    article_id: str | None = None
    problem: Mapping[str, Any] | None = None
    attempts: int = 0
    created_at: str = ""
    finished_at: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Hook:
    """An ended job, whom to tell of it, and how often that was tried."""

    job: Job
    url: str
    attempts: int


Perform = Callable[[Order, Run], str]


class Jobs(Protocol):
    """Takes orders and sees them through. All methods are thread-safe."""

    def submit(self, order: Order) -> Job:
        """Take an order; from then on it is not lost.

        Raises:
            QueueFull: too many wait.
        """

    def get(self, job_id: str) -> Job:
        """How far a job has come.

        Raises:
            NotFound: there is none, or it ended long ago.
        """

    def cancel(self, job_id: str) -> Job:
        """Take a job back; running work stops within a second.

        Raises:
            NotFound: there is none.
            Conflict: it has ended.
        """

    def close(self, timeout_s: float) -> None:
        """Begin nothing new, wait for what runs, hand back what does not end in time."""
