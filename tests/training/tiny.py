"""Writes a tiny E5S1 file, as the format's description says."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

WIDTH, LAYERS, HEADS, FFN = 32, 2, 2, 64
LETTERS = "ابتحدرسعفقكلمنهوي" + "abcdefghijklmnoprstuvwy" + "0123456789.,"
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *LETTERS, *(f"▁{c}" for c in LETTERS))


def pack_q4(weights: np.ndarray) -> bytes:
    """Pack float weights in Q4 blocks, as the format's description says."""
    blocks = weights.astype(np.float32).reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1) / 7).astype("<f2")
    nibbles = np.clip(np.rint(blocks / scale.astype(np.float32)[:, None]) + 8, 0, 15)
    low, high = nibbles[:, :16].astype(np.uint8), nibbles[:, 16:].astype(np.uint8)
    packed = low | (high << 4)
    return b"".join(s.tobytes() + row.tobytes() for s, row in zip(scale, packed, strict=True))


def e5_tensors(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    shapes = {
        "emb.word": len(PIECES) * WIDTH,
        "emb.pos": 80 * WIDTH,
        "emb.type": WIDTH,
        "emb.ln.w": WIDTH,
        "emb.ln.b": WIDTH,
    }
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            shapes |= {f"l{layer}.{name}.w": WIDTH * WIDTH, f"l{layer}.{name}.b": WIDTH}
        shapes |= {f"l{layer}.fi.w": FFN * WIDTH, f"l{layer}.fi.b": FFN}
        shapes |= {f"l{layer}.fo.w": FFN * WIDTH, f"l{layer}.fo.b": WIDTH}
        for norm in ("aln", "oln"):
            shapes |= {f"l{layer}.{norm}.w": WIDTH, f"l{layer}.{norm}.b": WIDTH}
    return {name: rng.normal(0, 0.3, size) for name, size in shapes.items()}


def write_e5(path: Path, seed: int = 1) -> dict[str, np.ndarray]:
    """Write a random E5S1 file; return what its tensors were before quantization."""
    tensors = e5_tensors(seed)
    encoded = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, LAYERS, HEADS, FFN, len(PIECES), 80, 1, 0, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, encoded)))
    head += np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    head += np.linspace(-1, -9, len(PIECES)).astype("<f4").tobytes() + b"".join(encoded)
    head += struct.pack("<iI", 0, 0)
    bodies = {
        name: pack_q4(value) if name.endswith("word") else value.astype("<f4").tobytes()
        for name, value in tensors.items()
    }
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in bodies)
    entries, data = b"", b""
    for name, body in bodies.items():
        kind = 1 if name.endswith("word") else 0
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", kind, tensors[name].size, size + len(data), len(body))
        data += body
    path.write_bytes(head + struct.pack("<i", len(bodies)) + entries + data)
    return tensors
