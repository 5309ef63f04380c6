import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.translation.config import Phase
from training.translation.state import Progress
from training.translation.trainer import rate

PHASE = Phase("joint", tokens=1000, rate=(1e-3, 1e-4), warmup=10)


@pytest.mark.parametrize(
    ("tokens", "steps", "expected"),
    [(0, 0, 1e-4), (0, 9, 1e-3), (500, 50, 5.5e-4), (1000, 99, 1e-4), (5000, 500, 1e-4)],
)
def test_rate_warms_up_then_moves_straight_to_its_end(
    tokens: int, steps: int, expected: float
) -> None:
    assert rate(PHASE, tokens, steps) == pytest.approx(expected)


@given(st.lists(st.floats(0, 100), min_size=0, max_size=12), st.integers(1, 4))
def test_stale_means_no_better_look_for_as_long_as_patience(
    looks: list[float], patience: int
) -> None:
    progress = Progress(history=[{"chrf": look} for look in looks])
    improved = len(looks) <= patience or max(looks[-patience:]) > max(looks[:-patience])
    assert progress.stale(patience) is not improved
