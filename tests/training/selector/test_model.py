import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs requirements-models.txt")

from service.engines.extractive import Task, candidate_facts, step_facts  # noqa: E402
from service.engines.features import describe  # noqa: E402
from service.engines.vectors import DIMENSIONS  # noqa: E402
from service.summary.bands import Room, count  # noqa: E402
from training.selector.batches import batch_of, padded  # noqa: E402
from training.selector.export import member_of  # noqa: E402
from training.selector.model import PointerNetwork  # noqa: E402

pytestmark = pytest.mark.torch

WORDS = ["قال", "الرئيس", "إن", "الحكومة", "7", "ستعلن", "عن", "خطة", "جديدة", "اليوم", "وأضاف"]


def task_of(number, length, seed):
    draw = np.random.default_rng(seed)
    text = [" ".join(draw.choice(WORDS, size=draw.integers(6, 14))) + "." for _ in range(number)]
    vectors = draw.normal(size=(number, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    room = Room(length, [[count(sentence) for sentence in text]])
    return Task.of(describe(text, "ar", vectors), "ar", room)


def log_probability(member, task, picks):
    """The same sum as the network's, step by step as the service decodes."""
    reading = member.read(task.article.vectors, task.inputs)
    state, total, picked = reading.start, 0.0, []
    for choice in [*picks, len(task.costs)]:
        allowed = task.room.allowed(picked)
        ends = bool(picked) and task.room.may_stop(picked)
        logits = member.score(
            reading, state, candidate_facts(task, picked), step_facts(task, picked, allowed)
        )
        logits = np.where(np.append(allowed, ends), logits, -1e4)
        total += logits[choice] - logits.max() - np.log(np.exp(logits - logits.max()).sum())
        if choice < len(task.costs):
            state = member.follow(reading, state, choice)
            picked.append(choice)
    return total


def test_numpy_decodes_what_torch_trains():
    torch.manual_seed(5)
    network = PointerNetwork(16, 8, 0.3).half().float().eval()
    tasks = [task_of(9, "short", 1), task_of(14, "short", 2), task_of(5, "short", 3)]
    picks = [[[0], [2, 1]], [[3, 9], [13]], [[4], [1]]]
    batch = batch_of(tasks)
    with torch.no_grad():
        found = network.log_probabilities(batch, padded(picks, batch.costs.shape[1]))
    member = member_of(network)
    expected = [
        [log_probability(member, task, each) for each in row]
        for task, row in zip(tasks, picks, strict=True)
    ]
    assert found.numpy() == pytest.approx(np.array(expected), abs=1e-3)
