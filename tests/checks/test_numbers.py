"""Number words and digits, there and back: num2words, a peer library, writes; the reader reads."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checks import read

num2words = pytest.importorskip("num2words").num2words

COUNTS = st.integers(3, 10**9)
SCRIPTS = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}


def values(text, language):
    return [quantity.value for quantity in read(text, language)]


def _well_written(number):
    """num2words writes 101,000 as «مائة و ألف ألف»: groups that end in 01 and 02 are its fault."""
    groups = [number // 1000**power % 1000 for power in (1, 2, 3)]
    return all(group < 3 or group % 100 not in {1, 2} for group in groups)


@given(COUNTS)
def test_english_words_are_read_back(number):
    assert values(num2words(number, lang="en"), "en") == [number]


@given(COUNTS.filter(_well_written), st.booleans())
def test_arabic_words_are_read_back(number, joined):
    words = num2words(number, lang="ar")
    (found,) = read(words.replace(" و ", " و") if joined else words, "ar")
    # «ألفا» is one thousand in the accusative, or two of something: both are offered.
    assert number in (found.value, *found.also)


@given(COUNTS, st.sampled_from(sorted(SCRIPTS)), st.booleans())
def test_digits_of_every_script_are_read_back(number, script, grouped):
    written = f"{number:,}" if grouped else str(number)
    digits = written.translate(str.maketrans(SCRIPTS["western"], SCRIPTS[script]))
    if script != "western":
        digits = digits.replace(",", "٬")
    assert values(digits, "ar")[0] == number
    assert values(written, "en") == [number]


@given(st.decimals(min_value=3, max_value=10**6, places=2))
def test_decimals_are_read_back(number):
    assert values(f"{number:f}", "en") == [float(number)]
    arabic = f"{number:f}".translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"))
    assert values(arabic, "ar") == [float(number)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("خمسة وعشرون شخصاً", "ar", 25),
        ("twenty-five people", "en", 25),
        ("ثلاث وثلاثون امرأة", "ar", 33),
        ("خمسة عشر ألف جندي", "ar", 15_000),
        ("ألفان ومئتا جندي", "ar", 2_200),
        ("مليونان وثلاثمئة ألف", "ar", 2_300_000),
        ("ثلاثة ملايين و500 ألف نسمة", "ar", 3_500_000),
        ("مليون ونصف المليون نازح", "ar", 1_500_000),
        ("two and a half million", "en", 2_500_000),
        ("نصف مليون", "ar", 500_000),
        ("half a million", "en", 500_000),
        ("ربع مليون", "ar", 250_000),
        ("1.8bn", "en", 1.8e9),
        ("1٫8 مليار", "ar", 1.8e9),
        ("45m people", "en", 45e6),
        ("ألف مليار", "ar", 1e12),
        ("a hundred and five", "en", 105),
        ("المئة وخمسة", "ar", 105),
        ("1,586.46", "en", 1586.46),
        ("94540.84 نقطة", "ar", 94540.84),
        ("8ر4", "ar", 4.8),
        ("3.\u200f0", "ar", 0.3),
        ("15 000", "en", 15_000),
        ("القرن الحادي والعشرين", "ar", 21),
        ("the 21st century", "en", 21),
        ("the twenty-first century", "en", 21),
        ("الدقيقة الثالثة عشرة", "ar", 13),
    ],
)
def test_what_newsrooms_write(text, language, value):
    assert [q.value for q in read(text, language) if not q.weak] == [value]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("between two thousand and five thousand", "en", [2_000, 5_000]),
        ("بين ألفين وخمسة آلاف", "ar", [2_000, 5_000]),
        ("المركزان الخامس والسادس", "ar", [5, 6]),
        ("fifth and sixth", "en", [5, 6]),
        ("ثلاثة وأربعة", "ar", [3, 4]),
        ("فاز 3-1", "ar", [3, 1]),
    ],
)
def test_two_numbers_stay_two(text, language, expected):
    assert values(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("عشرات الملايين من متابعيه", "ar"),
        ("tens of millions of followers", "en"),
        ("بضعة آلاف", "ar"),
        ("several hundred people", "en"),
        ("مئات الآلاف", "ar"),
        ("hundreds of thousands", "en"),
        ("لست متشائماً", "ar"),
        ("كمية من الوقود", "ar"),
    ],
)
def test_what_names_no_number_is_none(text, language):
    assert [q for q in read(text, language) if not q.weak] == []


def test_a_dual_without_its_nun_has_both_readings():
    (quantity,) = read("ألفا جندي", "ar")
    assert {quantity.value, *quantity.also} == {1_000, 2_000}


@given(st.text(alphabet="0123456789٠۱.,٫٬ \u200fرألف مليون و%$-/:ثلاثة twenty-five", max_size=40))
def test_offsets_always_quote_the_text(text):
    for language in ("ar", "en"):
        found = read(text, language)
        assert all(text[q.start : q.end] == q.text for q in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
