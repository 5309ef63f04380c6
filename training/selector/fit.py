"""Train one member: minimum risk over sampled picks (Shen et al. 2016), warmed by likelihood.

At each step a few sets of picks of every example are drawn, good ones more often than others. The
network's probabilities of these, made to sum to one, weight what the sets lose against the best
one in ROUGE: that expected loss is minimised. The likelihood of the good ones is added, less and
less, since risk alone starts slowly.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import softmax
from torch.nn.utils import clip_grad_norm_

from training.selector.batches import batch_of, padded
from training.selector.config import Fit, Shape
from training.selector.examples import Example
from training.selector.model import Batch, PointerNetwork

log = logging.getLogger(__name__)

# How sharply good sets are preferred: by a point, and by five points of ROUGE.
_SHARPNESS = (100.0, 20.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A batch that stays together, and what its sets are drawn by."""

    batch: Batch
    examples: tuple[Example, ...]
    chances: tuple[tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...], ...]


def fit(examples: Sequence[Example], shape: Shape, plan: Fit, seed: int) -> PointerNetwork:
    """A network for the examples; the same seed gives the same network on the same machine."""
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    network = PointerNetwork(shape.width, shape.rank, shape.dropout)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay
    )
    drawn = [_drawn(group) for group in _groups(examples, plan.batch)]
    steps, began = plan.epochs * len(drawn), time.monotonic()
    network.train()
    for epoch in range(plan.epochs):
        losses = []
        for number, index in enumerate(draw.permutation(len(drawn))):
            done = epoch * len(drawn) + number
            for group in optimizer.param_groups:
                group["lr"] = plan.learning_rate * min(1, (done + 1) / 40) * (1 - done / steps)
            loss = _loss(network, drawn[index], plan, 1 - done / steps, draw)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
        spent = time.monotonic() - began
        log.info("seed %d epoch %d loss %.3f (%.0f s)", seed, epoch + 1, np.mean(losses), spent)
    return network.eval()


def _groups(examples: Sequence[Example], size: int) -> Iterator[tuple[Example, ...]]:
    """Examples of like length together, so that little is padding."""
    ordered = sorted(examples, key=lambda example: (len(example.task.costs), example.article.id))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])


def _drawn(examples: tuple[Example, ...]) -> _Drawn:
    chances = []
    for example in examples:
        short = (example.rewards - example.rewards.max()).astype(np.float64)
        weights = [np.exp(short * sharpness) for sharpness in (*_SHARPNESS, 0.0)]
        chances.append(tuple(weight / weight.sum() for weight in weights))
    return _Drawn(batch_of([example.task for example in examples]), examples, tuple(chances))


def _loss(
    network: PointerNetwork,
    drawn: _Drawn,
    plan: Fit,
    warmth: float,
    draw: np.random.Generator,
) -> torch.Tensor:
    each = plan.samples // 3
    chosen = [
        np.concatenate([draw.choice(len(chance), each, p=chance) for chance in chances])
        for chances in drawn.chances
    ]
    pairs = list(zip(drawn.examples, chosen, strict=True))
    picks = [[example.picks[i] for i in indices] for example, indices in pairs]
    lost = torch.from_numpy(
        np.stack([example.rewards.max() - example.rewards[indices] for example, indices in pairs])
    )
    total = drawn.batch.costs.shape[1]
    chances = network.log_probabilities(drawn.batch, padded(picks, total))
    risk = (softmax(chances, 1) * lost).sum(1) * plan.risk
    likelihood = -chances[:, :each].mean(1)
    weights = torch.tensor([example.article.weight for example in drawn.examples])
    return ((risk + plan.likelihood * warmth * likelihood) * weights).mean()
