from dataclasses import replace

import pytest

from service.domain import Evidence, Summary, SummarySentence
from service.summary.abstain import abstain
from tests.builders import bitext, picked

ARTICLE = bitext(
    [
        ("قُتل 15 شخصاً في انهيار مبنى في حلب.", "Fifteen people died when a building collapsed."),
        ("وقدرت الحكومة الخسائر بنحو 20 مليون دولار.", "The losses were put at $20 million."),
    ]
)


def written(language, *texts):
    sentences = tuple(SummarySentence(text, (Evidence(0, 0.9),)) for text in texts)
    return Summary(language, "short", sentences, "seq2seq")


def extractive(language, length):
    return picked(ARTICLE, language, length, 0)


def never(language, length):
    raise AssertionError("a sound summary needs no stand-in")


@pytest.mark.parametrize(
    ("language", "text"),
    [("ar", "قُتل 15 شخصاً في حلب."), ("en", "Fifteen people died in a collapse.")],
)
def test_a_sound_summary_stays(language, text):
    summary = written(language, text)
    assert abstain(ARTICLE, summary, never) == (summary, ())


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [("ar", "قُتل 17 شخصاً في حلب.", "17"), ("en", "Fifteen people died, costing $30m.", "$30m")],
)
def test_a_summary_with_a_severe_flag_gives_way_and_says_why(language, text, wrong):
    kept, flags = abstain(ARTICLE, written(language, text), extractive)
    assert kept.method == "extractive"
    assert kept.sentences == extractive(language, "short").sentences
    assert kept.rejected == text
    assert wrong in kept.reason and kept.reason.startswith("unsupported_")
    assert [flag.code for flag in flags] == ["summary_replaced"]
    assert flags[0].where == f"summaries.{language}.short"
    assert all(wrong in message for message in flags[0].message.values())


def test_an_editors_words_are_flagged_and_kept():
    summary = replace(written("ar", "قُتل 17 شخصاً في حلب."), method="editor")
    kept, flags = abstain(ARTICLE, summary, never)
    assert kept is summary
    assert [flag.code for flag in flags] == ["unsupported_number"]


def test_a_warning_throws_nothing_out():
    summary = written("en", "Fifteen people died in a")
    kept, flags = abstain(ARTICLE, summary, never)
    assert kept is summary
    assert [flag.code for flag in flags] == ["cut_sentence"]


@pytest.mark.parametrize(
    ("language", "text"), [("ar", "قُتل 15 شخصاً في حلب."), ("en", "Fifteen people died.")]
)
def test_a_summary_with_a_sentence_that_rests_on_nothing_gives_way(language, text):
    summary = replace(written(language, text), sentences=(SummarySentence(text),))
    kept, flags = abstain(ARTICLE, summary, extractive)
    assert kept.method == "extractive"
    assert kept.reason == f"unsupported: {text}"
    assert [flag.code for flag in flags] == ["summary_replaced"]
