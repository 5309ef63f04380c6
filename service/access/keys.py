"""API keys in one SQLite file.

A key reads ``khu_<id>_<secret>``. The secret has 256 random bits, so its plain SHA-256 at rest is
enough: there is nothing to guess, and a check costs microseconds. The key itself is shown once,
when it is made, and is nowhere stored or logged.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from service.errors import NotFound, Unauthenticated
from service.storage import connect

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

_KEY = re.compile(r"khu_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
_MIGRATIONS = (
    """
    CREATE TABLE keys (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        scope TEXT NOT NULL,
        secret_hash BLOB NOT NULL,
        created_at TEXT NOT NULL,
        revoked_at TEXT
    )
    """,
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key on record; never its secret. ``scope`` includes the ones before it in SCOPES."""

    id: str
    name: str
    scope: Scope
    created_at: str
    revoked_at: str | None = None

    def allows(self, scope: Scope) -> bool:
        """Whether this key is enough for ``scope``."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


class Keys:
    """The keys of a house; thread-safe, shared between processes."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = connect(path, _MIGRATIONS)
        path.chmod(0o600)

    def create(self, name: str, scope: Scope) -> tuple[Key, str]:
        """A new key and its one and only showing."""
        identity, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        self._rows(
            "INSERT INTO keys VALUES (?, ?, ?, ?, ?, NULL) RETURNING *",
            (identity, name, scope, _hash(secret), _now()),
        )
        return self._get(identity), f"khu_{identity}_{secret}"

    def check(self, given: str) -> Key:
        """The key that was given.

        Raises:
            Unauthenticated: it is unknown, malformed or revoked.
        """
        match = _KEY.fullmatch(given)
        rows = self._rows("SELECT * FROM keys WHERE id = ?", (match[1],)) if match else []
        if match and rows:
            right = hmac.compare_digest(rows[0]["secret_hash"], _hash(match[2]))
            if right and rows[0]["revoked_at"] is None:
                return _key(rows[0])
        raise Unauthenticated("this API key is unknown or revoked")

    def revoke(self, identity: str) -> Key:
        """Let the key be refused from now on.

        Raises:
            NotFound: there is none of this id.
        """
        self._get(identity)
        self._rows(
            "UPDATE keys SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ? RETURNING *",
            (_now(), identity),
        )
        return self._get(identity)

    def all(self) -> list[Key]:
        """Every key, revoked ones too, oldest first."""
        return [_key(row) for row in self._rows("SELECT * FROM keys ORDER BY created_at, rowid")]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _get(self, identity: str) -> Key:
        rows = self._rows("SELECT * FROM keys WHERE id = ?", (identity,))
        if not rows:
            raise NotFound(f"there is no API key {identity!r}")
        return _key(rows[0])

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _key(row: Any) -> Key:
    return Key(row["id"], row["name"], row["scope"], row["created_at"], row["revoked_at"])
