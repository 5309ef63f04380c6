"""Read a TOML file that a person wrote, so that every mistake names the file and the key.

A ``Table`` hands out typed values and remembers what was asked for; ``close`` then refuses what
nobody asked for, since a misspelt key that is silently ignored costs an editor an afternoon.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from service.errors import ConfigurationError

_Number = TypeVar("_Number", int, float)


def read_toml(path: Path) -> Table:
    """The whole file as a table.

    Raises:
        ConfigurationError: the file cannot be read, or is not TOML.
    """
    try:
        return Table(path, tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from None


class Table:
    """One table of a TOML file, with the file and the dotted key it stands at."""

    def __init__(self, path: Path, values: Mapping[str, Any], at: str = "") -> None:
        self.path = path
        self.at = at
        self._values = values
        self._asked: set[str] = set()

    def fail(self, key: str, problem: str) -> NoReturn:
        """Refuse the value at ``key``.

        Raises:
            ConfigurationError: always; it names the file and the dotted key.
        """
        place = ".".join(part for part in (self.at, key) if part)
        raise ConfigurationError(f"{self.path}: {place}: {problem}", file=str(self.path), key=place)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def text(self, key: str) -> str:
        """A non-empty string."""
        value = self._take(key, None)
        if not isinstance(value, str) or not value:
            self.fail(key, "must be a text in quotes, not empty")
        return value

    def optional_text(self, key: str) -> str | None:
        """A non-empty string, or None where the key is absent."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
            self.fail(key, "must be a list of texts in quotes")
        return tuple(value)

    def choice(self, key: str, literal: Any, default: str | None = None) -> Any:
        """One of the values of a ``Literal`` type."""
        value = self._take(key, default)
        if value not in get_args(literal):
            self.fail(key, f"{value!r} is not one of {', '.join(get_args(literal))}")
        return value

    def choices(self, key: str, literal: Any) -> tuple[Any, ...]:
        """A non-empty list of different values of a ``Literal`` type."""
        values = self.texts(key)
        if not values or len(set(values)) < len(values) or set(values) - set(get_args(literal)):
            self.fail(key, f"must list some of {', '.join(get_args(literal))}, each once")
        return values

    def number(self, key: str, low: _Number, high: _Number) -> _Number:
        """A number within its bounds; whole where the bounds are."""
        value = self._take(key, None)
        kinds = (int,) if isinstance(low, int) else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            whole = "a whole number" if isinstance(low, int) else "a number"
            self.fail(key, f"must be {whole} from {low} to {high}")
        return type(low)(value)

    def boolean(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            self.fail(key, "must be true or false")
        return value

    def table(self, key: str) -> Table:
        """The table under a key."""
        value = self._take(key, None)
        if not isinstance(value, dict):
            self.fail(key, "must be a table")
        return Table(self.path, value, f"{self.at}.{key}" if self.at else key)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables under ``[[key]]``, at least one."""
        value = self._take(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.fail(key, f"must be at least one [[{key}]] table")
        return tuple(
            Table(self.path, entry, f"{self.at}.{key}.{i}" if self.at else f"{key}.{i}")
            for i, entry in enumerate(value)
        )

    def close(self) -> None:
        """Refuse keys that nothing reads.

        Raises:
            ConfigurationError: naming the first of them and those that are read here.
        """
        for key in self._values:
            if key not in self._asked:
                self.fail(key, f"is not known here; known are: {', '.join(sorted(self._asked))}")

    def _take(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._values and default is None:
            self.fail(key, "is missing")
        return self._values.get(key, default)
