"""The default cache: one SQLite file (WAL), bounded in bytes, least recently used goes first.

Every value carries a checksum, so a damaged page is a miss and never an answer. A file that
SQLite itself calls corrupt, at the start or later, is set aside as ``*.corrupt-N`` and a new one is
begun.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from service.cache.seal import seal_of
from service.storage import is_busy, is_corrupt, usable, write_ahead

logger = logging.getLogger(__name__)

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL,
    checksum BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    used REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_by_use ON entries (used, bytes);
"""
# A read is noted in memory and written down this much later, so that hits stay reads.
_NOTE_USE_EVERY_S = 5.0
# Our own sum of bytes is held against the file's again after this many writes: other processes
# write to it too.
_RECOUNT_EVERY = 500


class SqliteCache:
    """A ``Cache`` in ``path``; safe to share between threads and processes.

    Args:
        path: the file; its folder is made if need be.
        max_bytes: the sum of the values' sizes beyond which the oldest are evicted.

    Raises:
        ConfigurationError: the folder cannot be written.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.RLock()
        self._used: dict[str, float] = {}
        self._noted_at = time.monotonic()
        self._path = path
        with usable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = _open(path)
        self._bytes, self._writes = self.size(), 0
        self._latest = self._latest_use()

    def get(self, key: str) -> bytes | None:
        """The bytes under ``key``; a value whose checksum differs is deleted and not answered."""
        return self._use(lambda: self._get(key), None)

    def seal(self, key: str) -> bytes | None:
        """The seal of what is under ``key``; counts as a use."""
        return self._use(lambda: self._seal(key), None)

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value``; one that is larger than the whole cache is not kept.

        A full disk is logged and swallowed: a cache that cannot write is merely cold.
        """
        if len(value) > self._max_bytes:
            return
        try:
            self._use(lambda: self._put(key, value), None)
        except sqlite3.OperationalError as error:
            logger.warning("cache cannot write: %s", error)

    def delete(self, key: str) -> bool:
        """Forget ``key``; tells whether it was there."""
        return self._use(lambda: self._delete(key), False)

    def size(self) -> int:
        """The sum of the values' sizes, in bytes."""
        with self._lock:
            row = self._db.execute("SELECT COALESCE(SUM(bytes), 0) FROM entries").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Write down what was used and close the file."""
        with self._lock:
            self._write_use_down()
            self._db.close()

    def _use(self, work: Callable[[], T], otherwise: T) -> T:
        """Work on the file alone; where it turns out corrupt, begin a new one: ``otherwise``."""
        with self._lock:
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if not is_corrupt(error):
                    raise
                self._db.close()
                self._used.clear()
                self._db, self._bytes = _begin_anew(self._path, error), 0
                return otherwise

    def _get(self, key: str) -> bytes | None:
        row = self._db.execute(
            "SELECT value, checksum FROM entries WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        value, checksum = row
        if seal_of(value) != checksum:
            logger.warning("cache entry is damaged, forgetting it", extra={"key": key})
            self._delete(key)
            return None
        self._note(key)
        return bytes(value)

    def _seal(self, key: str) -> bytes | None:
        row = self._db.execute("SELECT checksum FROM entries WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        self._note(key)
        return bytes(row[0])

    def _put(self, key: str, value: bytes) -> None:
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)",
                (key, value, seal_of(value), len(value), self._now()),
            )
            self._bytes += len(value)  # too much if it replaces one: the recount mends it
            self._writes += 1
            if self._bytes > self._max_bytes or self._writes % _RECOUNT_EVERY == 0:
                self._evict()

    def _delete(self, key: str) -> bool:
        with self._db:
            self._used.pop(key, None)
            return self._db.execute("DELETE FROM entries WHERE key = ?", (key,)).rowcount > 0

    def _now(self) -> float:
        """The time of this use: later than any before it, also once the clock was set back."""
        self._latest = max(time.time(), self._latest + 1e-6)
        return self._latest

    def _latest_use(self) -> float:
        row = self._db.execute("SELECT COALESCE(MAX(used), 0) FROM entries").fetchone()
        return float(row[0])

    def _note(self, key: str) -> None:
        self._used[key] = self._now()
        if time.monotonic() - self._noted_at > _NOTE_USE_EVERY_S:
            self._write_use_down()

    def _write_use_down(self) -> None:
        try:
            with self._db:
                self._note_use()
        except sqlite3.OperationalError as error:  # what was read is an answer all the same
            logger.warning("cache cannot write: %s", error)

    def _note_use(self) -> None:
        notes = [(used, key) for key, used in self._used.items()]
        self._used.clear()
        self._noted_at = time.monotonic()
        self._db.executemany("UPDATE entries SET used = ? WHERE key = ?", notes)

    def _evict(self) -> None:
        self._note_use()
        self._bytes = self.size()
        excess = self._bytes - self._max_bytes
        if excess <= 0:
            return
        # A little more than needed, so that a full cache does not evict at every write.
        excess += self._max_bytes // 50
        victims: list[tuple[str]] = []
        for key, size in self._db.execute("SELECT key, bytes FROM entries ORDER BY used"):
            victims.append((key,))
            self._bytes -= size
            excess -= size
            if excess <= 0:
                break
        self._db.executemany("DELETE FROM entries WHERE key = ?", victims)


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if is_busy(error):  # no fault of the file
            raise
        return _begin_anew(path, error)


def _begin_anew(path: Path, error: sqlite3.DatabaseError) -> sqlite3.Connection:
    aside = _set_aside(path)
    logger.warning("cache file is corrupt (%s), set aside as %s", error, aside.name)
    return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, check_same_thread=False, timeout=10)
    try:
        write_ahead(db)
        db.execute("PRAGMA synchronous = NORMAL")
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        db.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.corrupt-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return path.rename(aside)
