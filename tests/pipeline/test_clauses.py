import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.clauses import as_sentence, split

ARABIC = st.text(alphabet="ابتثجحخدوينمل ،؛.«»:و ", max_size=400)
ENGLISH = st.text(alphabet="abcdefg and ,;:.-\"' ", max_size=400)


def up_to(words, characters=40):
    return lambda text: len(text.split()) <= words and len(text) <= characters


@pytest.mark.parametrize("language", ["ar", "en"])
@given(text=ARABIC | ENGLISH | st.text(max_size=200))
def test_every_character_of_the_source_is_in_some_piece(language, text):
    pieces = split(text, up_to(3, 20), language)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(text=ARABIC | ENGLISH, limit=st.integers(1, 30))
def test_no_word_is_cut_where_words_fit(text, limit):
    longest = max(map(len, text.split()), default=1)
    pieces = split(text, up_to(limit, longest * limit + limit), "ar")
    assert " ".join(pieces).split() == text.split()
    assert all(up_to(limit, longest * limit + limit)(piece) for piece in pieces)


@pytest.mark.parametrize("word", ["كلمة", "word"])
def test_a_sentence_of_three_thousand_words_is_read_to_its_end(word):
    text = " ".join(f"{word}{i}" for i in range(3000))
    pieces = split(text, up_to(60, 1000), "ar")
    assert " ".join(pieces) == text
    assert len(pieces) < 3000 / 15, "pieces should be of a useful size"


def test_an_endless_word_is_cut_rather_than_dropped():
    url = "https://example.org/" + "a" * 5000
    assert "".join(split(url, up_to(10, 100), "en")) == url


def test_a_short_sentence_is_left_alone():
    assert split("قال الوزير، ثم مضى.", up_to(9), "ar") == ["قال الوزير، ثم مضى."]


def test_arabic_is_cut_at_its_marks_before_its_conjunctions():
    text = "أعلن الوزير أمس عن خطة جديدة؛ وقال إن الحكومة ستدعمها، وأضاف أنها تبدأ غدا"
    assert split(text, up_to(9, 99), "ar") == [
        "أعلن الوزير أمس عن خطة جديدة؛",
        "وقال إن الحكومة ستدعمها، وأضاف أنها تبدأ غدا",
    ]
    text = "قال الوزير إن الحكومة ستدعم الخطة وأضاف أنها تبدأ في الأسبوع المقبل"
    assert split(text, up_to(8, 99), "ar")[1].startswith("وأضاف")


def test_english_is_cut_at_its_marks_before_its_conjunctions():
    text = "The minister announced a new plan; he said the cabinet backs it, and it starts soon"
    assert split(text, up_to(12, 99), "en") == [
        "The minister announced a new plan;",
        "he said the cabinet backs it, and it starts soon",
    ]
    text = "The minister said that the cabinet backs the plan and it will start next week"
    assert split(text, up_to(10, 99), "en")[1].startswith("and it")


def test_numbers_are_never_cut():
    text = "ارتفع العدد من 1,300,000 إلى 1,450,000 شخص في عام 2020"
    words = {word for piece in split(text, up_to(3), "ar") for word in piece.split()}
    assert words == set(text.split())


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("as he said,", "as he said."),
        ("كما قال،", "كما قال."),
        ("«كما قال»،", "«كما قال»."),
        ("he left —", "he left."),
        ("ثم غادر", "ثم غادر."),
        ("did he?", "did he?"),
        ("هل غادر؟", "هل غادر؟"),
        ("—", "—"),
    ],
)
def test_a_clause_is_given_as_a_sentence(clause, sentence):
    assert as_sentence(clause) == sentence


@given(st.text())
def test_a_sentence_is_left_as_it_is(text):
    once = as_sentence(text)
    assert as_sentence(once) == once
