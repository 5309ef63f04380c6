"""The record of jobs that machines share, in Redis: one hash a job, changed by one script a step.

A step from one state to another is a Lua script, so that a cancellation and an end that come at the
same moment cannot both win. Who works on a job holds a lease of it: a broker that was restarted
hands the message out again while the work goes on, and that is no second attempt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, cast
from uuid import uuid4

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from service.errors import Conflict, NotFound
from service.jobs.protocol import ENDED, Job, State

_PREFIX = "khulasa:job:"
# How long an ended job can be asked for.
_KEEP_S = 7 * 24 * 3600
# How long a job waits for a worker that died; a worker that lives renews it far more often.
_LEASE_S = 5.0
_TIMEOUT_S = 2.0
# At most so long between two tries to reach a Redis that is away.
_PATIENCE_S = 2.0

# KEYS[1] the job; ARGV[1] states that may be left, by comma; ARGV[2…] field, value, …
_STEP = """
local state = redis.call('hget', KEYS[1], 'state')
if not state then return nil end
if not string.find(',' .. ARGV[1] .. ',', ',' .. state .. ',', 1, true) then return state end
redis.call('hset', KEYS[1], unpack(ARGV, 2))
return 'stepped'
"""

# KEYS the job, its lease; ARGV the lease's holder, its milliseconds.
_BEGIN = """
local state = redis.call('hget', KEYS[1], 'state')
if not state then return nil end
if state ~= 'queued' and state ~= 'running' then return 'ended' end
if not redis.call('set', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  -- longer to go than any lease: the clock was set back, see service.serving.shared
  local left = redis.call('pttl', KEYS[2])
  if left > tonumber(ARGV[2]) then redis.call('pexpire', KEYS[2], ARGV[2]) end
  return 'busy'
end
redis.call('hset', KEYS[1], 'state', 'running')
return redis.call('hincrby', KEYS[1], 'attempts', 1)
"""
_RENEW = """
local holder = redis.call('get', KEYS[2])
if not holder or holder == ARGV[1] then redis.call('set', KEYS[2], ARGV[1], 'PX', ARGV[2]) end
return redis.call('hget', KEYS[1], 'state')
"""
_LEAVE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"


class Ledger:
    """Jobs by id in the Redis at ``url``; its methods raise ``redis.RedisError``.

    Args:
        patient: wait for a Redis that is away, as long as it takes, instead of raising. For
            workers: what they have done must be put on record.
    """

    def __init__(self, url: str, *, patient: bool = False, lease_s: float = _LEASE_S) -> None:
        waits = Retry(ExponentialBackoff(cap=_PATIENCE_S, base=0.1), retries=-1 if patient else 0)
        self._redis = redis.Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=waits,
        )
        self._name = uuid4().hex
        self._lease_ms = int(lease_s * 1000)

    def open(self, job_id: str) -> Job:
        """Begin the record of a job that is queued."""
        job = Job(id=job_id, state="queued", created_at=_now())
        self._redis.hset(
            _PREFIX + job_id, mapping={"state": "queued", "created_at": job.created_at}
        )
        return job

    def forget(self, job_id: str) -> None:
        """Strike a job that was never sent."""
        self._redis.delete(_PREFIX + job_id)

    def begin(self, job_id: str) -> int | Literal["ended", "busy"]:
        """Take the lease of a job and note that it is worked on; the number of the attempt.

        Returns:
            ``ended`` if there is nothing to do, ``busy`` while another holds the lease.

        Raises:
            NotFound: there is none.
        """
        outcome = self._redis.eval(_BEGIN, 2, *self._keys(job_id), self._name, self._lease_ms)
        if outcome is None:
            raise NotFound("there is no job with this id")
        return cast('int | Literal["ended", "busy"]', outcome)

    def renew(self, job_id: str) -> bool:
        """Hold on to the lease; tells whether the job is still to be done.

        A job that Redis has lost is: nobody took it back.
        """
        state = self._redis.eval(_RENEW, 2, *self._keys(job_id), self._name, self._lease_ms)
        return cast("str | None", state) not in ENDED

    def leave(self, job_id: str) -> None:
        """Give the lease back."""
        self._redis.eval(_LEAVE, 1, self._keys(job_id)[1], self._name)

    def progress(self, job_id: str, stage: str, done: int, total: int) -> bool:
        """Note how far it is; tells whether it is still to be done."""
        return self._step(job_id, ("running",), stage=stage, done=done, total=total)

    def finish(self, job_id: str, article_id: str) -> bool:
        """Note that the Digest is there."""
        return self._end(job_id, "done", article_id=article_id)

    def fail(self, job_id: str, problem: Mapping[str, Any]) -> bool:
        """Note what went wrong."""
        return self._end(job_id, "failed", problem=json.dumps(problem))

    def cancel(self, job_id: str) -> Job:
        """Take a job back.

        Raises:
            NotFound: there is none.
            Conflict: it has ended.
        """
        cancelled = self._end(job_id, "cancelled")
        job = self.get(job_id)
        if not cancelled:
            raise Conflict(f"the job has ended: it is {job.state}")
        return job

    def get(self, job_id: str) -> Job:
        """How far a job has come.

        Raises:
            NotFound: there is none, or it ended too long ago.
        """
        fields = cast("dict[str, str]", self._redis.hgetall(_PREFIX + job_id))
        if not fields:
            raise NotFound("there is no job with this id")
        return Job(
            id=job_id,
            state=cast("State", fields["state"]),
            stage=fields.get("stage"),
            done=int(fields.get("done", 0)),
            total=int(fields.get("total", 0)),
            article_id=fields.get("article_id"),
            problem=json.loads(fields["problem"]) if "problem" in fields else None,
            attempts=int(fields.get("attempts", 0)),
            created_at=fields["created_at"],
            finished_at=fields.get("finished_at"),
        )

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    @staticmethod
    def _keys(job_id: str) -> tuple[str, str]:
        return _PREFIX + job_id, _PREFIX + job_id + ":lease"

    def _end(self, job_id: str, state: State, **fields: str) -> bool:
        open_states: tuple[State, ...] = ("queued", "running")
        assert state in ENDED
        ended = self._step(job_id, open_states, state=state, finished_at=_now(), **fields)
        if ended:
            self._redis.expire(_PREFIX + job_id, _KEEP_S)
        return ended

    def _step(self, job_id: str, leaves: tuple[State, ...], **fields: str | int) -> bool:
        flat = [part for pair in fields.items() for part in pair]
        outcome = self._redis.eval(_STEP, 1, _PREFIX + job_id, ",".join(leaves), *flat)
        if outcome is None:
            raise NotFound("there is no job with this id")
        return bool(outcome == "stepped")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
