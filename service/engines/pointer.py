"""A trained pointer network (Vinyals et al. 2015) in numpy, weight by weight as torch has it.

``einsum`` stands for ``@`` throughout: BLAS may add in another order with another number of
threads, and the same article is to give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from service.engines.protocol import Matrix

Weights = Mapping[str, Matrix]


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoded article: its states, their keys, a first opinion, the decoder's first state."""

    states: Matrix
    keys: Matrix
    prior: Matrix
    start: Matrix


class Member:
    """One trained pointer network; the arithmetic of ``training.selector.model`` in numpy."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def read(self, vectors: Matrix, inputs: Matrix) -> Reading:
        """Encode an article: sentence vectors (n, dimensions) and features (n, inputs)."""
        gist = self._affine("projection", vectors)
        states = np.tanh(self._affine("inputs", np.concatenate([inputs, gist], axis=1)))
        states = states + np.concatenate(
            [self._walk("encoder", states), self._walk("encoder", states, "_reverse")], axis=1
        )
        return Reading(
            states=states,
            keys=self._affine("key", states),
            prior=self._affine("prior", inputs)[:, 0],
            start=np.tanh(self._affine("start", states.mean(axis=0, keepdims=True)))[0],
        )

    def score(self, reading: Reading, state: Matrix, facts: Matrix, step: Matrix) -> Matrix:
        """Logits of every sentence and, last, of stopping: float32 (n + 1,)."""
        query = self._affine("query", state[None])
        hidden = np.tanh(reading.keys + query + self._affine("facts", facts))
        points = self._affine("point", hidden)[:, 0] + reading.prior
        told = np.concatenate([state, step])[None]
        stop = self._affine("stop.2", np.tanh(self._affine("stop.0", told)))[0]
        return np.concatenate([points, stop])

    def follow(self, reading: Reading, state: Matrix, index: int) -> Matrix:
        """The decoder's state after a pick."""
        given = self._affine_ih("decoder", reading.states[index][None])[0]
        return self._gate("decoder", "", given, state)

    def _walk(self, name: str, states: Matrix, way: str = "") -> Matrix:
        given = self._affine_ih(name, states, f"_l0{way}")
        order = range(len(states)) if not way else range(len(states) - 1, -1, -1)
        state = np.zeros(given.shape[1] // 3, dtype=np.float32)
        found = np.empty((len(states), len(state)), dtype=np.float32)
        for index in order:
            state = self._gate(name, f"_l0{way}", given[index], state)
            found[index] = state
        return found

    def _gate(self, name: str, suffix: str, given: Matrix, state: Matrix) -> Matrix:
        """One step of a GRU (Cho et al. 2014), torch's variant and order of gates."""
        weights = self._weights
        own = np.einsum("ij,j->i", weights[f"{name}.weight_hh{suffix}"], state)
        own = own + weights[f"{name}.bias_hh{suffix}"]
        reset, update, new = np.split(given, 3)
        own_reset, own_update, own_new = np.split(own, 3)
        keep = _sigmoid(update + own_update)
        fresh = np.tanh(new + _sigmoid(reset + own_reset) * own_new)
        gated: Matrix = (1 - keep) * fresh + keep * state
        return gated

    def _affine(self, name: str, rows: Matrix) -> Matrix:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        result: Matrix = np.einsum("ij,kj->ik", rows, weight) + bias
        return result

    def _affine_ih(self, name: str, rows: Matrix, suffix: str = "") -> Matrix:
        weights = self._weights
        result: Matrix = np.einsum("ij,kj->ik", rows, weights[f"{name}.weight_ih{suffix}"])
        return result + weights[f"{name}.bias_ih{suffix}"]


def _sigmoid(x: Matrix) -> Matrix:
    result: Matrix = np.reciprocal(1 + np.exp(-x))
    return result
