"""Who is alive: each process holds a lock on a file of its own.

The kernel lets go of the lock when the process ends, however it ends; no clock is asked.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from uuid import uuid4


class Owner:
    """This process, as long as it is open."""

    def __init__(self, folder: Path) -> None:
        self.name = uuid4().hex
        self._path = _path(folder, self.name)
        self._file = self._path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        """Be gone."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def is_gone(folder: Path, name: str) -> bool:
    """Whether the owner of that name has ended; its file is tidied away then."""
    path = _path(folder, name)
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    except FileNotFoundError:  # it has tidied up after itself, maybe just now
        return True
    return True


def _path(folder: Path, name: str) -> Path:
    return folder / f"owner-{name}.lock"
