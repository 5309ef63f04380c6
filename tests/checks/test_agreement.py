import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checks import check_pair, read
from service.checks.agreement import Fact, Stated
from service.checks.units import units_by_name

KINDS = ("number", "ordinal", "percent", "money", "measure", "year", "decade", "day", "time",
         "weekday", "month gregorian")  # fmt: skip
UNITS = (None, "kilometre", "mile", "pound_word", "lira", "sterling", "pound_weight", "year")
VALUES = st.sampled_from([0.0, 1.0, 3.0, 12.0, 40.0, 1.609344, 720.0, 930.0, 15.3, 1530.0, 1940.0])
FACTS = st.builds(
    Fact,
    st.sampled_from(KINDS),
    st.lists(VALUES, min_size=1, max_size=2).map(tuple),
    st.sampled_from(UNITS),
    st.just(read("3", "en")[0]),
)


@given(FACTS, st.lists(FACTS, max_size=12))
def test_many_facts_answer_as_each_of_them_would(fact, others):
    alone = [Stated([other]).answers(fact) for other in others]
    assert Stated(others).answers(fact) == any(alone)
    assert [Stated([fact]).answers(other) for other in others] == alone


def figures(count, first, step):
    return " ".join(str(first + step * number) for number in range(count))


@pytest.mark.parametrize("relation", ["translation", "summary"])
@pytest.mark.parametrize(("source", "target"), [("ar", "en"), ("en", "ar")])
def test_two_thousand_differing_numbers_are_compared_at_once(source, target, relation):
    lead = {"ar": "قال إنها ", "en": "He said they are "}
    start = time.process_time()
    flags = check_pair(
        lead[source] + figures(2_000, 100_000, 7),
        source,
        lead[target] + figures(2_000, 500_001, 3),
        target,
        relation,
    )
    assert time.process_time() - start < 2
    assert len(flags) >= 2_000


def test_what_a_word_may_mean_is_a_unit():
    units = units_by_name()
    assert all(reading in units for unit in units.values() for reading in unit.readings)
