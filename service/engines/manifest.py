"""manifest.json: what a model folder holds, file by file, so that damage is seen before it speaks.

Every folder of a model carries one: ``seal`` writes it, ``check`` compares each file's SHA-256
with it. Hashing 100 MB takes about 80 ms; where a folder takes more than ``SLOW`` seconds the
result is remembered in the data folder and holds as long as each file's size and time of change.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import ModelDamaged

NAME = "manifest.json"
FORMAT = 1
SLOW = 0.2

_NOT_SEALED = {".md"}  # cards may be reworded without a change to the model


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sealed content of one folder.

    Attributes:
        files: SHA-256 by relative POSIX path.
        about: where it came from and how it was made: source, commit, licence, quantization, …
    """

    files: Mapping[str, str]
    about: Mapping[str, str]

    @property
    def content(self) -> str:
        """A short hash of the whole content, for the signature."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.files.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:12]


def seal(folder: Path, about: Mapping[str, str] | None = None) -> Manifest:
    """Write the manifest of a folder as it is now; ``about`` None keeps what an older one says.

    Raises:
        ModelDamaged: there is nothing in the folder to seal.
    """
    files = {
        path.relative_to(folder).as_posix(): file_hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _sealed(path.relative_to(folder))
    }
    if not files:
        raise ModelDamaged(f"{folder} holds no file that could be sealed", folder=str(folder))
    if about is None:
        about = read(folder).about if (folder / NAME).is_file() else {}
    manifest = Manifest(files, dict(about))
    content = {"format": FORMAT, "about": manifest.about, "files": manifest.files}
    write_whole(folder / NAME, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return manifest


def read(folder: Path) -> Manifest:
    """The manifest, without a look at the files.

    Raises:
        ModelDamaged: there is none, or it is not one of ours.
    """
    path = folder / NAME
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"its format is {content['format']!r}, not {FORMAT}")
        files, about = content["files"], content["about"]
        if not files or not all(isinstance(v, str) for v in (*files.values(), *about.values())):
            raise ValueError("it lists no files")
    except FileNotFoundError:
        raise ModelDamaged(
            f"{folder} has no {NAME}; where you trust what lies there, write one with: "
            f"python -m service models seal {folder}",
            file=str(path),
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelDamaged(f"{path} cannot be read: {error}", file=str(path)) from None
    return Manifest(files, about)


def check(folder: Path, memory: Path | None = None) -> Manifest:
    """Compare every file with the manifest.

    Args:
        folder: the model's folder.
        memory: a JSON file that remembers slow checks; None hashes every time.

    Raises:
        ModelDamaged: naming the first file that is missing or differs.
    """
    manifest = read(folder)
    state = _state(folder, manifest)
    remembered = _remembered(memory)
    if remembered.get(str(folder)) == state:
        return manifest
    start = time.perf_counter()
    for name, expected in manifest.files.items():
        if file_hash(folder / name) != expected:
            raise _damaged(folder / name, "is not the file that was sealed: its SHA-256 differs")
    if memory is not None and time.perf_counter() - start > SLOW:
        # A read-only data folder costs the check at every start, nothing else.
        with suppress(OSError):
            write_whole(memory, json.dumps(remembered | {str(folder): state}, indent=1))
    return manifest


def file_hash(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        ModelDamaged: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _damaged(path, f"cannot be read: {error.strerror}") from None


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sealed(relative: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return not hidden and relative.suffix not in _NOT_SEALED and relative.as_posix() != NAME


def _state(folder: Path, manifest: Manifest) -> list[Any]:
    """What may stand for the content: the manifest's hash, each file's size and time of change."""
    state: list[Any] = [manifest.content]
    for name in sorted(manifest.files):
        try:
            stat = (folder / name).stat()
        except OSError:
            raise _damaged(folder / name, "is missing") from None
        state.append([stat.st_size, stat.st_mtime_ns])
    return state


def _remembered(memory: Path | None) -> dict[str, Any]:
    if memory is None:
        return {}
    try:
        content = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _damaged(path: Path, problem: str) -> ModelDamaged:
    return ModelDamaged(f"{path} {problem}", file=str(path))
