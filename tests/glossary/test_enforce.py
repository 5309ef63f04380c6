import pytest

from service.glossary import Chosen, Glossary, Term, enforce, find, starter
from service.glossary.enforce import spelled_out

MUSK = Glossary.of([Term("إيلون ماسك", "Elon Musk", "person", ("ايلون ماسك",))])
PUTIN = Glossary.of([Term("فلاديمير بوتين", "Vladimir Putin", "person")])
TRUMP = Glossary.of([Term("دونالد ترمب", "Donald Trump", "person", ("دونالد ترامب",))])


@pytest.mark.parametrize(
    ("glossary", "source", "target", "language", "expected"),
    [
        (MUSK, "قال إيلون ماسك ذلك", "Ilon Mask said so", "ar", "Elon Musk said so"),
        (MUSK, "قال إيلون ماسك ذلك", "Elon Musk said so", "ar", "Elon Musk said so"),
        (MUSK, "قال إيلون ماسك ذلك", "Musk said so", "ar", "Musk said so"),
        (MUSK, "قال إيلون ماسك ذلك", "Elon Mask did. Musk said", "ar", "Elon Musk did. Musk said"),
        (TRUMP, "Donald Trump said", "قال دونالد ترامب", "en", "قال دونالد ترمب"),
        (MUSK, "قال إيلون ماسك ذلك", "Ilon Musk did so", "ar", "Elon Musk did so"),
        (MUSK, "Elon Musk said", "قال ماسك إن إيلن ماسكي", "en", "قال ماسك إن إيلون ماسك"),
        (TRUMP, "Donald Trump said", "قاله ودونالد ترامب", "en", "قاله ودونالد ترمب"),
        (MUSK, "Elon Musk said", "قال بايدن وايلن ماسكي", "en", "قال بايدن وإيلون ماسك"),
        (MUSK, "To Elon Musk", "قال لايلن ماسكي", "en", "قال لإيلون ماسك"),
        (PUTIN, "with Vladimir Putin", "مع وبوتن", "en", "مع وبوتين"),
        (PUTIN, "by Vladimir Putin", "من ببوتن", "en", "من ببوتين"),
        (PUTIN, "by Vladimir Putin", "قال بوتن", "en", "قال بوتين"),
        (TRUMP, "He said so", "قال دونالد ترامب", "en", "قال دونالد ترامب"),
    ],
)
def test_the_desks_spelling_is_put_in(glossary, source, target, language, expected):
    enforced = enforce(glossary, source, target, language)
    assert enforced.text == expected
    assert not enforced.unmet


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("قال إيلون ماسك ذلك", "The mask said so", "ar"),
        ("Elon Musk said so", "قال الملياردير ذلك", "en"),
    ],
)
def test_what_is_not_there_is_told_and_not_guessed(source, target, language):
    enforced = enforce(MUSK, source, target, language)
    assert enforced.text == target
    assert [term.en for term in enforced.unmet] == ["Elon Musk"]


def test_a_country_may_go_by_its_people():
    enforced = enforce(starter(), "وزير من سوريا", "A Syrian minister", "ar")
    assert (enforced.text, enforced.unmet) == ("A Syrian minister", ())


def test_words_that_two_terms_share_are_left_alone():
    terms = Glossary.of([Term("عمّان", "Amman", "place"), Term("عُمان", "Oman", "country")])
    assert enforce(terms, "وصل إلى عمان", "He arrived in Oman", "ar").text == "He arrived in Oman"


def test_enforcing_twice_changes_nothing_more():
    for text in ("التقى دونالد ترامب إيمانويل مكرون", "قال كير ستارمر في باريس"):
        once = enforce(starter(), "Donald Trump, Emmanuel Macron, Keir Starmer", text, "en").text
        again = enforce(starter(), "Donald Trump, Emmanuel Macron, Keir Starmer", once, "en").text
        assert again == once


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("ar", "قال للأمم المتحدة", "قال لUnited Nations"),
        ("ar", "وللأمم المتحدة دور", "ولUnited Nations دور"),
        ("en", "He met U.N. officials.", "He met الأمم المتحدة officials."),
        ("en", "The United Nations' role", "The الأمم المتحدة' role"),
    ],
)
def test_what_is_written_onto_a_shown_term_stays(language, source, expected):
    term = Term("الأمم المتحدة", "United Nations", "organisation", (), ("U.N.",))
    assert spelled_out(Glossary.of([term]), source, language, [term]) == expected


def test_an_owner_keeps_the_s():
    text = enforce(MUSK, "شركة إيلون ماسك", "Ilon Mask's firm", "ar").text
    assert text == "Elon Musk's firm"


def test_the_chosen_glossary_names_its_version():
    assert Chosen("politics", MUSK).name == f"politics@{MUSK.version}"
    assert find(MUSK, "إيلون ماسك", "ar")


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("en", "Salman Rushdie was stabbed", "تعرض سلمان رشدي للطعن"),
        ("ar", "تعرض سلمان رشدي للطعن", "Salman Rushdie was stabbed"),
        ("en", "Prince Khalid bin Salman met him", "التقى الأمير خالد بن سلمان"),
        ("ar", "التقى الأمير خالد بن سلمان", "Prince Khalid bin Salman met him"),
        ("en", "Bin Salman said so", "قال بن سلمان ذلك"),
        ("ar", "قال بن سلمان ذلك", "Bin Salman said so"),
        ("en", "Mohammed bin Salman met Salman al-Ouda", "التقى محمد بن سلمان سلمان العودة"),
        ("ar", "التقى محمد بن سلمان سلمان العودة", "Mohammed bin Salman met Salman al-Ouda"),
        ("en", "Omar Sharif acted", "مثل عمر الشريف"),
        ("ar", "مثل عمر الشريف", "Omar Sharif acted"),
        ("en", "Ahmed Hassan, 34, left", "غادر أحمد حسن (34 عاما)"),
        ("ar", "غادر أحمد حسن (34 عاما)", "Ahmed Hassan, 34, left"),
        ("en", "Salah Abdeslam saw Abbas Kiarostami", "رأى صلاح عبد السلام عباس كيارستمي"),
        ("ar", "رأى صلاح عبد السلام عباس كيارستمي", "Salah Abdeslam saw Abbas Kiarostami"),
        ("en", "Hemedti said so", "قال حميدتي ذلك"),
        ("ar", "قال حميدتي ذلك", "Hemedti said so"),
        ("ar", "قال السيسي ذلك", "President Sisi said so"),
        ("en", "Moqtada al-Sadr has terms", "وللصدر شروط"),
        ("en", "Bashar al-Assad fell", "سقط النظام الأسدي"),
        ("en", "King Salman met Mahmoud Abbas", "التقى الملك سلمان عباس، وقال عباس ذلك"),
        ("en", "The Houthis met al-Qaeda", "التقى وفد من الحوثيين تنظيم «القاعدة»"),
        ("en", "The Houthi militias left", "رحلت الميليشيات الحوثية"),
        ("en", "He told Asharq Al-Awsat", "قال لـ«الشرق الأوسط» في الشرق الأوسط"),
        ("en", "the BBC said", "قالت هيئة الإذاعة البريطانية (بي بي سي)"),
        ("en", "DUBAI (CNN) -- He left", "دبي (CNN)-- غادر"),
        ("en", "he told CNN so", "قال لـCNN ذلك"),
        ("en", "the German news agency DPA said", "قالت وكالة الأنباء الألمانية (د.ب.أ)"),
        ("en", "Newspapers in Syria", "صحف سورية"),
        ("ar", "فاز روما أمس", "Roma won yesterday"),
        ("ar", "التقى سناتور من مجلس الشيوخ", "A Senator met him"),
        ("en", "The Guardian Council met", "اجتمع مجلس صيانة الدستور"),
        ("en", "the Amazon rainforest", "غابات الأمازون"),
        ("ar", "غابات الأمازون", "the Amazon rainforest"),
        ("en", "The Indian National Congress won", "فاز حزب المؤتمر الوطني الهندي"),
        ("ar", "استقبل المنتخب بحماس شديد", "They greeted the team with enthusiasm"),
        ("ar", "قال ماركو روبيو ذلك", '"of the United States of America," Rubio said'),
        ("en", "It needs the UN and the AU", "يحتاج إلى الأمم المتحدة والأسترالي"),
    ],
)
def test_a_right_translation_is_left_and_raises_nothing(language, source, target):
    enforced = enforce(starter(), source, target, language)
    assert enforced.text == target
    assert enforced.changed == enforced.unmet == ()


@pytest.mark.parametrize(
    ("language", "source", "target", "expected"),
    [
        ("en", "Trump said", "وقال ترامب", "وقال ترمب"),
        ("en", "President Putin said", "قال الرئيس بوتن", "قال الرئيس بوتين"),
        ("en", "Mr. Musk said", "قال السيد موسك", "قال السيد ماسك"),
        ("ar", "قال إيلون ماسك", "Elon Mask said", "Elon Musk said"),
        ("ar", "قال الرئيس بوتين", "President Putyn said", "President Putin said"),
        ("en", "for the Pentagon", "للبنتاجون", "للبنتاغون"),
        ("en", "and for the Pentagon", "وللبنتاجون", "وللبنتاغون"),
    ],
)
def test_a_name_alone_is_still_put_right(language, source, target, expected):
    enforced = enforce(starter(), source, target, language)
    assert (enforced.text, enforced.unmet) == (expected, ())


@pytest.mark.parametrize(("language", "target"), [("en", "سقط ذلك"), ("ar", "It fell")])
def test_a_spelling_that_only_answers_is_told_where_nothing_answers(language, target):
    term = Term("قوات الدعم", "Support Forces", "organisation", ("~الدعم",), ("~Support",))
    source = term.preferred(language)
    assert enforce(Glossary.of([term]), source, target, language).unmet == (term,)
    for answer in ("قال الدعم", "Support said"):
        assert enforce(Glossary.of([term]), answer, "x", language).unmet == ()
