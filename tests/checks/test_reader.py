import pytest

from service.checks import CalendarDate, read


def date(year=None, month=None, day=None, calendar="gregorian"):
    return CalendarDate(year, month, day, calendar)


def found(text, language):
    return [(q.kind, q.value, q.unit) for q in read(text, language) if not q.weak]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("يوليو (تموز)", "ar", date(month=7)),
        ("تموز/يوليو 2016", "ar", date(2016, 7)),
        ("11 تموز/يوليو 2018", "ar", date(2018, 7, 11)),
        ("الثامن من يوليو", "ar", date(month=7, day=8)),
        ("10/ سبتمبر أيلول", "ar", date(month=9, day=10)),
        ("الثاني عشر من مارس/آذار", "ar", date(month=3, day=12)),
        ("كانون الثاني/يناير", "ar", date(month=1)),
        ("أكتوبر (تشرين الأول) 2022", "ar", date(2022, 10)),
        ("٢٥ ديسمبر ٢٠٢٣", "ar", date(2023, 12, 25)),
        ("July 11, 2018", "en", date(2018, 7, 11)),
        ("11 July 2018", "en", date(2018, 7, 11)),
        ("the 8th of July", "en", date(month=7, day=8)),
        ("Aug. 11", "en", date(month=8, day=11)),
        ("in May", "en", date(month=5)),
        ("2018-07-11", "en", date(2018, 7, 11)),
        ("11/07/2018", "ar", date(2018, 7, 11)),
        ("10 شوال 1436", "ar", date(1436, 10, 10, "hijri")),
        ("10 Shawwal 1436", "en", date(1436, 10, 10, "hijri")),
        ("الأول من ذي القعدة 1436هـ", "ar", date(1436, 11, 1, "hijri")),
        ("1 Dhu al-Qidah 1436 AH", "en", date(1436, 11, 1, "hijri")),
    ],
)
def test_dates(text, language, expected):
    assert found(text, language) == [("date", expected, None)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Theresa May may resign", "en"),
        ("they march on", "en"),
        ("the March of Return", "en"),
        ("مارس الضغط على الحكومة", "ar"),
        ("سيارة نيسان جديدة", "ar"),
        ("والده أب لأربعة", "ar"),
    ],
)
def test_names_and_verbs_are_no_months(text, language):
    assert [kind for kind, *_ in found(text, language) if kind == "date"] == []


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("1.8 مليار دولار", "ar", 1.8e9, "dollar"),
        ("$1.8bn", "en", 1.8e9, "dollar"),
        ("1.8 billion US dollars", "en", 1.8e9, "dollar"),
        ("USD 45 million", "en", 45e6, "dollar"),
        ("٤٥ مليون دولار", "ar", 45e6, "dollar"),
        ("خمسة ملايين جنيه", "ar", 5e6, "pound"),
        ("£5m", "en", 5e6, "pound_sign"),
        ("164 مليون ريال", "ar", 164e6, "riyal"),
        ("€12.99", "en", 12.99, "euro"),
        ("36 سنتا", "ar", 36, "cent"),
    ],
)
def test_money(text, language, value, unit):
    assert found(text, language) == [("money", value, unit)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("16.5 بالمئة", "ar", 16.5),
        ("16.5 في المائة", "ar", 16.5),
        ("٪40", "ar", 40),
        ("%40", "ar", 40),
        ("40٪", "ar", 40),
        ("واحد بالمئة", "ar", 1),
        ("16.5 percent", "en", 16.5),
        ("16.5 per cent", "en", 16.5),
        ("16.5%", "en", 16.5),
        (".5 percent", "en", 0.5),
    ],
)
def test_percentages(text, language, value):
    assert found(text, language) == [("percent", value, None)]


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("الساعة 3 عصراً", "ar", 15 * 60),
        ("الثالثة مساءً", "ar", 15 * 60),
        ("الساعة الثامنة والنصف", "ar", 8 * 60 + 30),
        ("at 3 p.m.", "en", 15 * 60),
        ("12:30 pm", "en", 12 * 60 + 30),
        ("12:30 am", "en", 30),
        ("1500 GMT", "en", 15 * 60),
        ("الساعة 15.30", "ar", 15 * 60 + 30),
        ("eleven o'clock", "en", 11 * 60),
    ],
)
def test_times(text, language, minutes):
    assert found(text, language) == [("time", minutes, None)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("241 كيلومتراً", "ar", ("measure", 241, "kilometre")),
        ("5km", "en", ("measure", 5, "kilometre")),
        ("a 28-year-old", "en", ("measure", 28, "year")),
        ("28 عاما", "ar", ("measure", 28, "year")),
        ("التسعينيات", "ar", ("decade", 1990, None)),
        ("the 1990s", "en", ("decade", 1990, None)),
        ("عام 2022", "ar", ("year", 2022, None)),
        ("يوم الاثنين", "ar", ("weekday", 1, None)),
        ("on Monday", "en", ("weekday", 1, None)),
    ],
)
def test_other_kinds(text, language, expected):
    assert found(text, language) == [expected]
