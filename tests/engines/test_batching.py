from hypothesis import given
from hypothesis import strategies as st

from service.engines.batching import batches, length_class

LENGTHS = st.lists(st.integers(1, 600), max_size=200)


@given(LENGTHS, st.integers(1, 4000))
def test_every_text_is_in_exactly_one_batch(lengths, budget):
    found = [index for batch in batches(lengths, budget) for index in batch]
    assert sorted(found) == list(range(len(lengths)))


@given(LENGTHS, st.integers(1, 4000))
def test_no_batch_is_over_the_budget_or_of_two_classes(lengths, budget):
    for batch in batches(lengths, budget):
        assert len({length_class(lengths[index]) for index in batch}) == 1
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= budget


@given(st.integers(1, 5000))
def test_a_class_pads_by_half_at_most(tokens):
    size = length_class(tokens)
    assert size >= tokens
    assert size == 16 or size <= 1.5 * tokens
    assert length_class(size) == size
