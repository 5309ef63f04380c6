import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline import figures
from service.pipeline.figures import differences, repair

SCRIPTS = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}


@pytest.mark.parametrize(
    ("source", "target", "language", "repaired"),
    [
        ("رفع عدد الرخص من 500 إلى 650 رخصة", "raising licences from 500 to 65", "ar",
         "raising licences from 500 to 650"),
        ("ارتفع ٣٫٥٪ إلى ١٬٣٠٠ دولار", "It rose 3.3% to 1,330 dollars", "ar",
         "It rose 3.5% to 1,300 dollars"),
        ("في 14 يوليو 2019", "on July 15, 2019", "ar", "on July 14, 2019"),
        ("worth $1.8 billion", "بقيمة 1.9 مليار دولار", "en", "بقيمة 1.8 مليار دولار"),
        ("since 2014", "منذ عام 2041", "en", "منذ عام 2014"),
        ("بعد الغزو في فبراير (شباط) 2022 كانت هناك نحو 15000 محطة",
         "After the invasion in February 20222 there were about 1,5000 stations", "ar",
         "After the invasion in February 2022 there were about 15000 stations"),
        ("In February 2022 it had 15,000 stations", "في فبراير 20222 كان لديها 1500 محطة", "en",
         "في فبراير 2022 كان لديها 15,000 محطة"),
    ],
)  # fmt: skip
def test_a_miscopied_figure_becomes_the_sources(source, target, language, repaired):
    text, repairs = repair(source, target, language)
    assert text == repaired
    assert repairs
    assert differences(source, text, language) == ()


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("قتل 3 أشخاص", "three people were killed", "ar"),
        ("بقيمة 1.8 مليار دولار", "worth 1,800 million dollars", "ar"),
        ("The council has 12 members.", "يضم المجلس اثني عشر عضوا.", "en"),
        ("بلغ العدد ألفا", "The number reached 1,000", "ar"),
    ],
)
def test_what_says_the_same_otherwise_is_left_alone(source, target, language):
    assert repair(source, target, language) == (target, ())


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("قتل 3 أشخاص وأصيب 7", "People were killed and injured", "ar"),
        ("Sales rose by 12 and 15", "ارتفعت المبيعات", "en"),
    ],
)
def test_a_figure_that_is_missing_is_not_put_anywhere(source, target, language):
    assert repair(source, target, language) == (target, ())


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("قتل 31 شخصا وأصيب 700", "88 people were killed and 442 injured", "ar"),
        ("31 people were killed and 700 injured", "قتل 88 شخصا وأصيب 442", "en"),
        ("بين عامي 2014 و2024", "Between 20124 and the year", "ar"),
        ("Between 2014 and 2024", "بين 20124 والعام", "en"),
    ],
)
def test_a_figure_that_may_be_either_of_two_is_left_to_the_flags(source, target, language):
    assert repair(source, target, language) == (target, ())


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("قتل 541 وأصيب 820 شخصا", "45,514 people were killed and 9 injured", "ar"),
        ("541 people were killed and 820 injured", "قتل 45,514 وأصيب 9 أشخاص", "en"),
        ("قتل 45 ألفا و541 فلسطينيا.", "45,514 Palestinians were killed.", "ar"),
    ],
)
def test_a_figure_does_not_become_one_of_another_size(source, target, language):
    assert repair(source, target, language) == (target, ())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sixty_differing_figures_are_given_up_at_once(language, monkeypatch):
    readings = []

    def compared(*texts):
        readings.append(texts)
        return differences(*texts)

    monkeypatch.setattr(figures, "differences", compared)
    source = " ".join(str(100_000 + 7 * number) for number in range(60))
    target = " ".join(str(500_001 + 3 * number) for number in range(60))
    assert repair(source, target, language) == (target, ())
    assert len(readings) < 30


@given(
    right=st.integers(13, 99_999),
    wrong=st.integers(13, 99_999),
    digits=st.sampled_from(list(SCRIPTS.values())),
)
def test_any_figure_in_any_digits_comes_back(right, wrong, digits):
    written = str(right).translate(str.maketrans("0123456789", digits))
    text, _ = repair(f"وصل {written} كتاباً إلى المكتبة", f"{wrong} books arrived", "ar")
    assert text == f"{right} books arrived"
