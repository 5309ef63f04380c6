import pytest

from service.checks import check_pair


def codes(source, target, source_language="ar", target_language="en", **options):
    flags = check_pair(source, source_language, target, target_language, **options)
    return [flag.code for flag in flags]


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("قطع 241 كيلومتراً بالسيارة", "He drove 150 miles by car"),
        ("قتل 3 آلاف و200 شخص", "A total of 3,200 people were killed"),
        ("بين 100 و500 مليون دولار", "between $100 million and $500 million"),
        ("هجمات 11 سبتمبر", "the 9/11 attacks"),
        ("في الثامن من يوليو من عام 2014", "on July 8, 2014"),
        ("خلال الركود في 2007-2009", "in the 2007-9 recession"),
        ("قال أمس إن الاتفاق قريب", "He said on Monday that a deal was near"),
        ("بدأ الاجتماع في الساعة الواحدة والنصف ظهراً.", "The meeting began at 1:30 p.m."),
        ("بعد عامين ونصف العام", "after two and a half years"),
        ("فاز 1-صفر", "won 1-0"),
    ],
)
def test_the_same_value_said_otherwise_is_no_fault(arabic, english):
    assert codes(arabic, english) == []
    assert codes(english, arabic, "en", "ar") == []


def test_a_unit_may_not_change():
    assert codes("أمهلهم ثلاثة أيام", "He gave them three months") == ["number_changed"]


def test_percent_is_not_money():
    assert codes("خفضت 40 بالمئة من الدعم", "It cut $40 of the subsidy") == ["number_changed"]


def test_a_flag_quotes_both_sides():
    (flag,) = check_pair("قُتل 15 شخصاً في الهجوم", "ar", "The attack killed 51 people", "en")
    assert (flag.source, flag.target, flag.where) == ("15", "51", "target")
    assert "15" in flag.message["ar"] and "51" in flag.message["en"]


def test_a_summary_may_leave_out_but_not_make_up():
    article = "قُتل 15 شخصاً وأصيب 40 في هجوم يوم الجمعة، بحسب ما أعلنت الشرطة في بيان لها."
    assert codes(article, "قُتل 15 شخصاً.", "ar", "ar") == []
    assert codes(article, "قُتل 16 شخصاً.", "ar", "ar") == ["unsupported_number"]
    assert codes(article, "15 were killed on Sunday.", relation="summary") == ["unsupported_date"]


def test_nothing_against_nothing():
    assert codes("", "") == []


@pytest.mark.parametrize(
    ("arabic", "english", "name", "other"),
    [
        ("قال بوتين إن الاتفاق قريب.", "Talks with Mr. Putin are near a deal.", "Putin", "Macron"),
        ("التقى زيلينسكي نظيره في كييف.", "In Kyiv, Zelenskiy met him.", "Zelenskiy", "Netanyahu"),
        ("زار وفد من ألمانيا العاصمة.", "A delegation from Germany came.", "Germany", "Hungary"),
    ],
)
def test_another_name_is_told_and_a_transliteration_is_not(arabic, english, name, other):
    assert codes(arabic, english) == []
    assert codes(english, arabic, "en", "ar") == []
    wrong = english.replace(name, other)
    assert codes(arabic, wrong) == ["name_added"]
    assert codes(wrong, arabic, "en", "ar") == ["name_missing"]


def test_a_lost_denial_is_told_and_an_answered_one_is_not():
    assert codes("لم يوقع الوزير الاتفاق.", "The minister did not sign the deal.") == []
    assert codes("لم يوقع الوزير الاتفاق.", "The minister refused to sign the deal.") == []
    assert codes("لم يوقع الوزير الاتفاق.", "The minister signed the deal.") == ["negation_missing"]
    assert codes("The minister did not sign the deal.", "وقع الوزير الاتفاق.", "en", "ar") == [
        "negation_missing"
    ]
    assert codes("وقع الوزير الاتفاق.", "The minister never signed the deal.") == ["negation_added"]
    assert codes("لم يبق سوى ثلاثة مرضى.", "Only three patients are left.") == []


def test_day_and_month_in_digits_may_change_places():
    assert codes("وقعت الهجمات في 11 سبتمبر 2001.", "It happened on 9/11/2001.") == []
    assert codes("وقعت الهجمات في 11 سبتمبر 2001.", "It happened on 11/9/2001.") == []
    assert codes("وقعت الهجمات في 11 مايو 2001.", "It happened on 9/11/2001.") == ["date_changed"]
