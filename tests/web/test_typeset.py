import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.typeset import Mark, numerals, typeset

LETTERS = st.text(alphabet="ab Zé-.,:/%0123456789٠١٢٣ابتء،؟«»()\u202e\u2067<&>\"'", max_size=60)


def seen(markup):
    """What a reader sees: the text without its tags."""
    return markup.striptags() if "<" in markup else markup.unescape()


@given(text=LETTERS, language=st.sampled_from(["ar", "en"]))
def test_no_letter_is_lost_and_nothing_is_markup(text, language):
    shown = typeset(text, language)
    plain = re.sub(r"</?(?:bdi)[^<>]*>", "", shown)
    assert "<" not in plain
    assert type(shown)(plain).unescape() == re.sub("[\u202e\u2067]", "", text)


def test_a_latin_name_in_arabic_is_isolated_with_its_language():
    assert typeset("أعلنت SpaceX اليوم", "ar") == (
        'أعلنت <bdi lang="en" dir="ltr">SpaceX</bdi> اليوم'
    )


def test_an_arabic_name_in_english_is_isolated_with_its_language():
    assert typeset("The paper الشرق الأوسط said", "en") == (
        'The paper <bdi lang="ar" dir="rtl">الشرق الأوسط</bdi> said'
    )


def test_figures_are_isolated_in_the_direction_of_their_paragraph():
    assert '<bdi dir="rtl">3.5%</bdi>' in typeset("ارتفعت 3.5% اليوم", "ar")
    assert '<bdi dir="ltr">٣٫٥</bdi>' in typeset("It rose ٣٫٥ today", "en")


def test_a_range_is_two_figures_so_that_it_runs_with_the_paragraph():
    assert typeset("من 10-15 يوماً", "ar").count("<bdi") == 2


@pytest.mark.parametrize(
    ("text", "shown", "wanted"),
    [
        ("بقيمة 1,800.5 دولار", "arabic", "بقيمة ١٬٨٠٠٫٥ دولار"),
        ("في 14.7.2022 مساءً", "arabic", "في ١٤.٧.٢٠٢٢ مساءً"),
        ("بنسبة ٣٫٥٪ تقريباً", "western", "بنسبة 3.5% تقريباً"),
        ("عام ۲۰۲۲ كذلك", "western", "عام 2022 كذلك"),
        ("عام ٢٠٢٢ و2023", "written", "عام ٢٠٢٢ و2023"),
    ],
)
def test_arabic_text_shows_the_numerals_that_the_reader_prefers(text, shown, wanted):
    assert numerals(text, "ar", shown) == wanted
    assert seen(typeset(text, "ar", (), shown)) == wanted


def test_english_text_and_latin_names_keep_their_digits():
    assert seen(typeset("In 2022 alone", "en", (), "arabic")) == "In 2022 alone"
    assert "F-16" in typeset("طائرة F-16 و20 دبابة", "ar", (), "arabic")
    assert "٢٠" in typeset("طائرة F-16 و20 دبابة", "ar", (), "arabic")


def test_a_mark_is_a_link_to_its_note_around_the_words():
    text = "عقد بقيمة 1.8 مليار دولار مع البنتاغون"
    start = text.index("1.8")
    marked = typeset(text, "ar", [Mark(start, start + len("1.8 مليار دولار"), "3", "warning")])
    assert marked == (
        'عقد بقيمة <a class="mark warning" href="#note-3" data-note="3">'
        '<bdi dir="rtl">1.8</bdi> مليار دولار</a> مع البنتاغون'
    )


def test_a_mark_takes_in_the_whole_name_that_it_touches():
    text = "قالت SpaceX 2022 اليوم"
    start = text.index("2022")
    marked = typeset(text, "ar", [Mark(start, start + 4, "0", "info")])
    assert '<a class="mark info" href="#note-0" data-note="0"><bdi lang="en"' in marked


def test_of_overlapping_marks_the_first_stands():
    marked = typeset("one two three", "en", [Mark(0, 7, "0", "info"), Mark(4, 13, "1", "info")])
    assert marked.count("<a ") == 1


def test_overrides_are_not_shown():
    assert typeset("safe \u202egnp.exe", "en") == "safe gnp.exe"
