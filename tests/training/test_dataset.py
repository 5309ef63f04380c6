from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.translation import dataset as data

PAD = 99


@pytest.fixture(scope="module")
def dataset() -> data.Dataset:
    rng = np.random.default_rng(1)
    rows = [
        (rng.integers(1, 90, rng.integers(1, 30)).tolist(), [7] * int(rng.integers(1, 30)), k % 3)
        for k in range(400)
    ]
    return data.Dataset.from_lists(rows, ["authored", "general", "names"])


def test_save_and_load_agree(dataset: data.Dataset, tmp_path: Path) -> None:
    dataset.save(tmp_path / "train.npz")
    again = data.Dataset.load(tmp_path / "train.npz")
    assert again.names == dataset.names
    assert np.array_equal(again.source, dataset.source)
    assert np.array_equal(again.target_at, dataset.target_at)


def test_a_pass_sees_each_origin_as_often_as_its_weight_says(dataset: data.Dataset) -> None:
    rows = data.draw(dataset, {"authored": 2.0, "general": 0.5}, seed=1, turn=0)
    seen = np.bincount(dataset.origin[rows], minlength=3)
    assert seen[0] == 2 * int((dataset.origin == 0).sum())
    assert 0.3 < seen[1] / (dataset.origin == 1).sum() < 0.7
    assert seen[2] == 0


def test_a_pass_is_repeatable_and_the_next_one_differs(dataset: data.Dataset) -> None:
    weights = {"authored": 1.0, "general": 0.5}
    first = data.draw(dataset, weights, 1, 0)
    assert np.array_equal(first, data.draw(dataset, weights, 1, 0))
    assert not np.array_equal(first, data.draw(dataset, weights, 1, 1))


@given(tokens=st.integers(30, 600), turn=st.integers(0, 5))
def test_batches_hold_every_row_once_within_the_token_limit(
    dataset: data.Dataset, tokens: int, turn: int
) -> None:
    rows = np.arange(len(dataset))
    cuts = data.batches(dataset, rows, tokens, 1, turn)
    assert sorted(np.concatenate(cuts).tolist()) == rows.tolist()
    for cut in cuts:
        batch = dataset.batch(cut, PAD)
        assert max(batch.source.size, batch.target.size) <= tokens


def test_padding_is_only_at_the_end(dataset: data.Dataset) -> None:
    batch = dataset.batch(np.array([3, 11, 200]), PAD)
    for line, row in zip(batch.source, (3, 11, 200), strict=True):
        length = dataset.source_at[row + 1] - dataset.source_at[row]
        assert PAD not in line[:length]
        assert (line[length:] == PAD).all()
