import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.evaluation.rouge import rouge
from training.selector.scores import score, tokens

TEXTS = st.lists(
    st.sampled_from(["قال", "الرئيس", "٣٫٥", "the", "cat", "sat", "on", "mat", "أن", "إن"]),
    min_size=1,
    max_size=25,
).map(" ".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_fast_rouge_says_what_the_slow_one_says(prediction, reference):
    slow = rouge(prediction, reference, kinds=("rouge1", "rouge2", "rougeL"))
    fast = score(tokens(prediction), tokens(reference))
    assert fast.one == pytest.approx(slow["rouge1"].f1)
    assert fast.two == pytest.approx(slow["rouge2"].f1)
    assert fast.longest == pytest.approx(slow["rougeL"].f1)
