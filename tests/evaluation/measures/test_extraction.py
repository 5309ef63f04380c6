"""Coverage, density, compression and novelty, on examples worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.measures.base import Case
from service.evaluation.measures.extraction import (
    compression,
    coverage,
    density,
    fragments,
    measures,
    novelty,
)
from service.evaluation.sets import Article, Output
from service.text.words import matching_words

SOURCE = matching_words("أعلنت وزارة الصحة أمس عن خطة وطنية لتطعيم الأطفال في المحافظات كلها")
WORDS = st.lists(st.sampled_from("abcde"), max_size=20)


def test_fragments_are_the_longest_shared_runs():
    summary = matching_words("وزارة الصحة تعلن خطة وطنية لتطعيم الأطفال")
    assert fragments(summary, SOURCE) == [2, 4]
    assert coverage(summary, SOURCE) == pytest.approx(100 * 6 / 7)
    assert density(summary, SOURCE) == pytest.approx((4 + 16) / 7)
    assert compression(summary, SOURCE) == pytest.approx(12 / 7)


def test_a_later_longer_run_wins_over_an_earlier_one():
    assert fragments(list("abc"), list("abxabc")) == [3]


def test_a_copy_is_covered_whole_and_has_nothing_new():
    assert coverage(SOURCE, SOURCE) == 100
    assert density(SOURCE, SOURCE) == len(SOURCE)
    assert novelty(SOURCE, SOURCE, n=1) == novelty(SOURCE, SOURCE, n=3) == 0


def test_novelty_counts_what_the_source_lacks():
    assert novelty(list("abcd"), list("abxcd"), n=2) == pytest.approx(100 / 3)
    assert novelty(list("abcd"), list("abxcd"), n=1) == 0
    assert novelty(["a"], ["a"], n=2) == 0


@given(WORDS, WORDS)
def test_fragments_never_cover_more_than_the_summary(summary, source):
    lengths = fragments(summary, source)
    assert sum(lengths) == sum(word in source for word in summary)
    assert all(length > 0 for length in lengths)


def test_spelling_and_a_missing_source_are_minded():
    article = Article("1", "ar", "نص")
    spelled, unknown, empty = (
        Case(article, Output("1", {}, ""), "short_ar", text, "ar", (), source)
        for text, source in [("وزاره الصحه", "وزارة الصحّة"), ("وزارة", None), ("", "وزارة")]
    )
    for measure in measures():
        rows = measure.statistics([spelled, unknown, empty])
        assert rows[1:].tolist() == [[0, 0], [0, 0]]
        assert rows[0, 1] == 1
    assert measures()[0].aggregate(measures()[0].statistics([spelled])[0]) == 100
