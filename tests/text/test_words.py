"""Words, for counting and matching."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.words import arabic_share, light_stem, matching_words, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He paid $1,800.50, didn't he?", ["He", "paid", "1,800.50", "didn't", "he"]),
        ("دفع 1.8 مليار، أليس كذلك؟", ["دفع", "1.8", "مليار", "أليس", "كذلك"]),
        ("السعر ٣٫٥ دولار", ["السعر", "٣٫٥", "دولار"]),
        ("كتبَ الطالبُ", ["كتبَ", "الطالبُ"]),
        ("لـ”ستارلينك“ و«إكس»", ["لـ", "ستارلينك", "و", "إكس"]),
        ("co-operate e.g. O’Neill", ["co", "operate", "e", "g", "O’Neill"]),
        ("12/7/2024 الساعة 10:30", ["12/7/2024", "الساعة", "10:30"]),
        ("… — !؟", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_matching_words_meet_across_spellings() -> None:
    assert matching_words("إلى الأمــام، مدرسةٌ ٢") == matching_words("الي الامام مدرسه 2")
    assert matching_words("The END") == ["the", "end"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والكتاب", "كتاب"),
        ("بالكتاب", "كتاب"),
        ("للكتاب", "كتاب"),
        ("الكتاب", "كتاب"),
        ("وكتاب", "كتاب"),
        ("ولد", "ولد"),
        ("report", "report"),
    ],
)
def test_light_stem(word: str, stem: str) -> None:
    assert light_stem(word) == stem


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("123 …", 0.0), ("abc", 0.0), ("كتب", 1.0), ("اب ab", 0.5)]
)
def test_arabic_share(text: str, share: float) -> None:
    assert arabic_share(text) == share


@given(st.text())
def test_words_are_stretches_of_the_text_in_order(text: str) -> None:
    at = 0
    for word in words(text):
        at = text.index(word, at) + len(word)
    assert 0.0 <= arabic_share(text) <= 1.0
