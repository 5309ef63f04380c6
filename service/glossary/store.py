"""One glossary a desk, every version kept: what was decided when, and by whom."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from service.errors import Malformed, NotFound, PreconditionFailed
from service.glossary.files import read, starter, write
from service.glossary.terms import Chosen, Glossary
from service.storage import connect

STARTER = "starter"
# Also a segment of an address and a file's name.
_DESK = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MIGRATIONS = (
    """
    CREATE TABLE glossaries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        desk TEXT NOT NULL,
        version TEXT NOT NULL,
        content TEXT NOT NULL,
        terms INTEGER NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE INDEX glossaries_of_desk ON glossaries (desk, id)
    """,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a desk's glossary, without its terms; ``at`` is UTC, ISO 8601."""

    desk: str
    version: str
    terms: int
    author: str
    at: str


class GlossaryStore:
    """The glossaries in a SQLite file; thread-safe.

    The desk ``starter`` is the glossary that comes with Khulasa until someone puts another there.
    """

    def __init__(self, path: Path) -> None:
        self._db = connect(path, _MIGRATIONS)
        self._lock = threading.Lock()
        # One object a version, so that its index is built once.
        self._read = lru_cache(maxsize=64)(lambda _version, content: read(content, "tsv"))

    @classmethod
    def of(cls, data_dir: Path) -> GlossaryStore:
        """The store in a house's folder."""
        return cls(data_dir / "glossaries.sqlite")

    def put(
        self,
        desk: str,
        glossary: Glossary,
        author: str,
        expects: Callable[[str | None], bool] = lambda _: True,
    ) -> Edition:
        """Make this the desk's glossary; an unchanged one adds no version.

        Args:
            desk: letters, digits, ``.``, ``_`` and ``-``.
            glossary: its terms from now on.
            author: who decides.
            expects: told the version that stands (None: there is none), says whether this may
                take its place. Nobody else puts one there in between.

        Raises:
            Malformed: no desk can have that name.
            PreconditionFailed: another version stands there than is expected.
        """
        if not _DESK.fullmatch(desk):
            raise Malformed(
                f"{desk!r} is no name for a desk: send 1 to 100 of A–Z, a–z, 0–9, '.', '_' and '-',"
                " the first a letter or a digit"
            )
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._lock, self._alone():
            last = self._db.execute(
                "SELECT version, terms, author, at FROM glossaries WHERE desk = ?"
                " ORDER BY id DESC LIMIT 1",
                (desk,),
            ).fetchone()
            if last and last["version"] == glossary.version:
                return Edition(desk, last["version"], last["terms"], last["author"], last["at"])
            unwritten = starter().version if desk == STARTER else None
            stands = last["version"] if last else unwritten
            if not expects(stands):
                raise PreconditionFailed(
                    f"the glossary {desk!r} was changed meanwhile: fetch it again"
                    if stands
                    else f"there is no glossary {desk!r} to replace",
                    version=stands,
                )
            self._db.execute(
                "INSERT INTO glossaries (desk, version, content, terms, author, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (desk, glossary.version, write(glossary), len(glossary), author, at),
            )
        return Edition(desk, glossary.version, len(glossary), author, at)

    def get(self, desk: str, version: str | None = None) -> Glossary:
        """A desk's glossary as it stands, or as it stood at a version.

        Raises:
            NotFound: no such desk or version.
        """
        with self._lock:
            row = self._db.execute(
                "SELECT version, content FROM glossaries WHERE desk = ?"
                " AND (? IS NULL OR version = ?) ORDER BY id DESC LIMIT 1",
                (desk, version, version),
            ).fetchone()
        if row:
            return self._read(row["version"], row["content"])
        if desk == STARTER and version in {None, starter().version}:
            return starter()
        raise NotFound(f"there is no glossary {desk!r}" + (f" at {version}" if version else ""))

    def chosen(self, desk: str | None) -> Chosen | None:
        """The desk's glossary as it stands, to be enforced; None for no desk.

        Raises:
            NotFound: no desk of that name has one.
        """
        return Chosen(desk, self.get(desk)) if desk else None

    def editions(self, desk: str | None = None) -> list[Edition]:
        """Every version of one desk, or the last one of each, newest first."""
        query = (
            "SELECT * FROM glossaries WHERE desk = ? ORDER BY id DESC"
            if desk
            else "SELECT * FROM glossaries WHERE id IN (SELECT max(id) FROM glossaries"
            " GROUP BY desk) ORDER BY id DESC"
        )
        with self._lock:
            rows = self._db.execute(query, (desk,) if desk else ()).fetchall()
        found = [
            Edition(row["desk"], row["version"], row["terms"], row["author"], row["at"])
            for row in rows
        ]
        known = {edition.desk for edition in found}
        if desk in {None, STARTER} and STARTER not in known:
            found.append(Edition(STARTER, starter().version, len(starter()), "khulasa", ""))
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A transaction that no other process writes in between."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
