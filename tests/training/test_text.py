import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.normalize import western_digits
from training.translation import text

MIXED = st.text(
    alphabet=st.sampled_from("قال الرئيسُ ـ٢٠١٨۱۲ President 12%.\u200f\t\u064b\u0670«»"), max_size=60
)


@given(MIXED)
def test_clean_is_idempotent_and_leaves_no_marks(raw: str) -> None:
    once = text.clean(raw)
    assert text.clean(once) == once
    assert not set(once) & set(text.MARKS)
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)


@given(MIXED)
def test_words_do_not_depend_on_marks_case_or_digit_shapes(raw: str) -> None:
    dressed = "".join(char + "\u064e" if "\u0620" <= char <= "\u064a" else char for char in raw)
    assert text.words(dressed.upper()) == text.words(western_digits(raw))


def test_words_do_not_depend_on_how_alef_ya_and_ta_marbuta_are_written() -> None:
    assert text.words("أعلنت إدارة المدرسة الأولى") == text.words("اعلنت اداره المدرسه الاولي")


def test_years_and_longer_figures_are_compared_whatever_their_digits_and_commas() -> None:
    assert text.figures("في ٢٠٢٢ نحو ١٥٬٠٠٠ من 12") == text.figures("15,000 of 12 in 2022")
    assert text.figures("في فبراير 2022") != text.figures("in February 20222")


def test_english_marks_are_straightened_and_arabic_quotation_marks_stay() -> None:
    assert text.straight("It’s “so” «هكذا»") == 'It\'s "so" «هكذا»'


def test_ngrams_of_a_short_text_are_the_text_itself() -> None:
    assert list(text.ngrams("قال الوزير بعض الكلام", 8)) == ["قال الوزير بعض الكلام"]
    assert list(text.ngrams("too short", 8)) == []


def test_ngrams_slide_over_words() -> None:
    assert list(text.ngrams("One, two three four five", 4)) == [
        "one two three four",
        "two three four five",
    ]


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("قال الرئيس", "ar", 1.0),
        ("the president", "ar", 0.0),
        ("the president", "en", 1.0),
        ("123 !", "en", 0.0),
    ],
)
def test_share_counts_letters_of_the_script(sentence: str, language: str, expected: float) -> None:
    assert text.share(sentence, language) == expected


def test_markup_is_seen_but_a_percentage_is_not() -> None:
    assert text.has_markup("Click <b>here</b>")
    assert text.has_markup("%s files")
    assert not text.has_markup("ارتفع 12% في عام")
