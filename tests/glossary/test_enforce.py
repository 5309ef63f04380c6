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
