"""Which language an article is in."""

from __future__ import annotations

import pytest

from service.errors import WrongLanguage
from service.pipeline.language import detect, script_shares

ARABIC = (
    "قال وزير الاقتصاد إن الحكومة ستعلن خطة لدعم الصادرات الزراعية في جنوب البلاد. وأضاف في"
    " مؤتمر صحفي أن الخطة تشمل قروضا بقيمة 45 مليون دولار وأنها ستنفذ على ثلاث مراحل."
)
ENGLISH = (
    "The economy minister said the government would announce a plan to support farm exports in the"
    " south. The plan includes loans worth 45 million dollars and will be carried out in stages."
)
OTHERS = {
    "fa": "وزیر اقتصاد گفت دولت برنامه‌ای برای پشتیبانی از صادرات اعلام می‌کند و سه مرحله دارد.",
    "ur": "وزیر اقتصادیات نے کہا ہے کہ حکومت زرعی برآمدات کی مدد کے لیے منصوبے کا اعلان کرے گی۔",
    "ku": "وەزیری ئابووری ڕایگەیاند کە حکومەت پلانێک بۆ پشتگیری هەناردەی کشتوکاڵی ڕادەگەیەنێت.",
    "ps": "د اقتصاد وزير وويل چې حکومت به د کرنیزو صادراتو د ملاتړ لپاره یو پلان اعلان کړي.",
    "fr": "Le ministre de l'Économie a déclaré que le gouvernement annoncerait un plan de soutien.",
    "de": "Der Wirtschaftsminister sagte, die Regierung werde einen Plan zur Förderung vorstellen.",
    "es": "El ministro de Economía dijo que el gobierno anunciará un plan para las exportaciones.",
    "tr": "Ekonomi bakanı, hükümetin ihracatı desteklemek için bir plan açıklayacağını söyledi.",
    "it": "Il ministro ha detto che il governo annuncerà un piano per le esportazioni agricole.",
    "cyrillic": "Министр экономики заявил, что правительство объявит план поддержки экспорта.",
    "hebrew": "שר הכלכלה אמר כי הממשלה תכריז על תוכנית לתמיכה ביצוא החקלאי בדרום המדינה.",
    "cjk": "经济部长表示，政府将宣布一项支持南部农业出口的计划，该计划包括贷款。",
}


@pytest.mark.parametrize(("text", "code"), [(ARABIC, "ar"), (ENGLISH, "en")])
def test_arabic_and_english_are_sure(text: str, code: str) -> None:
    found = detect(text)
    assert found.code == code
    assert 0.9 < found.confidence < 1.0


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_refused_and_named(code: str) -> None:
    with pytest.raises(WrongLanguage) as caught:
        detect(OTHERS[code])
    assert caught.value.details["detected"] == code
    shares = caught.value.details["shares"]
    assert shares and all(0.0 <= share <= 1.0 for share in shares.values())


@pytest.mark.parametrize(
    "text",
    [
        OTHERS["fa"].replace("ی", "ي").replace("ک", "ك").replace("\u200c", " "),
        "منتري ايكونومي برکات کراجأن اکن مڠومومکن رنچڠن اونتوق مڽوكوڠ ايكسڤورت ڤرتانين.",
    ],
    ids=["Persian typed with Arabic letters", "Malay"],
)
def test_arabic_script_alone_does_not_make_it_arabic(text: str) -> None:
    with pytest.raises(WrongLanguage):
        detect(text)


def test_arabic_typed_with_persian_letters_is_still_arabic() -> None:
    assert detect(ARABIC.replace("ي", "ی").replace("ك", "ک")).code == "ar"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ARABIC + " وقال إيلون ماسك (Elon Musk) عبر منصة X إن شركة SpaceX تدعم Starlink.", "ar"),
        (ARABIC * 2 + " وكتب الوزير: “We will support every farmer in the south.”", "ar"),
        (ENGLISH + " The banner read «الحرية للجميع» in Arabic, and the crowd sang.", "en"),
        (ENGLISH * 3 + " “C'est la vie, mes amis, nous partons demain matin”, he said.", "en"),
        ("Putin met Musk in Moscow on Monday", "en"),
        ("بوتين يلتقي ماسك في موسكو الاثنين", "ar"),
    ],
)
def test_names_and_quotations_in_the_other_script_pass(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize("text", [ARABIC + "\n\n" + ENGLISH, (ENGLISH + "\n\n" + ARABIC) * 8])
def test_half_and_half_is_mixed(text: str) -> None:
    with pytest.raises(WrongLanguage) as caught:
        detect(text)
    assert caught.value.details["detected"] == "mixed"
    assert caught.value.details["shares"].keys() == {"arabic", "latin"}


def test_half_english_half_french_is_refused() -> None:
    with pytest.raises(WrongLanguage):
        detect((ENGLISH + " ") * 8 + (OTHERS["fr"] + " ") * 16)
    with pytest.raises(WrongLanguage):
        detect((ARABIC + " ") * 8 + (OTHERS["fa"] + " ") * 16)


def test_the_caller_is_believed_unless_the_script_speaks_against_it() -> None:
    assert detect("WASHINGTON 45 %", "en").confidence == 1.0
    assert detect(ARABIC + "\n" + ENGLISH, "en").code == "en"
    assert detect(ARABIC + "\n" + ENGLISH, "ar").code == "ar"
    with pytest.raises(WrongLanguage):
        detect(ARABIC, "en")
    with pytest.raises(WrongLanguage):
        detect(ENGLISH, "ar")
    with pytest.raises(WrongLanguage):
        detect("2024 …", "en")


def test_script_shares_count_letters_alone() -> None:
    assert script_shares("ab 12 كت …") == {"latin": 0.5, "arabic": 0.5}
    assert script_shares("12 🙂") == {}
