"""The checksum that every cache keeps beside a value: tells damage, and names the bytes."""

from __future__ import annotations

from hashlib import blake2b

SEAL_BYTES = 16


def seal_of(value: bytes) -> bytes:
    """The seal of these bytes; others have another."""
    return blake2b(value, digest_size=SEAL_BYTES).digest()
