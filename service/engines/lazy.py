"""Engines that are built when they are first needed, once, whichever thread asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from service.engines.protocol import Decoding, Generated, Generator

T = TypeVar("T")


class Once(Generic[T]):
    """A value that is made when it is first asked for, and never twice."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Callable[[], T] | None = make
        self._lock = threading.Lock()
        self._value: T

    def __call__(self) -> T:
        """The value; threads that come while it is being made wait for it."""
        with self._lock:
            if self._make is not None:
                self._value = self._make()
                self._make = None
            return self._value


class LazyGenerator:
    """A ``Generator`` that is built when it is first asked for anything."""

    def __init__(self, make: Callable[[], Generator]) -> None:
        self._generator = Once(make)

    def max_source_tokens(self) -> int:
        """The generator's limit."""
        return self._generator().max_source_tokens()

    def count_tokens(self, text: str) -> int:
        """The generator's count."""
        return self._generator().count_tokens(text)

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[Generated]:
        """What the generator writes."""
        return self._generator().generate(prompts, decoding)
