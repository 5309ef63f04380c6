import pytest

from service import flags
from service.desk.corrections import Correction
from service.desk.overlay import overlay
from service.domain import Evidence
from tests.builders import digest

PAIRS = [
    ("باع المصنع 15 محطة في مايو.", "The factory sold 50 stations in May."),
    ("وقال الوزير إن العمل مستمر.", "The minister said the work goes on."),
]


def correction(place, text):
    return Correction(
        document="d",
        article="a" * 64,
        place=place,
        text=text,
        replaced="",
        source_language="ar",
        author="سلمى",
        id=1,
        at="2026-01-01T00:00:00+00:00",
    )


def lay(base, place, text):
    def trace(texts, _):
        return [(Evidence(1, 0.9),) for _ in texts]

    return overlay(base, {place: correction(place, text)}, trace)


def test_a_corrected_sentence_shows_wherever_it_is_picked():
    corrected = lay(digest(PAIRS), "translation.sentences.0", "The factory sold 15 stations.")
    assert corrected.bitext.sentences[0].text == "The factory sold 15 stations."
    assert corrected.bitext.sentences[0].origin == "editor"
    assert corrected.summaries["en"]["short"].text == "The factory sold 15 stations."
    assert corrected.summaries["ar"]["short"].text == PAIRS[0][0]


def test_flags_of_the_corrected_place_are_found_anew_and_the_others_stay():
    wrong = flags.make("repetition", "translation.sentences.0", target="x")
    elsewhere = flags.make("repetition", "translation.sentences.1", target="y")
    base = digest(PAIRS, flags=[wrong, elsewhere])
    corrected = lay(base, "translation.sentences.0", "The factory sold 99 stations in May.")
    codes = [(flag.code, flag.where) for flag in corrected.flags]
    assert ("repetition", "translation.sentences.0") not in codes
    assert ("repetition", "translation.sentences.1") in codes
    assert any(
        where.startswith("translation.sentences.0") and flag.target and "99" in flag.target
        for flag, (_, where) in zip(corrected.flags, codes, strict=True)
    )


def test_an_editors_summary_is_cut_into_sentences_with_their_evidence():
    corrected = lay(digest(PAIRS), "summaries.ar.short", "باع المصنع محطات. وقال الوزير ذلك.")
    summary = corrected.summaries["ar"]["short"]
    assert summary.method == "editor"
    assert [s.text for s in summary.sentences] == ["باع المصنع محطات.", "وقال الوزير ذلك."]
    assert summary.sentences[0].evidence == (Evidence(1, 0.9),)
    assert corrected.summaries["en"] == digest(PAIRS).summaries["en"]


def test_the_title_is_corrected_alone():
    base = digest(PAIRS, title="بيع", title_translation="Sell")
    corrected = lay(base, "translation.title", "A sale")
    assert corrected.bitext.title == "A sale"
    assert corrected.bitext.sentences == base.bitext.sentences


@pytest.mark.parametrize(
    "place", ["translation.sentences.9", "summaries.en.long", "translation.title", "nonsense"]
)
def test_places_that_this_digest_lacks_are_passed_over(place):
    base = digest(PAIRS)
    assert lay(base, place, "نص").summaries == base.summaries
    assert lay(base, place, "نص").bitext.sentences == base.bitext.sentences


def test_laying_nothing_changes_nothing():
    base = digest(PAIRS)
    assert overlay(base, {}, lambda texts, _: []) == base
