"""Pivot and native over real classes: the profiles as shipped, with small random models."""

from __future__ import annotations

import pytest

from service.domain import LANGUAGES, LENGTHS, Bitext, Language
from service.engines.load import Engines, load
from service.engines.profiles import load_profile
from service.pipeline.run import Run
from service.settings import Settings
from service.summary.strategy import summarize
from tests.builders import bitext
from tests.engines.checkpoints import ARABIC, ENGLISH

pytestmark = pytest.mark.torch


def engines(house: Settings, name: str) -> Engines:
    return load(load_profile(name, house), house)


def article(language: Language) -> Bitext:
    pairs = list(zip(ARABIC, ENGLISH, strict=True)) * 3
    return bitext(pairs if language == "ar" else [(e, a) for a, e in pairs], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["opus", "mt5-xlsum"])
def test_four_summaries_come_of_either_strategy(
    small_house: Settings, name: str, language: Language
) -> None:
    found = summarize(article(language), engines(small_house, name), LENGTHS, Run())
    for of in LANGUAGES:
        assert list(found[of]) == list(LENGTHS)
        for length, summary in found[of].items():
            assert (summary.language, summary.length) == (of, length)
            assert summary.sentences
            ids = [e.sentence_id for s in summary.sentences for e in s.evidence]
            assert all(0 <= number < 15 for number in ids)


def test_pivot_summarizes_english_and_translates_it(small_house: Settings) -> None:
    opus = engines(small_house, "opus")
    found = summarize(article("ar"), opus, ["long"], Run())
    english, arabic = found["en"]["long"], found["ar"]["long"]
    assert len(arabic.sentences) == len(english.sentences)
    assert [s.evidence for s in arabic.sentences] == [s.evidence for s in english.sentences]
    assert arabic.method == english.method


def test_the_opening_that_stands_in_for_a_useless_text_is_called_what_it_is(
    small_house: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.summary.seq2seq.whole_sentences", lambda *_: [])
    text = article("en")
    found = summarize(text, engines(small_house, "opus"), LENGTHS, Run())
    for length in LENGTHS:
        summary = found["en"][length]
        assert summary.method == "extractive"
        assert summary.sentences[0].text == text.document.sentences[0].text
        assert summary.sentences[0].evidence[0].score == 1.0
