"""What was read: one row a Digest in one SQLite file, for the page's list and its search.

Only the titles are kept (the article's first words where it has none), in both languages, with a
matching form to search in. The rows stay on this machine, are never logged, and go when the Digest
is deleted. The list is capped: the oldest rows make room.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.domain import Digest, Language
from service.storage import connect
from service.text.normalize import matching_form

logger = logging.getLogger(__name__)

MAX_ROWS = 10_000
_TITLE_WORDS = 14
# As many as 200 characters, what the API takes, can hold. SQLite nests conditions a thousand deep.
_QUERY_WORDS = 100

_MIGRATIONS = (
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        translated_title TEXT NOT NULL,
        language TEXT NOT NULL,
        profile TEXT NOT NULL,
        created_at TEXT NOT NULL,
        matching TEXT NOT NULL,
        number INTEGER NOT NULL
    );
    CREATE INDEX articles_by_number ON articles (number)
    """,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that was read; titles in its own and in the other language."""

    id: str
    title: str
    translated_title: str
    language: Language
    profile: str
    created_at: str


class History:
    """The list; thread-safe, shared between processes."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = connect(path, _MIGRATIONS)

    def add(self, digest: Digest) -> None:
        """Put a Digest on top of the list; one that is on it moves up.

        A full disk is logged and swallowed: the article is answered all the same.
        """
        try:
            self._add(digest)
        except sqlite3.OperationalError as error:
            logger.warning("the list of articles cannot be written: %s", error)

    def _add(self, digest: Digest) -> None:
        bitext = digest.bitext
        title = digest.document.title or _first_words(digest.document.text)
        translated = bitext.title or _first_words(bitext.text)
        self._rows(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?,"
            " (SELECT COALESCE(MAX(number), 0) + 1 FROM articles))",
            digest.id,
            title,
            translated,
            digest.document.language.code,
            digest.profile,
            digest.created_at,
            matching_form(f"{title}\n{translated}"),
        )
        self._rows(
            "DELETE FROM articles WHERE number <= (SELECT MAX(number) FROM articles) - ?", MAX_ROWS
        )

    def find(self, query: str = "", limit: int = 50, before: str | None = None) -> list[Entry]:
        """Newest first: the articles whose title, in either language, has every word of ``query``.

        Args:
            query: words after the hundredth are passed over.
            limit: at most so many.
            before: the id of an article; only those below it in the list.
        """
        wheres, values = ["1"], list[Any]()
        for word in list(dict.fromkeys(matching_form(query).split()))[:_QUERY_WORDS]:
            wheres.append("instr(matching, ?) > 0")
            values.append(word)
        if before is not None:
            wheres.append("number < (SELECT number FROM articles WHERE id = ?)")
            values.append(before)
        rows = self._rows(
            "SELECT id, title, translated_title, language, profile, created_at FROM articles"
            f" WHERE {' AND '.join(wheres)} ORDER BY number DESC LIMIT ?",
            *values,
            limit,
        )
        return [Entry(**dict(row)) for row in rows]

    def remove(self, article_id: str) -> bool:
        """Take an article off the list; tells whether it was on it."""
        return bool(self._rows("DELETE FROM articles WHERE id = ? RETURNING id", article_id))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()


def _first_words(text: str) -> str:
    words = text.split(maxsplit=_TITLE_WORDS)
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
