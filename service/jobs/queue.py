"""The queue of local jobs in one SQLite file: what was taken is not lost by a crash.

A job that is begun carries its owner, a process (``service.jobs.owners``). What a process that is
gone had begun goes back into the line.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from service.errors import Conflict, NotFound, QueueFull
from service.jobs.owners import Owner, is_gone
from service.jobs.protocol import Hook, Job, Order
from service.storage import connect

_MIGRATIONS = (
    """
    CREATE TABLE jobs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        content TEXT NOT NULL,
        owner TEXT,
        stage TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        article_id TEXT,
        problem TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL,
        finished_at TEXT,
        hook TEXT,
        hook_due REAL,
        hook_attempts INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX jobs_by_state ON jobs (state, number);
    CREATE INDEX jobs_by_hook ON jobs (hook_due) WHERE hook_due IS NOT NULL
    """,
    "ALTER TABLE jobs ADD COLUMN hook_wait REAL NOT NULL DEFAULT 0",
)
# In the same statement that ends a job: whoever is to be told of it is told, crash or no crash.
_CALL_HOOK = "hook_due = CASE WHEN hook IS NULL THEN NULL ELSE 0.0 END"
# A job that took its process down with it this often is not begun again.
_MAX_ATTEMPTS = 3
_POISON = {
    "title": "The job ended its process",
    "status": 500,
    "code": "internal",
    "detail": f"the job was begun {_MAX_ATTEMPTS} times and ended its process each time",
}


class JobQueue:
    """The record of jobs; one object a process."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._guard = threading.Lock()
        self._db = connect(folder / "jobs.sqlite", _MIGRATIONS)
        self._owner = Owner(folder)

    def put(self, order: Order) -> Job:
        """Take an order into the line.

        Raises:
            QueueFull: as many wait as may.
        """
        waiting = self._rows("SELECT COUNT(*) AS n FROM jobs WHERE state = 'queued'")[0]["n"]
        if waiting >= self._limit:
            raise QueueFull("too many jobs wait", retry_after=30)
        row = self._rows(
            "INSERT INTO jobs (id, state, content, created_at, hook) VALUES (?, 'queued', ?, ?, ?)"
            " RETURNING *",
            # escaped, since a lone surrogate, which intake takes out, is no UTF-8
            *(uuid4().hex, json.dumps(order.to_json()), _now(), order.webhook),
        )
        return _job(row[0])

    def claim(self) -> tuple[Job, Order] | None:
        """Begin the oldest job in the line; None while there is none."""
        rows = self._rows(
            "UPDATE jobs SET state = 'running', owner = ?, attempts = attempts + 1 WHERE number ="
            " (SELECT MIN(number) FROM jobs WHERE state = 'queued') RETURNING *",
            self._owner.name,
        )
        if not rows:
            return None
        return _job(rows[0]), Order.from_json(json.loads(rows[0]["content"]))

    def progress(self, job_id: str, stage: str, done: int, total: int) -> bool:
        """Note how far a job has come; tells whether it is still ours to do."""
        rows = self._rows(
            "UPDATE jobs SET stage = ?, done = ?, total = ?"
            " WHERE id = ? AND state = 'running' AND owner = ? RETURNING id",
            *(stage, done, total, job_id, self._owner.name),
        )
        return bool(rows)

    def is_ours(self, job_id: str) -> bool:
        """Whether the job runs here and has not been cancelled."""
        rows = self._rows(
            "SELECT 1 FROM jobs WHERE id = ? AND state = 'running' AND owner = ?",
            *(job_id, self._owner.name),
        )
        return bool(rows)

    def finish(self, job_id: str, article_id: str) -> None:
        """Note that the Digest is there."""
        self._end(job_id, "done", article_id, None)

    def fail(self, job_id: str, problem: Mapping[str, Any]) -> None:
        """Note what went wrong."""
        self._end(job_id, "failed", None, problem)

    def cancel(self, job_id: str) -> Job:
        """Take a job back.

        Raises:
            NotFound: there is none.
            Conflict: it has ended.
        """
        rows = self._rows(
            f"UPDATE jobs SET state = 'cancelled', finished_at = ?, {_CALL_HOOK}"
            " WHERE id = ? AND state IN ('queued', 'running') RETURNING *",
            *(_now(), job_id),
        )
        if rows:
            return _job(rows[0])
        raise Conflict(f"the job has ended: it is {self.get(job_id).state}")

    def hand_back(self, job_id: str) -> None:
        """Put a job that runs here back into the line; it was no fault of the job's."""
        self._rows(
            "UPDATE jobs SET state = 'queued', owner = NULL, attempts = attempts - 1"
            " WHERE id = ? AND state = 'running' AND owner = ? RETURNING id",
            *(job_id, self._owner.name),
        )

    def get(self, job_id: str) -> Job:
        """How far a job has come.

        Raises:
            NotFound: there is none.
        """
        rows = self._rows("SELECT * FROM jobs WHERE id = ?", job_id)
        if not rows:
            raise NotFound("there is no job with this id")
        return _job(rows[0])

    def rescue(self) -> int:
        """Put back what processes that are gone had begun; tells how many jobs."""
        owners = self._rows("SELECT DISTINCT owner FROM jobs WHERE state = 'running'")
        others = [row["owner"] for row in owners if row["owner"] != self._owner.name]
        gone = [name for name in others if is_gone(self._folder, name)]
        rescued = 0
        for owner in gone:
            self._rows(
                f"UPDATE jobs SET state = 'failed', finished_at = ?, problem = ?, {_CALL_HOOK}"
                " WHERE owner = ? AND state = 'running' AND attempts >= ? RETURNING id",
                *(_now(), json.dumps(_POISON), owner, _MAX_ATTEMPTS),
            )
            rescued += len(
                self._rows(
                    "UPDATE jobs SET state = 'queued', owner = NULL"
                    " WHERE owner = ? AND state = 'running' RETURNING id",
                    owner,
                )
            )
        return rescued

    def forget_ended(self, keep: int) -> None:
        """Delete the oldest ended jobs beyond ``keep``."""
        self._rows(
            "DELETE FROM jobs WHERE finished_at IS NOT NULL AND hook_due IS NULL AND number NOT IN"
            " (SELECT number FROM jobs WHERE finished_at IS NOT NULL ORDER BY number DESC LIMIT ?)"
            " RETURNING id",
            keep,
        )

    def due_hooks(self, now: float) -> list[Hook]:
        """Ended jobs whose webhook is to be called.

        What is due later than its whole wait was written down by a clock that has since been set
        back: it is due. So no clock holds a call back longer than twice its wait.

        Args:
            now: seconds since the epoch.
        """
        rows = self._rows(
            "SELECT * FROM jobs WHERE hook_due <= ? OR hook_due > ? + hook_wait"
            " ORDER BY hook_due LIMIT 20",
            *(now, now),
        )
        return [Hook(_job(row), row["hook"], row["hook_attempts"]) for row in rows]

    def hook_called(self, job_id: str, now: float, wait_s: float | None) -> None:
        """Note an attempt; the next comes after ``wait_s``, None says that there is no other."""
        self._rows(
            "UPDATE jobs SET hook_due = ?, hook_wait = ?, hook_attempts = hook_attempts + 1"
            " WHERE id = ? RETURNING id",
            *(None if wait_s is None else now + wait_s, wait_s or 0.0, job_id),
        )

    def close(self) -> None:
        """Let go of the file and of the lock that says we are alive."""
        with self._guard:
            self._db.close()
        self._owner.close()

    def _end(
        self, job_id: str, state: str, article_id: str | None, problem: Mapping[str, Any] | None
    ) -> None:
        self._rows(
            f"UPDATE jobs SET state = ?, article_id = ?, problem = ?, finished_at = ?, {_CALL_HOOK}"
            " WHERE id = ? AND state = 'running' AND owner = ? RETURNING id",
            *(state, article_id, json.dumps(problem) if problem else None, _now()),
            *(job_id, self._owner.name),
        )

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with self._guard:
            return self._db.execute(query, values).fetchall()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _job(row: Any) -> Job:
    return Job(
        id=row["id"],
        state=row["state"],
        stage=row["stage"],
        done=row["done"],
        total=row["total"],
        article_id=row["article_id"],
        problem=json.loads(row["problem"]) if row["problem"] else None,
        attempts=row["attempts"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
    )
