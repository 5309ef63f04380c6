"""What the two languages say differently and is the same, and its nearest fault."""

import pytest

from service.checks import check_pair, read

VALUES = ("number", "money", "date")


def codes(source, source_language, target, target_language):
    flags = check_pair(source, source_language, target, target_language, "translation")
    return [flag.code for flag in flags if flag.code.split("_")[0] in VALUES]


def both_ways(arabic, english):
    return codes(arabic, "ar", english, "en") + codes(english, "en", arabic, "ar")


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        # thousands and the rest in digits
        ("قتل 45 ألفا و541 فلسطينيا.", "45,541 Palestinians were killed."),
        ("خسر 3 ملايين و45 ألفا و541 دولارا.", "He lost $3,045,541."),
        ("زرع 5 آلاف شجرة و30% منها ماتت.", "He planted 5,000 trees and 30% of them died."),
        ("حضر 5 آلاف و11 سبتمبر موعد العودة.", "5,000 came, and September 11 is the return."),
        # pounds and liras
        ("دفع 250 ألف ليرة سورية.", "He paid 250,000 Syrian pounds."),
        ("دفع 250 ألف ليرة لبنانية.", "He paid 250,000 Lebanese liras."),
        ("دفع 250 ألف ليرة.", "He paid 250,000 pounds."),
        ("كلف 50 مليار جنيه.", "It cost £50 billion."),
        ("كلف 50 مليار جنيه إسترليني.", "It cost 50 billion pounds sterling."),
        # pounds that weigh
        ("ألقت قنابل زنة 2000 رطل.", "It dropped 2,000-pound bombs."),
        ("ألقت قنابل زنة 900 كيلوغرام.", "It dropped 2,000-pound bombs."),
        ("كان وزنه 6 أرطال.", "It weighed 6 pounds."),
        ("وجدوا 6 أرطال من الذهب.", "They found 6 pounds of gold."),
        # names and verbs
        ("أعلنت غوغل وميتا الاتفاق.", "Google and Meta announced the deal."),
        ("قال متحدث لميتا ذلك.", "A spokesman for Meta said so."),
        ("في ميدان رابعة العدوية.", "In Rabaa al-Adawiya Square."),
        ("ألّف الكاتب عشرين رواية.", "The writer wrote twenty novels."),
        ("ألف الكاتب المصري روايته.", "The Egyptian writer wrote his novel."),
        ("تسع القاعة 500 شخص.", "The hall holds 500 people."),
        ("انتشر المتحور ألفا.", "The Alpha variant spread."),
        ("غنت جون كارتر.", "The singer was June Carter."),
        ("كتبها أوغست ويلسون.", "It was written by August Wilson."),
        # spans of time
        ("حكم ثلاثين عاما.", "He ruled for three decades."),
        ("حكم ثلاثة عقود.", "He ruled for 30 years."),
        ("حضر 24 شخصا.", "Two dozen people came."),
        ("حضر ستة أشخاص.", "Half a dozen people came."),
        ("وصل عند الساعة 12.", "He arrived at noon."),
        ("وصل عند الساعة 12 ليلا.", "He arrived at midnight."),
        ("وصل عند منتصف الليل.", "He arrived at 12 a.m."),
        ("في موسم 2023-2024.", "In the 2023/24 season."),
        ("كلف ملياري دولار ونصف المليار.", "It cost $2.5 billion."),
    ],
)  # fmt: skip
def test_the_same_is_no_fault(arabic, english):
    assert both_ways(arabic, english) == []


@pytest.mark.parametrize(
    ("arabic", "english", "code"),
    [
        ("قتل 45 ألفا و541 فلسطينيا.", "45,514 Palestinians were killed.", "number_changed"),
        ("دفع 250 ألف ليرة تركية.", "He paid 250,000 pounds.", "money_changed"),
        ("دفع 250 ألف ليرة.", "He paid £250,000.", "money_changed"),
        ("كلف 50 مليار جنيه مصري.", "It cost £50 billion sterling.", "money_changed"),
        ("كلف 50 مليار جنيه إسترليني.", "It cost 50 billion Egyptian pounds.", "money_changed"),
        ("كان وزنه 6 كيلوغرامات.", "It weighed 6 pounds.", "number_changed"),
        ("ألقت قنابل زنة 2000 رطل.", "It dropped 1,000-pound bombs.", "number_changed"),
        ("قرأ ألف كتاب.", "He read a hundred books.", "number_changed"),
        ("تسع نساء.", "Seven women.", "number_changed"),
        ("في المرة الرابعة.", "The fifth time.", "number_changed"),
        ("حكم ثلاثين عاما.", "He ruled for four decades.", "number_changed"),
        ("وصل عند الساعة 11.", "He arrived at noon.", "date_missing"),
        ("كلف ملياري دولار ونصف المليار.", "It cost $2 billion.", "money_changed"),
        ("وصل في يوليو.", "In June President Trump arrived.", "date_changed"),
    ],
)
def test_its_nearest_fault_is_one(arabic, english, code):
    assert codes(arabic, "ar", english, "en") == [code]
    assert codes(english, "en", arabic, "ar") == [code.replace("missing", "added")]


def test_another_season_is_told():
    arabic, english = "في موسم 2023-2025.", "In the 2023/24 season."
    assert codes(arabic, "ar", english, "en") == ["date_changed"]
    assert codes(english, "en", arabic, "ar") == ["number_changed"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3 آلاف و200", [3_200]),
        ("ألف و500 جندي", [1_500]),
        ("مليونا و200 ألف", [1_200_000]),
        ("3 آلاف قتيل و200 جريح", [3_000, 200]),
        ("5 آلاف و30 بالمئة", [5_000, 30]),
        ("5 آلاف و2023", [5_000, 2_023]),
    ],
)
def test_digits_after_thousands_are_part_of_the_number(text, values):
    assert [quantity.value for quantity in read(text, "ar")] == values
