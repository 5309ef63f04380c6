"""The two tests: exact where chance can be counted, silent where nothing differs."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.measures.base import ratio
from service.evaluation.significance import Resampler, holm


def means(values: list[float]) -> np.ndarray:
    return np.stack([np.array(values, dtype=float), np.ones(len(values))], axis=-1)


def test_equal_systems_differ_by_nothing():
    rows = means([0.2, 0.5, 0.9, 0.4])
    result = Resampler(4).paired(rows, rows.copy(), ratio)
    assert result.difference == 0
    assert (result.interval.low, result.interval.high) == (0, 0)
    assert result.p_bootstrap == result.p_randomisation == 1


@pytest.mark.parametrize("articles", [4, 8])
def test_randomisation_meets_the_exact_p_of_a_one_sided_change(articles):
    """All n articles worse by the same: only the two extreme of 2^n swaps are as far apart."""
    a, b = means([0.5] * articles), means([0.4] * articles)
    result = Resampler(articles).paired(a, b, ratio)
    assert result.difference == pytest.approx(-0.1)
    assert result.p_randomisation == pytest.approx(2 / 2**articles, rel=0.35, abs=1e-3)


def test_a_steady_worsening_is_significant_and_noise_is_not():
    rng = np.random.default_rng(7)
    base = rng.uniform(0.3, 0.7, 40)
    steady = Resampler(40).paired(means(base), means(base - rng.uniform(0, 0.1, 40)), ratio)
    assert steady.p_randomisation < 0.001
    assert steady.p_bootstrap < 0.001
    assert steady.interval.high < 0
    noisy = Resampler(40).paired(means(base), means(base + rng.normal(0, 0.1, 40)), ratio)
    assert noisy.p_randomisation > 0.05
    assert noisy.interval.low < 0 < noisy.interval.high


def test_chance_is_called_significant_about_as_often_as_alpha():
    rng = np.random.default_rng(11)
    calls = 0
    for _ in range(200):
        a, b = means(rng.normal(0, 1, 20)), means(rng.normal(0, 1, 20))
        calls += Resampler(20, draws=10, trials=500).paired(a, b, ratio).p_randomisation < 0.05
    assert 2 <= calls <= 22


def test_the_seed_decides_and_nothing_else():
    a, b = means([0.1, 0.4, 0.3, 0.8, 0.2]), means([0.3, 0.2, 0.5, 0.7, 0.6])
    assert Resampler(5).paired(a, b, ratio) == Resampler(5).paired(a, b, ratio)
    other = Resampler(5, seed=1).paired(a, b, ratio)
    assert other.interval != Resampler(5).paired(a, b, ratio).interval


def flat(result):
    ends = [(i.low, i.high) for i in (result.interval_a, result.interval_b, result.interval)]
    p_values = (result.p_bootstrap, result.p_randomisation)
    return [result.a, result.b, result.difference, *p_values, *itertools.chain(*ends)]


def test_many_articles_are_drawn_block_by_block(monkeypatch):
    a, b = means(list(np.linspace(0, 1, 30))), means(list(np.linspace(0.1, 0.8, 30)))
    whole = Resampler(30, draws=100, trials=100).paired(a, b, ratio)
    monkeypatch.setattr("service.evaluation.significance._BLOCK_CELLS", 70)
    blocks = Resampler(30, draws=100, trials=100).paired(a, b, ratio)
    # A product of matrices may add in another order where their shapes differ.
    assert flat(blocks) == pytest.approx(flat(whole), rel=1e-12)


def test_articles_that_nothing_counts_for_are_left_out():
    a, b = means([0.5, 0.5, 0.5]), means([0.4, 0.4, 0.4])
    zeros = np.zeros((1, 2))
    result = Resampler(4).paired(np.vstack([a, zeros]), np.vstack([b, zeros]), ratio)
    assert result.a == 0.5
    assert result.b == pytest.approx(0.4)
    assert not np.isnan(result.interval.low)


def test_nothing_scored_gives_no_p():
    result = Resampler(2).paired(np.zeros((2, 2)), np.zeros((2, 2)), ratio)
    assert np.isnan(result.p_randomisation)
    assert np.isnan(result.p_bootstrap)


def test_holm_on_the_papers_kind_of_example():
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert adjusted == pytest.approx({"d": 0.02, "a": 0.03, "c": 0.06, "b": 0.06})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p_nor_changes_the_order(p_values):
    adjusted = holm(p_values)
    assert adjusted.keys() == p_values.keys()
    assert all(p_values[name] <= adjusted[name] <= 1 for name in p_values)
    ranked = sorted(p_values, key=lambda name: p_values[name])
    assert [adjusted[name] for name in ranked] == sorted(adjusted.values())
