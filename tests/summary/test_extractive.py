import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Bitext, DetectedLanguage, Document, Sentence, TranslatedSentence
from service.engines.protocol import Pick
from service.errors import Cancelled
from service.pipeline.run import Run
from service.summary.bands import BANDS, Room, count
from service.summary.extractive import ExtractiveSummarizer

WORD = {"ar": "كلمة", "en": "word"}


class FirstAllowed:
    """A selector that fills the room from the article's end or its start."""

    def __init__(self, backwards=False):
        self.backwards = backwards
        self.rooms = []

    def select(self, sentences, language, length, title=None, room=None):
        room = room or Room(length, [[count(text) for text in sentences]])
        self.rooms.append(room)
        picked = []
        while (allowed := room.allowed(picked)).any():
            free = [int(i) for i in allowed.nonzero()[0]]
            picked.append(free[-1] if self.backwards else free[0])
        return [Pick(index, 0.5) for index in picked]


def text_of(words, language):
    return [f"{' '.join([WORD[language]] * (n - 1))} {i}." for i, n in enumerate(words)]


def bitext_of(source, target, language="ar"):
    sentences = tuple(Sentence(i, 0, 0, text) for i, text in enumerate(source))
    document = Document(DetectedLanguage(language, 1.0), None, " ".join(source), sentences)
    translated = tuple(TranslatedSentence(i, text, 1.0) for i, text in enumerate(target))
    return Bitext(document, "en" if language == "ar" else "ar", None, translated)


@given(
    st.lists(st.integers(2, 70), min_size=1, max_size=25),
    st.sampled_from(["ar", "en"]),
    st.booleans(),
)
def test_summaries_are_the_articles_own_sentences_in_order_within_the_band(
    words, language, backwards
):
    article = text_of(words, language)
    found = ExtractiveSummarizer(FirstAllowed(backwards)).summarize(
        article, language, ["short", "long"], None, Run()
    )
    for length, summary in found.items():
        ids = [sentence.evidence[0].sentence_id for sentence in summary]
        assert ids == sorted(set(ids))
        assert [sentence.text for sentence in summary] == [article[i] for i in ids]
        assert all(sentence.evidence[0].score == 1 for sentence in summary)
        limit = BANDS[length].limit(sum(words))
        assert len(ids) == 1 or sum(count(s.text) for s in summary) <= limit


def test_the_same_sentences_in_both_languages_and_the_band_in_both():
    source, target = text_of([20] * 12, "ar"), text_of([30] * 12, "en")
    found = ExtractiveSummarizer(FirstAllowed()).summarize_pair(
        bitext_of(source, target), ["short", "long"], Run(), barred={0}
    )
    for length in ("short", "long"):
        ids = {
            language: [s.evidence[0].sentence_id for s in found[language][length]]
            for language in ("ar", "en")
        }
        assert ids["ar"] == ids["en"]
        assert 0 not in ids["ar"]
        assert sum(count(s.text) for s in found["en"][length]) <= BANDS[length].max_words
    assert len(found["en"]["short"]) == 1
    assert len(found["en"]["long"]) == 4


LONG = {
    "ar": "وظهر مدير مكتب الموازنة الثلاثاء في قاعة الإحاطات بالبيت الأبيض لينتقد حديث الديمقراطيين"
    " عن انتصارهم، قائلا إن ترامب ضمن زيادة كبيرة في الإنفاق الدفاعي ورفع تمويل الجدار على"
    " الحدود مع المكسيك إلى أعلى مستوى له منذ عقد كامل من الزمن رغم كل ما قيل عنه في الكونغرس.",
    "en": "German luxury carmaker BMW announced Tuesday that its profit fell in the second quarter"
    " of this year because of lower demand for its cars in China and the cost of developing new"
    " technologies and models, which outweighed the benefit from the fall in the euro this year.",
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_lead_that_is_too_long_is_made_lighter_rather_than_left_out(language):
    article = [LONG[language], *text_of([60] * 8, language)]
    found = ExtractiveSummarizer(FirstAllowed()).summarize(
        article, language, ["short"], None, Run()
    )["short"]
    assert found[0].evidence[0].sentence_id == 0
    assert count(found[0].text) <= 45
    assert LONG[language].startswith(found[0].text.rstrip("."))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_was_made_lighter_is_shown_whole_where_there_is_room(language):
    article = [LONG[language], *text_of([8] * 20, language)]
    found = ExtractiveSummarizer(FirstAllowed()).summarize(
        article, language, ["long"], None, Run()
    )["long"]
    assert found[0].text == LONG[language]


def test_an_empty_text_has_an_empty_summary():
    found = ExtractiveSummarizer(FirstAllowed()).summarize([], "ar", ["short"], None, Run())
    assert found == {"short": []}


def test_a_cancelled_run_ends_before_the_next_length():
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        ExtractiveSummarizer(FirstAllowed()).summarize(
            ["One two."], "en", ["short"], None, Run(cancelled=cancelled)
        )
