"""SQLite files of our own: opened alike, brought up to date by numbered migrations.

``PRAGMA user_version`` holds the number of the last migration that ran; each runs once, in order,
in a transaction of its own. Migrations are only ever added.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from service.errors import ConfigurationError

_PATIENCE = 10.0  # seconds for others to finish
# What a person has to mend: a folder that is not to be written, a file that is damaged.
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
# It looks after itself: a corrupt one is set aside.
_CACHE = "cache.sqlite"


def check(folder: Path) -> None:
    """Tell before the start whether a house's folder and the files in it can be used.

    Raises:
        ConfigurationError: it cannot be written to, or one of the files is no database.
    """
    with usable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    for path in sorted(folder.glob("*.sqlite")):
        if path.name != _CACHE:
            with usable(path):
                db = sqlite3.connect(path, timeout=_PATIENCE)
                try:
                    db.execute("PRAGMA schema_version").fetchone()
                finally:
                    db.close()


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Names the file or folder that turns out not to be usable inside the ``with``.

    Raises:
        ConfigurationError: it does.
    """
    try:
        yield
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    except sqlite3.DatabaseError as error:
        if not is_unusable(error):
            raise
        raise _unusable(path, str(error)) from None


def _unusable(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(f"{path} in the data folder (KHULASA_DATA_DIR) cannot be used: {why}")


def connect(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """Open (or begin) the file at ``path``; rows can be read by name.

    The connection may be shared between threads by callers that lock.

    Raises:
        ConfigurationError: the file is no database, or newer than this code; or it cannot be
            written.
        sqlite3.OperationalError: the file stayed locked for ten seconds.
    """
    with usable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, check_same_thread=False, timeout=_PATIENCE, isolation_level=None)
        try:
            db.row_factory = sqlite3.Row
            write_ahead(db)
            db.execute("PRAGMA synchronous = FULL")
            _migrate(db, migrations, path)
        except (sqlite3.DatabaseError, ConfigurationError):
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


def is_unusable(error: sqlite3.Error) -> bool:
    """Say whether an error is of the file or its folder, and will not go away by itself."""
    return _code(error) in _UNUSABLE


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code; its extended ones have more above it."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _migrate(db: sqlite3.Connection, migrations: Sequence[str], path: Path) -> None:
    db.execute("BEGIN IMMEDIATE")  # two processes that start at once migrate one after the other
    try:
        done = int(db.execute("PRAGMA user_version").fetchone()[0])
        if done > len(migrations):
            raise _unusable(path, f"it is of a newer version ({done})")
        for number, migration in enumerate(migrations[done:], start=done + 1):
            for statement in migration.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
