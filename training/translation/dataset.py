"""Token ids of the training pairs in flat arrays, and the batches of a pass over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids: ``source`` (n, s) and ``target`` (n, t), both ending in `</s>` then padding."""

    source: Ids
    target: Ids


@dataclass(frozen=True, slots=True)
class Dataset:
    """Pairs as flat ids with offsets (n + 1), and the number of each pair's origin in ``names``."""

    source: Ids
    source_at: NDArray[np.int64]
    target: Ids
    target_at: NDArray[np.int64]
    origin: Ids
    names: tuple[str, ...]

    @classmethod
    def from_lists(
        cls, rows: Sequence[tuple[Sequence[int], Sequence[int], int]], names: Sequence[str]
    ) -> Dataset:
        """Pack (source ids, target ids, origin) rows."""
        left, right, origin = zip(*rows, strict=True) if rows else ((), (), ())
        return cls(
            source=np.array([i for row in left for i in row], dtype=np.int32),
            source_at=np.cumsum([0, *map(len, left)], dtype=np.int64),
            target=np.array([i for row in right for i in row], dtype=np.int32),
            target_at=np.cumsum([0, *map(len, right)], dtype=np.int64),
            origin=np.array(origin, dtype=np.int32),
            names=tuple(names),
        )

    def __len__(self) -> int:
        return len(self.origin)

    def save(self, path: Path) -> None:
        """Write the arrays to an .npz file."""
        np.savez(
            path,
            source=self.source,
            source_at=self.source_at,
            target=self.target,
            target_at=self.target_at,
            origin=self.origin,
            names=np.array(self.names),
        )

    @classmethod
    def load(cls, path: Path) -> Dataset:
        """Read what `save` wrote."""
        with np.load(path) as data:
            return cls(
                source=data["source"],
                source_at=data["source_at"],
                target=data["target"],
                target_at=data["target_at"],
                origin=data["origin"],
                names=tuple(str(name) for name in data["names"]),
            )

    def count(self, name: str) -> int:
        """Return how many pairs are of an origin."""
        return int((self.origin == self.names.index(name)).sum()) if name in self.names else 0

    def without(self, name: str) -> Dataset:
        """Return the dataset without the pairs of an origin."""
        if name not in self.names:
            return self
        keep = self.origin != self.names.index(name)
        return Dataset(
            source=self.source[np.repeat(keep, np.diff(self.source_at))],
            source_at=np.concatenate([[0], np.cumsum(np.diff(self.source_at)[keep])]),
            target=self.target[np.repeat(keep, np.diff(self.target_at))],
            target_at=np.concatenate([[0], np.cumsum(np.diff(self.target_at)[keep])]),
            origin=self.origin[keep],
            names=self.names,
        )

    def joined(self, other: Dataset) -> Dataset:
        """Return both datasets' pairs, this one's first."""
        names = [*self.names, *(name for name in other.names if name not in self.names)]
        numbers = np.array([names.index(name) for name in other.names], dtype=np.int32)
        return Dataset(
            source=np.concatenate([self.source, other.source]),
            source_at=np.concatenate([self.source_at, other.source_at[1:] + self.source_at[-1]]),
            target=np.concatenate([self.target, other.target]),
            target_at=np.concatenate([self.target_at, other.target_at[1:] + self.target_at[-1]]),
            origin=np.concatenate([self.origin, numbers[other.origin]]),
            names=tuple(names),
        )

    def batch(self, rows: NDArray[np.int64], pad: int) -> Batch:
        """Return the rows padded to their longest."""
        return Batch(
            source=_padded(self.source, self.source_at, rows, pad),
            target=_padded(self.target, self.target_at, rows, pad),
        )


def _padded(flat: Ids, at: NDArray[np.int64], rows: NDArray[np.int64], pad: int) -> Ids:
    lengths = at[rows + 1] - at[rows]
    grid = np.full((len(rows), int(lengths.max())), pad, dtype=np.int32)
    for line, row in enumerate(rows):
        grid[line, : lengths[line]] = flat[at[row] : at[row + 1]]
    return grid


def draw(dataset: Dataset, weights: Mapping[str, float], seed: int, turn: int) -> NDArray[np.int64]:
    """Return the rows of pass ``turn``: each origin as often as its weight says, shuffled."""
    rng = np.random.default_rng([seed, turn])
    by_name = np.array([weights.get(name, 0.0) for name in dataset.names])
    weight = by_name[dataset.origin]
    times = np.floor(weight + rng.random(len(weight))).astype(np.int64)
    rows = np.repeat(np.arange(len(dataset)), times)
    rng.shuffle(rows)
    return rows


def batches(
    dataset: Dataset, rows: NDArray[np.int64], tokens: int, seed: int, turn: int
) -> list[NDArray[np.int64]]:
    """Cut rows into batches of at most ``tokens`` padded target (and source) tokens.

    Neighbours in length share a batch, those of equal length in the order of ``rows``; the order
    of the batches is shuffled.
    """
    target = np.diff(dataset.target_at)
    source = np.diff(dataset.source_at)
    by_length = rows[np.lexsort((source[rows], target[rows]))]
    result = list(_cut(by_length, np.maximum(source, target), tokens))
    order = np.random.default_rng([seed, turn, 1]).permutation(len(result))
    return [result[i] for i in order]


def _cut(
    rows: NDArray[np.int64], length: NDArray[np.int64], tokens: int
) -> Iterator[NDArray[np.int64]]:
    first, longest = 0, 0
    for at, row in enumerate(rows):
        longest = max(longest, int(length[row]))
        if longest * (at + 1 - first) > tokens and at > first:
            yield rows[first:at]
            first, longest = at, int(length[row])
    if len(rows) > first:
        yield rows[first:]
