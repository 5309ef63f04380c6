"""A pytest plugin: another project's tests assert on the summaries of a running Khulasa.

    pytest -p service.evaluation.pytest_plugin --khulasa-url https://khulasa.example.org

``khulasa`` asks the service; ``khulasa_snapshot`` holds an answer to the one that was kept, as
long as the service's signature is the one it was kept under. docs/compare.md has examples.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from service.domain import Language, Severity
from service.evaluation.remote import Remote
from service.evaluation.rouge import Kind, Rouge, rouge
from service.evaluation.sets import Part, parts_of_digest

_SEVERITIES: tuple[Severity, ...] = ("info", "warning", "severe")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said of an article; ``digest`` is its JSON as it came."""

    digest: dict[str, Any]

    @property
    def signature(self) -> str:
        """What made it."""
        return str(self.digest["signature"])

    @property
    def parts(self) -> dict[Part, str]:
        """The translation and the summaries, by ``translation``, ``short_ar``, ``long_en``…"""
        return parts_of_digest(self.digest, "the service's answer")

    def flags(self, at_least: Severity = "info") -> list[str]:
        """The codes of the flags of this severity or above, in order."""
        counted = _SEVERITIES[_SEVERITIES.index(at_least) :]
        return [flag["code"] for flag in self.digest["flags"] if flag["severity"] in counted]

    def words(self, part: Part) -> int:
        """The length of a part in words."""
        return len(self.parts[part].split())

    def rouge(self, part: Part, reference: str, kind: Kind = "rouge2") -> Rouge:
        """A part against a reference; precision, recall and F1 in 0–1."""
        return rouge(self.parts[part], reference, kinds=[kind])[kind]


@dataclass(frozen=True, slots=True)
class Khulasa:
    """The service under test."""

    remote: Remote

    def digest(
        self, text: str, *, title: str | None = None, language: Language | None = None
    ) -> Answer:
        """The answer for an article; quotas and jobs are waited for.

        Raises:
            RemoteRefused: the service will not work on this text.
            RemoteFailed: it does not answer, or does not know the key.
        """
        body = {"text": text, "title": title, "language": language or "auto"}
        return Answer(self.remote.digest(body))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Answers kept in a folder, one JSON file a name."""

    folder: Path
    update: bool

    def __call__(self, answer: Answer, name: str) -> None:
        """Hold the answer to the one kept under ``name``; the first one is kept.

        Fails if a text differs, and if the signature does: then equal texts are not promised, and
        someone should look before the new ones are kept with ``--khulasa-update``.
        """
        path = self.folder / f"{name}.json"
        new = {"signature": answer.signature, "parts": dict(answer.parts)}
        if self.update or not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", "utf-8")
            return
        kept = json.loads(path.read_text("utf-8"))
        if kept != new:
            pytest.fail(_told(name, kept, new), pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and the same as ini values."""
    group = parser.getgroup("khulasa", "summaries of a running Khulasa")
    for name, help_text in (
        ("khulasa-url", "address of the service; without it these tests are skipped"),
        ("khulasa-key-file", "file with an API key"),
        ("khulasa-snapshots", "folder of the kept answers (khulasa-snapshots)"),
    ):
        group.addoption(f"--{name}", help=help_text)
        parser.addini(name.replace("-", "_"), help_text)
    group.addoption("--khulasa-update", action="store_true", help="keep the new answers")


@pytest.fixture(scope="session")
def khulasa(request: pytest.FixtureRequest) -> Khulasa:
    """The service of ``--khulasa-url``."""
    url, key_file = _option(request, "khulasa-url"), _option(request, "khulasa-key-file")
    if not url:
        pytest.skip("no --khulasa-url")
    key = Path(key_file).read_text("ascii").strip() if key_file else None
    return Khulasa(Remote(url.rstrip("/"), key))


@pytest.fixture
def khulasa_snapshot(request: pytest.FixtureRequest) -> Callable[[Answer, str], None]:
    """Call it with an answer and a name."""
    folder = _option(request, "khulasa-snapshots") or "khulasa-snapshots"
    update = bool(request.config.getoption("khulasa_update"))
    return Snapshot(request.config.rootpath / folder, update)


def _option(request: pytest.FixtureRequest, name: str) -> str:
    given = request.config.getoption(name.replace("-", "_"))
    return str(given or request.config.getini(name.replace("-", "_")))


def _told(name: str, kept: dict[str, Any], new: dict[str, Any]) -> str:
    """Why the snapshot does not hold: the signatures first, then the texts line by line."""
    head = f"the answer {name!r} is not the one that was kept"
    if kept["signature"] != new["signature"]:
        head += f"; the signature changed\n  from {kept['signature']}\n  to   {new['signature']}"
    else:
        head += " under the same signature, which promises the same bytes"
    return "\n".join([head, *_differences(kept["parts"], new["parts"])])


def _differences(kept: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for part in sorted(kept.keys() | new.keys()):
        a, b = kept.get(part, "").splitlines(), new.get(part, "").splitlines()
        yield from unified_diff(a, b, f"{part} kept", f"{part} now", lineterm="")
