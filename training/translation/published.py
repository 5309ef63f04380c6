"""Reads a published CTranslate2 Marian back into MarianMTModel's tensors, to train it further.

The float weights of a run are not kept, its int8 checkpoint is: each row is divided by its scale,
which brings back the float weights to within half a step of 127. What CTranslate2's converter
joined (query, key and value in one matrix) is cut apart again, and the row of `<pad>`, which it
dropped, is zero as it was. The format is the one `ctranslate2.specs.model_spec` writes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from training.translation.e5 import FloatArray

FILE = "training.json"
_BINARY_VERSION = 6
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


@dataclass(frozen=True, slots=True)
class Round:
    """What one training run put into a checkpoint."""

    tokens: int
    steps: int
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Past:
    """How a checkpoint came about: the phases of its configuration that it has had, in runs."""

    phases: int
    rounds: tuple[Round, ...]

    def then(self, phases: int, made: Round) -> Past:
        """Return the past of a checkpoint that a further run has made of it."""
        return Past(phases, (*self.rounds, made))

    def write(self, folder: Path) -> None:
        """Write it beside the checkpoint in ``folder``."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Past:
        """Read what `write` wrote; nothing has happened yet where there is no such file."""
        path = folder / FILE
        if not path.exists():
            return cls(0, ())
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(found["phases"], tuple(Round(**entry) for entry in found["rounds"]))


class NotContinuedError(ValueError):
    """The published checkpoint is not one that this run can go on from."""


def check_vocabulary(folder: Path, tokenizer: Path) -> None:
    """Make sure that a run's pieces have the numbers they have in the published checkpoint.

    Raises:
        NotContinuedError: another vocabulary, so the rows would mean other pieces.
    """
    if (folder / "vocab.json").read_bytes() != (tokenizer / "vocab.json").read_bytes():
        raise NotContinuedError(f"{folder} has another vocabulary than {tokenizer}")


def tensors(folder: Path) -> dict[str, FloatArray]:
    """Return a published checkpoint's Marian tensors by name, `<pad>`'s row of zeros included.

    Raises:
        NotContinuedError: not a CTranslate2 Marian of the format that is known here.
    """
    with (folder / "model.bin").open("rb") as file:
        stored = dict(_floats(dict(_variables(file))))
    try:
        return dict(_marian(stored))
    except KeyError as error:
        raise NotContinuedError(f"{folder} is not a converted Marian: no {error}") from error


def _variables(file: BinaryIO) -> Iterator[tuple[str, FloatArray]]:
    version = _number(file, "<I")
    if version != _BINARY_VERSION or _text(file) != "TransformerSpec":
        raise NotContinuedError(f"{file.name}: format {version} is not known here")
    _number(file, "<I")  # the specification's revision
    for _ in range(_number(file, "<I")):
        name = _text(file)
        shape = [_number(file, "<I") for _ in range(_number(file, "<B"))]
        kind = _TYPES[_number(file, "<B")]
        data = file.read(_number(file, "<I"))
        yield name, np.frombuffer(data, dtype=kind).reshape(shape)


def _number(file: BinaryIO, layout: str) -> int:
    (found,) = struct.unpack(layout, file.read(struct.calcsize(layout)))
    return int(found)


def _text(file: BinaryIO) -> str:
    return file.read(_number(file, "<H")).rstrip(b"\0").decode()


def _floats(stored: dict[str, FloatArray]) -> Iterator[tuple[str, FloatArray]]:
    for name, value in stored.items():
        scale = stored.get(f"{name}_scale")
        whole = value.astype(np.float32)
        yield name, whole if scale is None else whole / scale[:, None]


def _marian(stored: dict[str, FloatArray]) -> Iterator[tuple[str, FloatArray]]:
    yield "model.shared.weight", _with_pad(stored["decoder/embeddings/weight"])
    for side in ("encoder", "decoder"):
        number = 0
        while f"{side}/layer_{number}/ffn/linear_0/weight" in stored:
            theirs, ours = f"{side}/layer_{number}", f"model.{side}.layers.{number}"
            yield from _attention(stored, f"{theirs}/self_attention", f"{ours}.self_attn")
            if side == "decoder":
                yield from _attention(stored, f"{theirs}/attention", f"{ours}.encoder_attn")
            yield from _linear(stored, f"{theirs}/ffn/linear_0", [f"{ours}.fc1"])
            yield from _linear(stored, f"{theirs}/ffn/linear_1", [f"{ours}.fc2"])
            yield from _norm(stored, f"{theirs}/ffn", f"{ours}.final_layer_norm")
            number += 1


def _attention(
    stored: dict[str, FloatArray], theirs: str, ours: str
) -> Iterator[tuple[str, FloatArray]]:
    projections = [f"{ours}.{name}" for name in ("q_proj", "k_proj", "v_proj")]
    if f"{theirs}/linear_2/weight" in stored:  # over the encoder's states: query apart
        yield from _linear(stored, f"{theirs}/linear_0", projections[:1])
        yield from _linear(stored, f"{theirs}/linear_1", projections[1:])
        yield from _linear(stored, f"{theirs}/linear_2", [f"{ours}.out_proj"])
    else:
        yield from _linear(stored, f"{theirs}/linear_0", projections)
        yield from _linear(stored, f"{theirs}/linear_1", [f"{ours}.out_proj"])
    yield from _norm(stored, theirs, f"{ours}_layer_norm")


def _linear(
    stored: dict[str, FloatArray], theirs: str, ours: list[str]
) -> Iterator[tuple[str, FloatArray]]:
    for kind in ("weight", "bias"):
        parts = np.split(stored[f"{theirs}/{kind}"], len(ours))
        yield from ((f"{name}.{kind}", part) for name, part in zip(ours, parts, strict=True))


def _norm(
    stored: dict[str, FloatArray], theirs: str, ours: str
) -> Iterator[tuple[str, FloatArray]]:
    yield f"{ours}.weight", stored[f"{theirs}/layer_norm/gamma"]
    yield f"{ours}.bias", stored[f"{theirs}/layer_norm/beta"]


def _with_pad(table: FloatArray) -> FloatArray:
    return np.concatenate([table, np.zeros_like(table[:1])])
