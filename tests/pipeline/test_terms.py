import pytest

from service import flags
from service.domain import TranslatedSentence
from service.glossary import Glossary, Term, starter
from service.pipeline.terms import Anew, apply, translating
from tests.builders import bitext, document

MUSK = Glossary.of([Term("إيلون ماسك", "Elon Musk", "person", ("ايلون ماسك",))])


def answers(*texts, asked=None):
    """A model that says these, in order; what it was asked is added to ``asked``."""

    def again(sources):
        assert len(sources) == len(texts)
        if asked is not None:
            asked.extend(sources)
        return [Anew(text, 0.9) for text in texts]

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
    ("language", "source", "first", "anew", "expected"),
    [
        ("ar", "وقالت سبيس إكس ذلك.", "SEX did.", "Spax said so.", "SpaceX said so."),
        (
            "ar",
            "قالت سبيس إكس إن سبيس إكس فازت.",
            "SEX won.",
            "SpaceX said Spax won.",
            "SpaceX said SpaceX won.",
        ),
        ("en", "SpaceX said so.", "قال الفضاء ذلك.", "قالت سبيسكس ذلك.", "قالت سبيس إكس ذلك."),
    ],
    ids=["ar", "twice", "en"],
)
def test_what_the_model_copied_badly_is_put_right(language, source, first, anew, expected):
    changed, raised = apply(SPACEX, bitext([(source, first)], language), (), answers(anew))
    assert changed.sentences[0].text == expected
    assert raised == ()


@pytest.mark.parametrize(
    "anew",
    ["It said so on Sunday.", "SpaceX said so " + "on Sunday on Sunday on Sunday on Sunday."],
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


def test_a_second_text_that_broke_off_is_not_taken():
    first = "She said in a statement on Sunday that she would launch a moon."
    text = bitext([("قالت سبيس إكس في بيان يوم الأحد إنها ستطلق قمرا.", first)])
    broken = flags.make("final_punctuation", flags.on_sentence(0))

    def again(sources):
        return [Anew("SpaceX said in a statement on Sunday that it.", 0.9, (broken,))]

    changed, raised = apply(SPACEX, text, (), again)
    assert changed == text
    assert [flag.code for flag in raised] == ["glossary_unmet"]


@pytest.mark.parametrize(
    ("language", "source", "target", "term"),
    [
        ("ar", "شرب كوبا من الشاي.", "He drank a cup of tea.", Term("كوبا", "Cuba", "country")),
        ("en", "Turkey is for lunch.", "ديك للغداء.", Term("تركيا", "Turkey", "country")),
        ("ar", "سبيس إكس", "SEX", Term("سبيس إكس", "SpaceX", "organisation")),
    ],
    ids=["ar", "en", "nothing else"],
)
def test_countries_and_lines_of_terms_alone_are_not_asked_for(language, source, target, term):
    text = bitext([(source, target)], language)
    changed, raised = apply(Glossary.of([term]), text, (), answers())
    assert changed == text
    assert [flag.code for flag in raised] == ["glossary_unmet"]


@pytest.mark.parametrize(("language", "text"), [("ar", "قال ذلك."), ("en", "He said so.")])
def test_a_second_translation_takes_the_path_of_the_first(language, text):
    asked = []

    def stage(given):
        asked.append(given)
        made = bitext([(sentence.text, "x") for sentence in given.sentences], language)
        return made, (flags.make("untranslated", flags.on_sentence(1), target="x"),)

    again = translating(document([text], language), stage)
    assert [(each.text, len(each.flags)) for each in again([text, text * 2])] == [
        ("x", 0),
        ("x", 1),
    ]
    (given,) = asked
    assert given.language.code == language
    for sentence in given.sentences:
        assert given.text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("en", "Ahmed Hassan, 34, saw the Guardian Council.", "رأى حسن، 34 عاما، مجلس الصيانة."),
        ("ar", "استقبل أحمد حسن المنتخب بحماس شديد.", "Hassan greeted the team with enthusiasm."),
    ],
    ids=["en", "ar"],
)
def test_what_only_looks_like_a_term_is_not_shown(language, source, target):
    text = bitext([(source, target)], language)
    assert apply(starter(), text, (), answers()) == (text, ())
