"""Outputs kept between runs, so that a comparison that was stopped goes on where it was.

One file an article under ``<data>/compare/<system>/``, both named by hashes of all that the
output depends on: the system's signature, and the article as it is sent. A file is written beside
its place and moved into it, so there is never half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from service.errors import Malformed
from service.evaluation.sets import Article, Output, output_from, output_json


@dataclass(frozen=True, slots=True)
class OutputStore:
    """The outputs of one system as it is now."""

    folder: Path

    @classmethod
    def open(cls, data_dir: Path, *, system: str, signature: str) -> OutputStore:
        """The store of a system (a profile's name or an address) at a signature."""
        return cls(data_dir / "compare" / _hash(system, signature))

    def get(self, article: Article) -> Output | None:
        """The kept output; one that does not read is taken as absent and is made anew."""
        try:
            entry = json.loads(self._path(article).read_text("utf-8"))
            return output_from(entry | {"id": article.id}, where=str(self.folder))
        except (OSError, ValueError, TypeError, Malformed):
            return None

    def put(self, article: Article, output: Output) -> None:
        """Keep an output."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=self.folder, suffix=".part", delete=False
        ) as file:
            json.dump(output_json(output), file, ensure_ascii=False)
        os.replace(file.name, self._path(article))  # noqa: PTH105 (atomic, and named so)

    def _path(self, article: Article) -> Path:
        name = _hash(article.language, article.title or "", article.text)
        return self.folder / f"{name}.json"


def _hash(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
