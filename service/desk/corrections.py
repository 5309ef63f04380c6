"""Corrections: what an editor put in place of what a model wrote.

The table is append-only: a correction, and taking one back, each add a row with who and when. The
last row for a place is the one in force. Places are the paths of the Digest: ``translation.title``,
``translation.sentences.N``, ``summaries.LANGUAGE.LENGTH``.

Corrections belong to the *document* (its text, title and language), not to one Digest, so they
outlive a better model. A corrected translation sentence is also an approved pair of the
translation memory: it is used in every article that has the very same source sentence.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.domain import Document, Language, Sentence
from service.errors import NotFound
from service.storage import connect
from service.text.normalize import clean_unicode

_MIGRATIONS = (
    """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL,
        article TEXT NOT NULL,
        place TEXT NOT NULL,
        text TEXT,
        replaced TEXT NOT NULL,
        source_language TEXT NOT NULL,
        source TEXT,
        author TEXT NOT NULL,
        note TEXT,
        at TEXT NOT NULL
    );
    CREATE INDEX corrections_of_document ON corrections (document, place, id);
    CREATE INDEX corrections_of_source ON corrections (source_language, source, id)
        WHERE source IS NOT NULL;
    CREATE TABLE documents (
        document TEXT PRIMARY KEY,
        language TEXT NOT NULL,
        title TEXT,
        text TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A correction as it comes in.

    Attributes:
        document: the hash of text, title and language that it belongs to.
        article: the id of the Digest that the editor had before them.
        place: a path of the Digest.
        text: what to serve from now on; None takes corrections of this place back.
        replaced: what stood there.
        source: the source sentence, where the place is a translated sentence.
    """

    document: str
    article: str
    place: str
    text: str | None
    replaced: str
    source_language: Language
    source: str | None = None
    author: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Draft):
    """A correction on record; ``at`` is UTC, ISO 8601."""

    id: int
    at: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An approved source sentence and its translation."""

    source_language: Language
    source: str
    target: str
    author: str
    at: str


class Corrections:
    """The record in one SQLite file; thread-safe, shared between processes."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = connect(path, _MIGRATIONS)

    def add(self, draft: Draft) -> Correction:
        """Put a correction on record."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = {name: getattr(draft, name) for name in _COLUMNS} | {"at": at}
        row["source"] = sentence_form(draft.source) if draft.source else None
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        added = self._rows(
            f"INSERT INTO corrections ({names}) VALUES ({marks}) RETURNING *",
            row,
        )
        return added[0]

    def remember(self, key: str, document: Document) -> None:
        """Keep the text that corrections belong to, for those who evaluate with them."""
        facts = (key, document.language.code, document.title, document.text)
        with self._lock:
            self._db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?)", facts)

    def documents(self) -> list[tuple[str, Language, str | None, str]]:
        """Every document with corrections: its key, language, title and text."""
        with self._lock:
            rows = self._db.execute("SELECT * FROM documents ORDER BY document").fetchall()
        return [(row["document"], row["language"], row["title"], row["text"]) for row in rows]

    def versions(self, document: str) -> list[Correction]:
        """Everything on record for a document, oldest first."""
        return self._rows("SELECT * FROM corrections WHERE document = ? ORDER BY id", (document,))

    def in_force(self, document: str) -> dict[str, Correction]:
        """The last correction of each place that was not taken back, by place as recorded."""
        return last_words((row.place, row) for row in self.versions(document))

    def get(self, document: str, number: int) -> Correction:
        """One version.

        Raises:
            NotFound: the document has no such version.
        """
        rows = self._rows(
            "SELECT * FROM corrections WHERE document = ? AND id = ?", (document, number)
        )
        if not rows:
            raise NotFound(f"this article has no correction {number}")
        return rows[0]

    def last_id(self) -> int:
        """The number of the newest row; 0 while there is none. Costs microseconds."""
        with self._lock:
            row = self._db.execute("SELECT COALESCE(MAX(id), 0) FROM corrections").fetchone()
        return int(row[0])

    def memory(self, language: Language, sentences: Iterable[Sentence]) -> dict[int, Pair]:
        """The approved translations of these very sentences, by sentence id."""
        if not self.last_id():
            return {}
        found = ((s.id, self._approved(language, sentence_form(s.text))) for s in sentences)
        return {number: pair for number, pair in found if pair is not None}

    def pairs(self) -> Iterator[Pair]:
        """The whole translation memory, oldest first."""
        rows = self._rows(
            "SELECT * FROM corrections WHERE id IN (SELECT MAX(id) FROM corrections"
            " WHERE source IS NOT NULL GROUP BY source_language, source) ORDER BY id"
        )
        return (pair for row in rows if (pair := _pair(row)) is not None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _approved(self, language: Language, form: str) -> Pair | None:
        rows = self._rows(
            "SELECT * FROM corrections WHERE source_language = ? AND source = ?"
            " ORDER BY id DESC LIMIT 1",
            (language, form),
        )
        return _pair(rows[0]) if rows else None

    def _rows(self, query: str, values: Any = ()) -> list[Correction]:
        with self._lock:
            rows = self._db.execute(query, values).fetchall()
        return [Correction(**dict(row)) for row in rows]


_COLUMNS = tuple(Draft.__dataclass_fields__)


def last_words(placed: Iterable[tuple[str, Correction]]) -> dict[str, Correction]:
    """Of corrections with their places, oldest first, the last of each place, if it has a text."""
    last = dict(placed)
    return {place: correction for place, correction in last.items() if correction.text is not None}


def sentence_form(sentence: str) -> str:
    """What "the very same sentence" means: equal but for spaces and invisible characters."""
    return " ".join(clean_unicode(sentence).split())


def _pair(row: Correction) -> Pair | None:
    if row.text is None or row.source is None:
        return None
    return Pair(row.source_language, row.source, row.text, row.author, row.at)
