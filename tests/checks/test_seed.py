"""Every number, date and sum of money of the seed article is found, and matched by value."""

from pathlib import Path

import pytest

from service.checks import CalendarDate, check_pair, read

SEED = (Path(__file__).parents[2] / "seeds/seed-article.ar.txt").read_text("utf-8")

FOUND = [
    ("money", 1.8e9, "dollar", "1.8 مليار دولار"),
    ("date", CalendarDate(None, 7), None, "يوليو (تموز)"),
    ("money", 45e6, "dollar", "45 مليون دولار"),
    ("date", CalendarDate(2022, 2), None, "فبراير (شباط) 2022"),
    ("date", CalendarDate(None, 7), None, "يوليو"),
    ("number", 15000.0, None, "15000"),
    ("date", CalendarDate(2022, 10), None, "أكتوبر (تشرين الأول) 2022"),
]


def test_the_readers_find_all_and_nothing_else():
    strong = [q for q in read(SEED, "ar") if not q.weak]
    years = [q for q in strong if q.kind == "year"]
    assert [q.value for q in years] == [2022.0, 2022.0]
    rest = [(q.kind, q.value, q.unit, q.text) for q in strong if q.kind != "year"]
    assert rest == FOUND
    assert all(SEED[q.start : q.end] == q.text for q in read(SEED, "ar"))


@pytest.mark.parametrize(
    ("arabic", "english", "wrong", "code"),
    [
        ("عقد بقيمة 1.8 مليار دولار مع البنتاغون", "a $1.8bn contract with the Pentagon",
         "a $1.8m contract with the Pentagon", "money_changed"),
        ("تصل إلى 45 مليون دولار شهرياً", "of up to 45 million dollars a month",
         "of up to 54 million dollars a month", "money_changed"),
        ("حوالى 15000 محطة", "about 15,000 terminals", "about 1,500 terminals", "number_changed"),
        ("أيد ماسك ترمب علناً في يوليو (تموز)", "Musk publicly backed Trump in July",
         "Musk publicly backed Trump in June", "date_changed"),
        ("بعد الغزو الروسي في فبراير (شباط) 2022", "after the Russian invasion in February 2022",
         "after the Russian invasion in February 2020", "date_changed"),
    ],
)  # fmt: skip
def test_values_meet_across_languages(arabic, english, wrong, code):
    assert check_pair(arabic, "ar", english, "en") == ()
    assert check_pair(english, "en", arabic, "ar") == ()
    assert [flag.code for flag in check_pair(arabic, "ar", wrong, "en")] == [code]
    assert [flag.code for flag in check_pair(wrong, "en", arabic, "ar")] == [code]
