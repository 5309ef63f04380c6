"""SQLite files of our own: opened alike, brought up to date by numbered migrations.

``PRAGMA user_version`` holds the number of the last migration that ran; each runs once, in order,
in a transaction of its own. Migrations are only ever added.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

_PATIENCE = 10.0  # seconds for others to finish


def connect(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """Open (or begin) the file at ``path``; rows can be read by name.

    The connection may be shared between threads by callers that lock.

    Raises:
        sqlite3.DatabaseError: the file is no database, or newer than this code.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, check_same_thread=False, timeout=_PATIENCE, isolation_level=None)
    try:
        db.row_factory = sqlite3.Row
        write_ahead(db)
        db.execute("PRAGMA synchronous = FULL")
        _migrate(db, migrations)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def write_ahead(db: sqlite3.Connection) -> None:
    """Turn a file's write-ahead log on.

    SQLite does not wait (``timeout``) where another connection is writing the file's first page
    at that moment: it says at once that the file is locked, and has to be asked again.

    Raises:
        sqlite3.OperationalError: the file stayed locked for ten seconds.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def is_busy(error: sqlite3.Error) -> bool:
    """Say whether an error is only that another connection has the file for itself."""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_corrupt(error: sqlite3.Error) -> bool:
    """Say whether an error is that what the file holds makes no sense."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code; its extended ones have more above it."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _migrate(db: sqlite3.Connection, migrations: Sequence[str]) -> None:
    db.execute("BEGIN IMMEDIATE")  # two processes that start at once migrate one after the other
    try:
        done = int(db.execute("PRAGMA user_version").fetchone()[0])
        if done > len(migrations):
            raise sqlite3.DatabaseError(f"the file is of a newer version ({done})")
        for number, migration in enumerate(migrations[done:], start=done + 1):
            for statement in migration.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
