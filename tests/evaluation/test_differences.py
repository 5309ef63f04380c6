"""Side by side: every change is lit, nothing is lost, no Arabic word is cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.differences import Span, changed_share, mark

TEXTS = st.text(st.sampled_from("ab cd\n،ٌوق") | st.characters(), max_size=60)


def test_a_changed_word_is_lit_on_both_sides():
    a, b = mark("قالت الوزارة أمس", "قالت الهيئة أمس")
    assert a == (Span("قالت ", False), Span("الوزارة ", True), Span("أمس", False))
    assert b == (Span("قالت ", False), Span("الهيئة ", True), Span("أمس", False))


def test_an_added_sentence_is_lit_where_it_is():
    a, b = mark("One. Three.", "One. Two. Three.")
    assert all(not span.changed for span in a)
    assert [span.text.strip() for span in b if span.changed] == ["Two."]


def test_tashkeel_is_a_change_and_lights_the_whole_word():
    a, _ = mark("مُحمد هنا", "محمد هنا")
    assert a[0] == Span("مُحمد ", True)


@given(TEXTS, TEXTS)
def test_spans_join_to_their_texts_and_neighbours_differ(a, b):
    for text, spans in zip((a, b), mark(a, b), strict=True):
        assert "".join(span.text for span in spans) == text
        kinds = [span.changed for span in spans]
        assert all(one != two for one, two in pairwise(kinds))


@given(TEXTS, TEXTS)
def test_share_is_zero_for_equal_words_and_within_bounds(a, b):
    assert changed_share(a, a) == 0
    assert 0 <= changed_share(a, b) <= 1
    assert (changed_share(a, b) == 0) == (a.split() == b.split())


def test_share_counts_words():
    assert changed_share("أ ب ج د", "أ ب ج هـ") == 0.25
    assert changed_share("", "كلمة") == 1
