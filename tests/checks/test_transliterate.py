import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checks.tokens import fold
from service.checks.transliterate import arabic_skeletons, latin_skeletons, may_be


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("musk", "ماسك"),
        ("putin", "بوتين"),
        ("zelenskiy", "وزيلينسكي"),
        ("zelensky", "زيلنسكي"),
        ("netanyahu", "نتنياهو"),
        ("guterres", "غوتيريش"),
        ("guterres", "جوتيريس"),
        ("charles", "تشارلز"),
        ("michael", "مايكل"),
        ("schumacher", "شوماخر"),
        ("washington", "بواشنطن"),
        ("microsoft", "مايكروسوفت"),
        ("erdogan", "أردوغان"),
    ],
)
def test_a_name_and_its_transliteration(latin, arabic):
    assert may_be(latin, fold(arabic))


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("macron", "بوتين"), ("johnson", "ميركل"), ("samsung", "مايكروسوفت"), ("merkel", "ماكرون")],
)
def test_another_name(latin, arabic):
    assert not may_be(latin, fold(arabic))


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_has_skeletons(text):
    assert len(latin_skeletons(text)) <= 16 * 3
    assert all(skeleton for skeleton in arabic_skeletons(fold(text)))
