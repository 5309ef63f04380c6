"""The one protocol of every cache."""

from __future__ import annotations

from typing import Protocol


class Cache(Protocol):
    """Bytes by key. A cache may forget anything at any time, and never answers wrong bytes."""

    def get(self, key: str) -> bytes | None:
        """The bytes under ``key``, or None."""

    def seal(self, key: str) -> bytes | None:
        """The seal (``service.cache.seal``) of what is under ``key``, without reading it.

        It is not a promise that ``get`` finds these bytes whole.
        """

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value``; replaces what was there."""

    def delete(self, key: str) -> bool:
        """Forget ``key``; tells whether it was there."""

    def close(self) -> None:
        """Let go of files and connections."""
