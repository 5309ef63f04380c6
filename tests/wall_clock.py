"""A wall clock that a test sets forward and back under a real process."""

import os
import shutil
import struct
import subprocess
from pathlib import Path

from tests.services import absent

SOURCE = Path(__file__).parent / "clock" / "jump.c"


class WallClock:
    """The clock of the processes that are started with ``variables``."""

    def __init__(self, folder):
        compiler = shutil.which("cc")
        if compiler is None:
            absent("a C compiler is not installed")
        library, self._file = folder / "jump.so", folder / "clock"
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, SOURCE],
            check=True,
        )
        self._file.write_bytes(struct.pack("q", 0))
        self.variables = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(self._file)}

    def set(self, seconds):
        """Put it so many seconds before (or, if negative, behind) the true time, at once."""
        with self._file.open("r+b") as file:
            file.write(struct.pack("q", seconds))
            file.flush()
            os.fsync(file.fileno())
