import pytest

from service import flags
from service.domain import TranslatedSentence
from service.glossary import Glossary, Term, enforce, find, starter
from service.glossary.apply import Chosen, apply
from service.pipeline.translate import Translation
from tests.builders import bitext

MUSK = Glossary.of([Term("إيلون ماسك", "Elon Musk", "person", ("ايلون ماسك",))])
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


def answers(*texts, asked=None):
    """A model that says these, in order; what it was asked is added to ``asked``."""

    def again(sources):
        assert len(sources) == len(texts)
        if asked is not None:
            asked.extend(sources)
        return [Translation(text, 0.9) for text in texts]

    return again


SPACEX = Glossary.of([Term("سبيس إكس", "SpaceX", "organisation")])


@pytest.mark.parametrize(
    ("language", "source", "first", "shown", "anew"),
    [
        (
            "ar",
            "وقالت سبيس إكس ذلك يوم الأحد.",
            "SEX said so on Sunday.",
            "وقالت SpaceX ذلك يوم الأحد.",
            "And SpaceX said so on Sunday.",
        ),
        (
            "en",
            "SpaceX's rocket left on Sunday.",
            "غادر صاروخ الفضاء يوم الأحد.",
            "سبيس إكس's rocket left on Sunday.",
            "غادر صاروخ سبيس إكس يوم الأحد.",
        ),
    ],
    ids=["ar", "en"],
)
def test_a_term_that_the_model_garbled_is_shown_to_it(language, source, first, shown, anew):
    text = bitext([(source, first)], language, title=source, title_translation=first)
    asked = []
    loop = flags.make("repetition", "translation.sentences.0", target="on Sunday")
    changed, raised = apply(SPACEX, text, [loop], answers(anew, anew, asked=asked))
    assert asked == [shown, shown]
    assert changed.sentences[0] == TranslatedSentence(0, anew, 0.9, plain=first)
    assert changed.title == anew
    assert raised == ()


@pytest.mark.parametrize(
    "anew",
    ["SEX said so on Sunday.", "SpaceX said so " + "on Sunday on Sunday on Sunday on Sunday."],
    ids=["no better", "a loop"],
)
def test_a_second_text_that_is_no_better_is_not_taken(anew):
    text = bitext([("وقالت سبيس إكس ذلك يوم الأحد.", "SEX said so on Sunday.")])
    old = flags.make("length_ratio", "translation.sentences.0")
    changed, raised = apply(SPACEX, text, [old], answers(anew))
    assert changed == text
    assert [flag.code for flag in raised] == ["length_ratio", "glossary_unmet"]


def test_a_surname_alone_is_shown_as_a_surname():
    asked = []
    apply(MUSK, bitext([("وقال ماسك ذلك.", "The mask said so.")]), (), answers("x", asked=asked))
    assert asked == ["وقال Musk ذلك."]


def test_an_article_keeps_the_text_without_the_glossary():
    text = bitext(
        [("قال إيلون ماسك ذلك.", "Ilon Mask said so."), ("قال إيلون ماسك ذلك.", "He did.")],
        title="إيلون ماسك",
        title_translation="Ilon Mask",
    )
    changed, raised = apply(MUSK, text, (), answers("He did."))
    assert changed.title == "Elon Musk"
    assert changed.sentences[0] == TranslatedSentence(
        0, "Elon Musk said so.", 0.5, plain="Ilon Mask said so."
    )
    assert changed.sentences[1].plain is None
    assert [(flag.code, flag.where) for flag in raised] == [
        ("glossary_unmet", "translation.sentences.1")
    ]


def test_what_an_editor_approved_stays():
    text = bitext([("قال إيلون ماسك ذلك.", "Ilon Mask said so.")])
    approved = TranslatedSentence(0, "Ilon Mask said so.", 1.0, "editor")
    text = type(text)(text.document, text.language, None, (approved,))
    assert apply(MUSK, text, (), answers()) == (text, ())


def test_the_chosen_glossary_names_its_version():
    assert Chosen("politics", MUSK).name == f"politics@{MUSK.version}"
    assert find(MUSK, "إيلون ماسك", "ar")
