import pytest

from service import codec
from service.desk.corrections import Corrections, Draft
from service.desk.desk import Desk, document_key
from service.errors import NotFound
from tests.builders import digest

# The same article as two versions of the segmentation cut it.
TWINS = {
    "ar": (
        ("قال د. كريم إن العمل مستمر.", "وبلغت الكلفة 3 ملايين.", "ورحب الأهالي."),
        ("قال د.", "كريم إن العمل مستمر.", "وبلغت الكلفة 3 ملايين.", "ورحب الأهالي."),
        "It cost 3 million.",
    ),
    "en": (
        ("Dr. Karim said work goes on.", "It cost 3 million.", "Residents cheered."),
        ("Dr.", "Karim said work goes on.", "It cost 3 million.", "Residents cheered."),
        "وبلغت الكلفة 3 ملايين.",
    ),
}
twins = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def desk(tmp_path):
    desk = Desk(Corrections(tmp_path / "desk.sqlite"), lambda texts, _: [() for _ in texts])
    yield desk
    desk.close()


def cut(sentences, language, like=None):
    """A Digest of these sentences; with the document key of ``like``'s."""
    made = digest([(text, f"<{text}>") for text in sentences], language=language)
    if like is not None:
        object.__setattr__(made.document, "text", like.document.text)
    assert like is None or document_key(made.document) == document_key(like.document)
    return made


def served(desk, made):
    return codec.decode(desk.serve(codec.encode(made))).bitext.sentences


def edited(desk, made):
    return {s.id: s.text for s in served(desk, made) if s.origin == "editor"}


def moved(language):
    """An article, the same cut otherwise, and what an editor writes."""
    before, after, right = TWINS[language]
    old = cut(before, language)
    return old, cut(after, language, like=old), right


@twins
def test_a_correction_follows_its_sentence_to_another_number(desk, language):
    old, new, right = moved(language)
    desk.correct(old, "translation.sentences.1", right, "سلمى", None)
    assert edited(desk, old) == {1: right}
    assert edited(desk, new) == {2: right}


@twins
def test_a_correction_whose_sentence_is_gone_is_laid_over_no_other(desk, language):
    old, new, right = moved(language)
    version = desk.correct(old, "translation.sentences.0", right, "سلمى", None)
    assert served(desk, new) == new.bitext.sentences
    assert desk.versions(new) == [(version, None)]
    with pytest.raises(NotFound, match=f"correction {version.id}"):
        desk.restore(new, version.id, "سلمى", None)
    with pytest.raises(NotFound):
        desk.take_back(new, version.id, "سلمى")


@twins
def test_of_two_like_sentences_at_other_numbers_neither_is_taken(desk, language):
    first, second, third = TWINS[language][0]
    old = cut((second, first), language)
    new = cut((third, second, second), language, like=old)
    desk.correct(old, "translation.sentences.0", "نص.", "سلمى", None)
    assert edited(desk, new) == {}


@twins
def test_of_two_like_sentences_the_one_of_the_number_is_taken(desk, language):
    first, second, _ = TWINS[language][0]
    made = cut((second, first, second), language)
    desk.correct(made, "translation.sentences.2", "نص.", "سلمى", None)
    assert edited(desk, made) == {2: "نص."}


@twins
def test_spaces_and_invisible_characters_make_no_other_sentence(desk, language):
    before, _, right = TWINS[language]
    old = cut(before, language)
    new = cut([text.replace(" ", "  \u200f") for text in before], language, like=old)
    desk.correct(old, "translation.sentences.1", right, "سلمى", None)
    assert edited(desk, new) == {1: right}


@twins
def test_the_last_word_on_a_sentence_counts_whatever_its_number_was(desk, language):
    old, new, right = moved(language)
    first = desk.correct(old, "translation.sentences.1", right, "سلمى", None)
    desk.correct(new, "translation.sentences.2", "نص آخر.", "سلمى", None)
    assert edited(desk, new) == {2: "نص آخر."}
    desk.restore(new, first.id, "سلمى", None)
    assert edited(desk, new) == {2: right}
    desk.take_back(new, first.id, "سلمى")
    assert edited(desk, new) == edited(desk, old) == {}
    assert {place for _, place in desk.versions(new)} == {"translation.sentences.2"}


def test_a_correction_without_a_source_goes_by_its_place(desk):
    made = cut(TWINS["ar"][0], "ar")
    facts = {"document": document_key(made.document), "article": made.id, "author": "سلمى"}
    desk.corrections.add(
        Draft(place="translation.sentences.1", text="نص.", replaced="", source_language="ar",
              **facts)
    )  # fmt: skip
    assert edited(desk, made) == {1: "نص."}


def test_summaries_and_titles_stay_where_they_are(desk):
    old = digest([("نص.", "A text.")], title="عنوان", title_translation="A title")
    desk.correct(old, "translation.title", "A headline", "سلمى", None)
    desk.correct(old, "summaries.ar.short", "نص المحرر.", "سلمى", None)
    laid = codec.decode(desk.serve(codec.encode(old)))
    assert laid.bitext.title == "A headline"
    assert laid.summaries["ar"]["short"].text == "نص المحرر."
