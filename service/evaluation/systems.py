"""Who makes the outputs: a profile in this process, a running service, or a file made before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from service.evaluation.sets import Article, Output, read_outputs


class System(Protocol):
    """Anything that turns an article into an output; ``make`` may be called from many threads."""

    @property
    def name(self) -> str:
        """What the reports call it: the profile, the address or the file."""

    def signature(self) -> str:
        """What the system is made of now; equal signatures promise equal outputs.

        Raises:
            KhulasaError: the system cannot be used at all.
        """

    def make(self, article: Article) -> Output:
        """The output for an article; one that cannot be worked on is an output with ``error``.

        Raises:
            KhulasaError: the system cannot be used at all, for this article or another.
        """


@dataclass(frozen=True, slots=True)
class OutputsFile:
    """Outputs that were made before, by anyone."""

    name: str
    outputs: Mapping[str, Output]
    digest: str

    @classmethod
    def read(cls, path: Path) -> OutputsFile:
        """Read the file whole.

        Raises:
            Malformed: it cannot be read as outputs.
        """
        outputs = read_outputs(path)
        return cls(path.name, outputs, hashlib.sha256(path.read_bytes()).hexdigest()[:12])

    def signature(self) -> str:
        """The file's hash: whatever made it, it does not change any more."""
        return f"file:{self.digest}"

    def make(self, article: Article) -> Output:
        """Look the article up."""
        found = self.outputs.get(article.id)
        return found or Output(article.id, {}, "", error=f"not in {self.name}")
