from dataclasses import replace

import pytest

from service import flags
from service.web.preferences import Preferences
from service.web.reader import view
from tests.builders import digest

PAIRS = (
    ("بلغت قيمة العقد 1.8 مليار دولار.", "The contract was worth $18 billion."),
    ("ونفى المتحدث ذلك.", "The spokesman denied that."),
)
CHANGED = flags.make(
    "money_changed", "translation.sentences.0", source="1.8 مليار دولار", target="$18 billion"
)


def test_each_side_is_marked_at_the_words_concerned():
    line = view(digest(PAIRS, [CHANGED]), Preferences()).paragraphs[0][0]
    assert 'data-note="0"><bdi dir="rtl">1.8</bdi> مليار دولار</a>.' in line.source
    assert 'data-note="0">$<bdi' in line.target
    assert "billion</a>." in line.target


def test_another_sentence_with_the_same_words_is_not_marked():
    twice = (*PAIRS, PAIRS[0])
    lines = view(digest(twice, [CHANGED]), Preferences()).paragraphs
    assert "data-note" not in lines[2][0].source


def test_a_note_is_in_the_readers_language_and_isolates_what_it_quotes():
    english, arabic = (
        view(digest(PAIRS, [CHANGED]), Preferences(language)).notes[0] for language in ("en", "ar")
    )
    assert '“<bdi dir="auto">1.8 مليار دولار</bdi>” became' in english.message
    assert '«<bdi dir="auto">$18 billion</bdi>»' in arabic.message
    assert english.anchor == arabic.anchor == "s0"


def test_severe_notes_come_first_and_keep_their_number():
    severe = flags.make("unsupported_number", "summaries.en.short.0", target="18")
    notes = view(digest(PAIRS, [CHANGED, severe]), Preferences()).notes
    assert [(note.id, note.severity) for note in notes] == [("1", "severe"), ("0", "warning")]
    assert notes[0].anchor == "summary-en-short"


def test_a_flag_on_a_summary_marks_the_summary_and_not_the_article():
    severe = flags.make("unsupported_number", "summaries.en.short.0", target="18")
    shown = view(digest(PAIRS, [severe]), Preferences())
    claims = {summary.language: summary.claims[0].text for summary in shown.summaries["short"]}
    assert "data-note" in claims["en"]
    assert "data-note" not in claims["ar"] + shown.paragraphs[0][0].target


@pytest.mark.parametrize(("language", "words"), [("en", "billion"), ("ar", "مليار")])
def test_a_mark_is_a_link_in_the_text_and_none_in_a_claim_which_is_a_button(language, words):
    on = flags.make("unsupported_number", f"summaries.{language}.short.0", target=words)
    claims = {
        summary.language: summary.claims[0].text
        for summary in view(digest(PAIRS, [CHANGED, on]), Preferences()).summaries["short"]
    }
    assert f'<span class="mark severe" data-note="1">{words}</span>' in claims[language]
    assert "<a" not in claims[language]
    line = view(digest(PAIRS, [CHANGED]), Preferences()).paragraphs[0][0]
    assert '<a class="mark warning" href="#note-0"' in line.target


@pytest.mark.parametrize(
    ("language", "said"), [("en", "does not state"), ("ar", "رقم لا يذكره المقال")]
)
def test_why_a_written_summary_is_not_the_one_is_told_in_the_readers_language(language, said):
    made = digest(PAIRS)
    for by_length in made.summaries.values():
        by_length["short"] = replace(
            by_length["short"], rejected="x", reason="unsupported_number: 99"
        )
    shown = view(made, Preferences(language)).summaries["short"]
    assert all(said in str(summary.reasons[0]) for summary in shown)
    assert made.summaries["ar"]["short"].reason == "unsupported_number: 99"


def test_flagged_words_that_are_not_there_mark_nothing():
    gone = replace(CHANGED, target="$99 billion")
    assert "data-note" not in view(digest(PAIRS, [gone]), Preferences()).paragraphs[0][0].target


def test_what_the_source_says_is_never_markup():
    shown = view(digest((("<script>x()</script> نص.", "<b onload=x>"),)), Preferences())
    line = shown.paragraphs[0][0]
    assert "<script" not in line.source
    assert "<b " not in line.target


def test_the_articles_own_summary_stands_first():
    for language in ("ar", "en"):
        shown = view(digest(PAIRS, language=language), Preferences())
        assert shown.summaries["short"][0].language == language
