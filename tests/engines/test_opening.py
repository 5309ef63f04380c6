import pytest

from service.engines.opening import OpeningSelector
from service.summary.bands import BANDS, Room, count

SENTENCES = {
    "ar": [f"قال المتحدث رقم {n} إن المفاوضات ستستأنف يوم الاثنين." for n in range(12)],
    "en": [f"Spokesman {n} said that the talks would resume on Monday." for n in range(12)],
}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("length", ["short", "long"])
def test_the_opening_fills_the_band(language, length):
    picks = OpeningSelector().select(SENTENCES[language], language, length)
    assert [pick.index for pick in picks] == list(range(BANDS[length].max_sentences))


def test_a_barred_sentence_is_passed_over():
    costs = [[count(text) for text in SENTENCES["en"]]]
    picks = OpeningSelector().select(
        SENTENCES["en"], "en", "short", room=Room("short", costs, barred={0})
    )
    assert [pick.index for pick in picks] == [1, 2]


def test_a_sentence_that_fits_nowhere_is_offered_alone():
    long = ["word " * 60 + "end.", "word " * 90 + "end."]
    assert [pick.index for pick in OpeningSelector().select(long, "en", "short")] == [0]
