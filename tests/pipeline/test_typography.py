import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.typography import final_mark, finish, rejoin

TEXT = st.text(alphabet='ab اب،؛؟.,;?!«»"“”():…/@ 12٣', max_size=60)


@pytest.mark.parametrize(
    ("raw", "source", "finished"),
    [
        ("هل وافقت الشركة?", "Did the firm agree?", "هل وافقت الشركة؟"),
        ("هل وافقت الشركة؟?", "Did the firm agree?", "هل وافقت الشركة؟"),
        ("قال, نعم; ثم مضى", "He said, yes; then left.", "قال، نعم؛ ثم مضى."),
        ('قال "نعم" ومضى', "He said “yes” and left.", "قال «نعم» ومضى."),
        ("بلغ العدد 1,300 ,أمس .", "It reached 1,300 yesterday.", "بلغ العدد 1,300، أمس."),
        ("وزير يستقيل.", "Minister quits", "وزير يستقيل"),
        ('قال: "نعم."', 'He said: "Yes."', "قال: «نعم»."),
    ],
)
def test_arabic_gets_its_own_marks_and_the_ending_of_the_source(raw, source, finished):
    assert finish(raw, source, "ar") == finished


@pytest.mark.parametrize(
    ("raw", "source", "finished"),
    [
        ("Did the firm agree؟", "هل وافقت الشركة؟", "Did the firm agree?"),
        ("Did the firm agree؟?", "هل وافقت الشركة؟", "Did the firm agree?"),
        ("He said، yes؛ then left", "قال، نعم؛ ثم مضى.", "He said, yes; then left."),
        ("He said «yes» and left", "قال «نعم» ومضى.", 'He said "yes" and left.'),
        ("It rose ٣٫٥٪ to ١٬٣٠٠", "ارتفع ٣٫٥٪ إلى ١٬٣٠٠.", "It rose 3.5% to 1,300."),
        ("Minister quits.", "وزير يستقيل", "Minister quits"),
        ('He said: "Yes".', "قال: «نعم».", 'He said: "Yes."'),
        ("He lives in the U.S.", "يعيش في أميركا", "He lives in the U.S."),
    ],
)
def test_english_gets_its_own_marks_and_the_ending_of_the_source(raw, source, finished):
    assert finish(raw, source, "en") == finished


ADDRESSES = (
    "https://example.com/news?id=5;a=1,b",
    "www.example.com/a,b;c?d",
    "youtube.com/watch?v=abc",
    "desk@example.com",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("raw", "source", "finished", "language"),
    [
        ("انظر {}, وقل لي", "See {} and tell me.", "انظر {}، وقل لي.", "ar"),
        ("هل رأيت ({})?", "Did you see ({})?", "هل رأيت ({})؟", "ar"),
        ("انظر {}?", "Did you see {}?", "انظر {}؟", "ar"),
        ("See {}، and tell me", "انظر {} وقل لي.", "See {}, and tell me.", "en"),
        ("Did you see «{}»؟", "هل رأيت «{}»؟", 'Did you see "{}?"', "en"),
    ],
)
def test_addresses_stay_as_they_are(raw, source, finished, language, address):
    assert finish(raw.format(address), source.format(address), language) == finished.format(address)


@pytest.mark.parametrize("language", ["ar", "en"])
@given(raw=TEXT, source=TEXT)
def test_finishing_twice_changes_nothing(language, raw, source):
    once = finish(raw, source, language)
    assert finish(once, source, language) == once


@pytest.mark.parametrize("language", ["ar", "en"])
@given(raw=TEXT, source=TEXT)
def test_letters_and_the_number_of_digits_survive(language, raw, source):
    def kept(text):
        return [c for c in text if c.isalpha()], sum(c.isdigit() for c in text)

    assert kept(finish(raw, source, language)) == kept(raw)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("قال نعم.", "."), ("«قال نعم؟»", "?"), ("نعم!", "!"), ("كيف؟!", "?!"), ("قال..", "…"),
        ("قال:", ":"), ("عنوان", None), ('He said "yes."', "."), ("Why?)", "?"), ("Well…", "…"),
        ("", None),
    ],
)  # fmt: skip
def test_the_final_mark_is_read_through_closing_quotes(text, mark):
    assert final_mark(text) == mark


def test_clauses_become_one_english_sentence():
    pieces = [("قال الوزير إنه سيسافر،", "The minister said he will travel."),
              ("وإن الخطة جاهزة.", "And the plan is ready.")]  # fmt: skip
    assert rejoin(pieces, "en") == "The minister said he will travel, and the plan is ready."


@pytest.mark.parametrize("word", ["What", "Even", "Noting", "Which"])
def test_an_ordinary_word_at_the_start_of_a_clause_becomes_small(word):
    pieces = [("بناء على طلب الصين،", "At China's request."), ("ما يبرز", f"{word} May said.")]
    assert rejoin(pieces, "en") == f"At China's request, {word.lower()} May said."


def test_clauses_become_one_arabic_sentence():
    pieces = [("The minister said,", "قال الوزير."), ("and Egypt agreed.", "ووافقت مصر.")]
    assert rejoin(pieces, "ar") == "قال الوزير، ووافقت مصر."


def test_a_name_at_the_start_of_a_clause_stays_capital():
    assert rejoin([("قال،", "He said."), ("بوتين", "Putin left.")], "en") == "He said, Putin left."
    pieces = [("في أميركا،", "In the U.S."), ("بوتين", "Putin left.")]
    assert rejoin(pieces, "en") == "In the U.S., Putin left."
