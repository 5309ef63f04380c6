"""The engine ``extractive``: a small seq2seq model that answers with sentences, not with words.

An encoder reads the article's sentence vectors and features in order (two GRUs, there and back).
A decoder points at one sentence after another, each choice looking at what was chosen before and at
the room that is left, until it prefers to stop (Vinyals et al. 2015, "Pointer Networks"). Several
members, trained from different seeds, vote. ``training/selector`` makes them; here they run on
numpy alone, in time linear in the number of sentences.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from service.domain import LANGUAGES, Language, Length
from service.engines import features
from service.engines.features import Article, describe, spread
from service.engines.pointer import Member, Weights
from service.engines.protocol import Matrix, Pick, Vectors
from service.errors import ModelDamaged
from service.summary.bands import Room, count

WEIGHTS = "weights.npz"
CONFIG = "config.json"

# What the decoder is told of a candidate at a step, and of the step itself.
CANDIDATE_FACTS = 8
STEP_FACTS = 4
_FORBIDDEN = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Task:
    """One article to pick from, as the members see it.

    Attributes:
        inputs: features with language and length, float32 (n, len(features.NAMES) + 2).
        costs: each sentence's share of the room, float32 (n,).
    """

    article: Article
    inputs: Matrix
    costs: Matrix
    room: Room

    @classmethod
    def of(cls, article: Article, language: Language, room: Room) -> Task:
        """The task of picking from ``article`` within ``room``."""
        told = np.array([language == LANGUAGES[0], room.length == "long"], dtype=np.float32)
        rows = np.broadcast_to(told, (len(article.features), len(told)))
        inputs = np.concatenate([article.features, rows], axis=1)
        return cls(article, inputs, room.shares.astype(np.float32), room)


def candidate_facts(task: Task, picked: Sequence[int]) -> Matrix:
    """What is known of each sentence after ``picked``: float32 (n, CANDIDATE_FACTS)."""
    costs, total = task.costs, len(task.costs)
    left = np.float32(1 - sum(float(costs[i]) for i in picked))
    facts = np.zeros((total, CANDIDATE_FACTS), dtype=np.float32)
    facts[:, 0] = costs
    facts[:, 1] = left
    facts[:, 2] = np.clip(left - costs, -1, 1)
    facts[:, 3] = len(picked) / 6
    if picked:
        vectors, stems = task.article.vectors, task.article.stems
        near = np.einsum("ij,kj->ik", vectors, vectors[list(picked)]).max(axis=1)
        facts[:, 4] = spread(near)
        facts[:, 5] = [max(len(own & stems[i]) for i in picked) / max(len(own), 1) for own in stems]
        facts[:, 6] = np.arange(total) > max(picked)
        facts[:, 7] = 1
    return facts


def step_facts(task: Task, picked: Sequence[int], allowed: npt.NDArray[np.bool_]) -> Matrix:
    """What is known of the step after ``picked``: float32 (STEP_FACTS,)."""
    used = sum(float(task.costs[i]) for i in picked)
    least = float(task.costs[allowed].min()) if allowed.any() else 2.0
    after = min(max(1 - used - least, -1), 1)
    long = float(task.room.length == "long")
    return np.array([used, len(picked) / 6, after, long], dtype=np.float32)


class PointerSelector:
    """``Selector`` over an exported model.

    Args:
        folder: holds ``config.json`` and ``weights.npz``, as ``training export`` writes them.
        vectors: what the model was trained on.

    Raises:
        ModelDamaged: the files cannot be read, or were made for other features.
    """

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        self._vectors = vectors
        self._members = _members(folder)

    def select(
        self,
        sentences: Sequence[str],
        language: Language,
        length: Length,
        title: str | None = None,
        room: Room | None = None,
    ) -> list[Pick]:
        """Pick sentences; see ``Selector``."""
        if not sentences:
            return []
        room = room or Room(length, [[count(text) for text in sentences]])
        embedded = self._vectors.embed([*sentences, *([title] if title else [])])
        own = embedded[: len(sentences)]
        article = describe(sentences, language, own, title, embedded[-1] if title else None)
        return decode(self._members, Task.of(article, language, room))


def decode(members: Sequence[Member], task: Task) -> list[Pick]:
    """The members' joint choice, greedily, sentence after sentence."""
    readings = [member.read(task.article.vectors, task.inputs) for member in members]
    states = [reading.start for reading in readings]
    picked: list[int] = []
    picks: list[Pick] = []
    while (allowed := task.room.allowed(picked)).any():
        open_ = np.append(allowed, bool(picked) and task.room.may_stop(picked))
        facts = candidate_facts(task, picked)
        step = step_facts(task, picked, allowed)
        votes = [
            _log_softmax(np.where(open_, member.score(reading, state, facts, step), _FORBIDDEN))
            for member, reading, state in zip(members, readings, states, strict=True)
        ]
        chances = np.mean(votes, axis=0)
        choice = int(chances.argmax())
        if choice == len(allowed):
            break
        picked.append(choice)
        picks.append(Pick(choice, round(float(np.exp(chances[choice])), 4)))
        states = [
            member.follow(reading, state, choice)
            for member, reading, state in zip(members, readings, states, strict=True)
        ]
    return picks


def _members(folder: Path) -> list[Member]:
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files}
        if config["features"] != features.VERSION:
            raise ModelDamaged(f"{folder} was made for other features than this version computes")
        return [Member(_part(weights, f"{n}.")) for n in range(cast("int", config["members"]))]
    except (OSError, ValueError, KeyError) as error:
        raise ModelDamaged(f"{folder} cannot be read as a selector: {error}") from error


def _part(weights: Weights, prefix: str) -> Weights:
    return {n.removeprefix(prefix): w for n, w in weights.items() if n.startswith(prefix)}


def _log_softmax(x: Matrix) -> Matrix:
    shifted = x - x.max()
    result: Matrix = (shifted - np.log(np.exp(shifted).sum())).astype(np.float32)
    return result
