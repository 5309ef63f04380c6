"""The pointer network in torch; ``service.engines.pointer`` runs the same weights on numpy."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from service.engines.extractive import CANDIDATE_FACTS, STEP_FACTS
from service.engines.features import NAMES
from service.engines.vectors import DIMENSIONS

INPUTS = len(NAMES) + 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles padded to the longest: B of them, N sentences.

    Attributes:
        vectors: (B, N, dimensions).
        inputs: (B, N, INPUTS).
        mask: (B, N), 1 where there is a sentence.
        open: (B, N), 1 where it may be picked at all.
        costs: (B, N), shares of the room, in the language where they are largest.
        rows: (B, 2, N), shares in each language; twice the same where there is but one.
        near: (B, N, N), the vectors' cosines, spread.
        shared: (B, N, N), the share of the first sentence's stems that the second has.
        least, most: (B,), bounds of the number of picks.
        long: (B,), 1 for the long summary.
    """

    vectors: Tensor
    inputs: Tensor
    mask: Tensor
    open: Tensor
    costs: Tensor
    rows: Tensor
    near: Tensor
    shared: Tensor
    least: Tensor
    most: Tensor
    long: Tensor


class PointerNetwork(nn.Module):
    """See ``service.engines.extractive``; names of the layers are those of the exported file."""

    def __init__(self, width: int, rank: int, dropout: float) -> None:
        super().__init__()
        self.projection = nn.Linear(DIMENSIONS, rank)
        self.inputs = nn.Linear(INPUTS + rank, width)
        self.encoder = nn.GRU(width, width // 2, bidirectional=True, batch_first=True)
        self.start = nn.Linear(width, width)
        self.decoder = nn.GRUCell(width, width)
        self.key = nn.Linear(width, width)
        self.query = nn.Linear(width, width)
        self.facts = nn.Linear(CANDIDATE_FACTS, width)
        self.point = nn.Linear(width, 1)
        self.prior = nn.Linear(INPUTS, 1)
        self.stop = nn.Sequential(
            nn.Linear(width + STEP_FACTS, width // 2), nn.Tanh(), nn.Linear(width // 2, 1)
        )
        self.drop = nn.Dropout(dropout)

    def encode(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """States (B, N, width), the decoder's first state (B, width), first opinion (B, N)."""
        gist = self.drop(self.projection(batch.vectors))
        states = self.drop(torch.tanh(self.inputs(torch.cat([batch.inputs, gist], -1))))
        lengths = batch.mask.sum(1).long()
        packed = pack_padded_sequence(states, lengths, batch_first=True, enforce_sorted=False)
        walked, _ = pad_packed_sequence(
            self.encoder(packed)[0], batch_first=True, total_length=states.shape[1]
        )
        states = self.drop(states + walked)
        mean = (states * batch.mask[..., None]).sum(1) / batch.mask.sum(1)[:, None]
        return states, torch.tanh(self.start(mean)), self.prior(batch.inputs).squeeze(-1)

    def log_probabilities(self, batch: Batch, sequences: Tensor) -> Tensor:
        """Log probability of K sequences of picks for each article.

        Args:
            batch: B articles.
            sequences: (B, K, steps) of indices; N means that the summary has ended.

        Returns:
            (B, K).
        """
        states, state, prior = self.encode(batch)
        kinds = sequences.shape[1]
        walk = _Walk(batch, states, prior, self.key(states), kinds)
        state = state.repeat_interleave(kinds, 0)
        flat = torch.cat([sequences, sequences.new_full((len(sequences), kinds, 1), walk.total)], 2)
        total = torch.zeros(len(state))
        for choice in flat.view(len(state), -1).T:
            total = total + walk.alive * self._step(walk, state, choice)
            walk.take(choice)
            taken = walk.states[walk.rows, choice.clamp(max=walk.total - 1)]
            state = torch.where(walk.alive[:, None] > 0, self.decoder(taken, state), state)
        return total.view(len(sequences), kinds)

    def _step(self, walk: _Walk, state: Tensor, choice: Tensor) -> Tensor:
        facts, step, possible = walk.look()
        hidden = torch.tanh(walk.keys + self.query(state)[:, None] + self.facts(facts))
        points = self.point(self.drop(hidden)).squeeze(-1) + walk.prior
        logits = torch.cat([points, self.stop(torch.cat([state, step], -1))], 1)
        chances = functional.log_softmax(logits.masked_fill(~possible, -1e4), -1)
        return chances.gather(1, choice[:, None]).squeeze(1)


class _Walk:
    """Where each of the B·K sequences stands: what was picked and what that leaves."""

    def __init__(
        self, batch: Batch, states: Tensor, prior: Tensor, keys: Tensor, kinds: int
    ) -> None:
        def each(value: Tensor) -> Tensor:
            return value.repeat_interleave(kinds, 0)

        self.states, self.prior, self.keys = each(states), each(prior), each(keys)
        self.open, self.costs, self.shares = (
            each(batch.open) > 0,
            each(batch.costs),
            each(batch.rows),
        )
        self.near, self.shared = each(batch.near), each(batch.shared)
        self.least, self.most, self.long = each(batch.least), each(batch.most), each(batch.long)
        count, self.total = self.costs.shape
        self.rows = torch.arange(count)
        self.places = torch.arange(self.total).float()
        self.alive = torch.ones(count)
        self.left = torch.ones(count)
        self.free = torch.ones(count, self.shares.shape[1])
        self.picked = torch.zeros(count, self.total, dtype=torch.bool)
        self.nearest = torch.full((count, self.total), -9.0)
        self.overlap = torch.zeros(count, self.total)
        self.last = torch.full((count,), -1.0)
        self.steps = 0

    def look(self) -> tuple[Tensor, Tensor, Tensor]:
        """Facts of the candidates and of the step, and what is possible (the last: to stop)."""
        left = self.left[:, None].expand_as(self.costs)
        begun = float(self.steps > 0)
        facts = torch.stack(
            [
                self.costs,
                left,
                (left - self.costs).clamp(-1, 1),
                torch.full_like(left, self.steps / 6),
                self.nearest if begun else torch.zeros_like(left),
                self.overlap,
                (self.places[None] > self.last[:, None]).float() * begun,
                torch.full_like(left, begun),
            ],
            -1,
        )
        fits = (self.shares <= self.free[..., None] + 1e-6).all(1) | (self.costs > 1)
        possible = self.open & ~self.picked & fits & (self.steps < self.most)[:, None]
        least = self.costs.masked_fill(~possible, 2.0).min(1).values
        after = (self.left - least).clamp(-1, 1)
        step = torch.stack(
            [1 - self.left, torch.full_like(after, self.steps / 6), after, self.long], -1
        )
        stop = ((self.steps >= self.least) | ~possible.any(1)) & bool(begun)
        return facts, step, torch.cat([possible, stop[:, None]], 1)

    def take(self, choice: Tensor) -> None:
        """Go on with the choice of each sequence; ``total`` ends it."""
        self.alive = self.alive * (choice < self.total).float()
        index, on = choice.clamp(max=self.total - 1), self.alive > 0
        self.left = self.left - self.costs[self.rows, index] * self.alive
        self.free = self.free - self.shares[self.rows, :, index] * self.alive[:, None]
        self.picked[self.rows, index] |= on
        keep = on[:, None]
        near, shared = self.near[self.rows, index], self.shared[self.rows, :, index]
        self.nearest = torch.where(keep, torch.maximum(self.nearest, near), self.nearest)
        self.overlap = torch.where(keep, torch.maximum(self.overlap, shared), self.overlap)
        self.last = torch.where(on, torch.maximum(self.last, index.float()), self.last)
        self.steps += 1
