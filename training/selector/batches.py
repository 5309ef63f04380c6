"""Examples as tensors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from service.engines.extractive import Task
from service.engines.features import spread
from service.engines.vectors import DIMENSIONS
from training.selector.model import INPUTS, Batch


def batch_of(tasks: Sequence[Task]) -> Batch:
    """Pad articles to the longest."""
    count, longest = len(tasks), max(len(task.costs) for task in tasks)
    shapes = {
        "vectors": (DIMENSIONS,), "inputs": (INPUTS,), "mask": (), "open": (), "costs": (),
        "near": (longest,), "shared": (longest,),
    }  # fmt: skip
    made = {n: np.zeros((count, longest, *shape), np.float32) for n, shape in shapes.items()}
    rows = np.zeros((count, 2, longest), np.float32)
    for row, task in enumerate(tasks):
        size = len(task.costs)
        vectors, stems = task.article.vectors, task.article.stems
        made["vectors"][row, :size] = vectors
        made["inputs"][row, :size] = task.inputs
        made["mask"][row, :size] = 1
        made["open"][row, :size] = task.room.allowed([])
        made["costs"][row, :size] = task.costs
        rows[row, :, :size] = task.room.rows
        made["near"][row, :size, :size] = spread(vectors @ vectors.T)
        made["shared"][row, :size, :size] = [
            [len(own & other) / max(len(own), 1) for other in stems] for own in stems
        ]
    bounds = np.array(
        [(t.room.min_sentences, t.room.max_sentences, t.room.length == "long") for t in tasks]
    )
    tensors = {name: torch.from_numpy(value) for name, value in {**made, "rows": rows}.items()}
    least, most = torch.from_numpy(bounds[:, :2].T.copy())
    return Batch(**tensors, least=least, most=most, long=torch.from_numpy(bounds[:, 2]).float())


def padded(sequences: Sequence[Sequence[Sequence[int]]], end: int) -> torch.Tensor:
    """(B, K, steps) of picks, with ``end`` where a sequence is over."""
    steps = max(len(picks) for row in sequences for picks in row)
    made = np.full((len(sequences), len(sequences[0]), steps), end, dtype=np.int64)
    for row, kinds in enumerate(sequences):
        for kind, picks in enumerate(kinds):
            made[row, kind, : len(picks)] = picks
    return torch.from_numpy(made)
