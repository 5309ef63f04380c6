"""Map-reduce, bands and fallbacks, over a generator whose answers a test can foresee.

That the same holds over real BART, T5 and mT5 classes is in test_seq2seq_models.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest

from service.domain import Evidence, Language
from service.engines.protocol import Decoding, Generated
from service.errors import Cancelled, EngineFailed
from service.pipeline.run import Progress, Run
from service.summary.bands import BANDS, count
from service.summary.prompts import prompts_for
from service.summary.seq2seq import Seq2SeqSummarizer

TEXTS: dict[Language, list[str]] = {
    "en": [f"In town {i} the council met and voted for the plan." for i in range(1, 900)],
    "ar": [f"في المدينة {i} اجتمع المجلس وأقر الخطة بالإجماع." for i in range(1, 900)],
}


def first_sentences(number: int) -> Callable[[str], str]:
    def answer(prompt: str) -> str:
        text = prompt.removeprefix("summarize: ")
        return " ".join(part + "." for part in text.split(".")[:number] if part.strip())

    return answer


class Scripted:
    """A generator of 120 tokens, a word each and one for the end, with a foreseeable answer."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        self.answer = answer
        self.prompts: list[str] = []

    def max_source_tokens(self) -> int:
        return 120

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 1

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[Generated]:
        assert all(self.count_tokens(prompt) <= self.max_source_tokens() for prompt in prompts)
        self.prompts += prompts
        return [Generated(self.answer(prompt), 0.9, 5) for prompt in prompts]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_text_that_fits_is_asked_about_once_for_each_length(language: Language) -> None:
    generator = Scripted(first_sentences(5))
    summarizer = Seq2SeqSummarizer(generator, prompts_for("mt5"))
    sentences = TEXTS[language][:9]
    found = summarizer.summarize(sentences, language, ["short"], None, Run())
    assert generator.prompts == [" ".join(sentences)]
    assert [s.text for s in found["short"]] == sentences[:2]
    assert found["short"][0].evidence == ()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_mt5_writes_the_long_summary_passage_by_passage(language: Language) -> None:
    generator = Scripted(first_sentences(1))
    summarizer = Seq2SeqSummarizer(generator, prompts_for("mt5"))
    sentences = TEXTS[language][:10]
    found = summarizer.summarize(sentences, language, ["long"], None, Run())
    assert len(generator.prompts) == 5
    assert [s.text for s in found["long"]] == sentences[::2]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_long_article_is_summed_up_part_by_part_within_its_bands(language: Language) -> None:
    generator = Scripted(first_sentences(3))
    summarizer = Seq2SeqSummarizer(generator, prompts_for("mt5"))
    found = summarizer.summarize(TEXTS[language], language, ["short", "long"], None, Run())
    assert list(found) == ["short", "long"]
    for length, written in found.items():
        band = BANDS[length]
        assert band.min_sentences <= len(written) <= band.max_sentences
        assert sum(count(s.text) for s in written) <= band.max_words
        assert {s.text for s in written} <= set(TEXTS[language])
    # The long summary draws on the whole article, not on its opening.
    assert TEXTS[language].index(found["long"][-1].text) > len(TEXTS[language]) // 2


def test_the_cost_is_linear_in_the_article() -> None:
    def calls(number: int) -> int:
        generator = Scripted(first_sentences(3))
        summarizer = Seq2SeqSummarizer(generator, prompts_for("t5"))
        summarizer.summarize(TEXTS["en"][:number], "en", ["short", "long"], None, Run())
        return len(generator.prompts)

    assert calls(800) < 9 * calls(100)


def test_a_part_that_talks_too_much_cannot_keep_the_text_from_shrinking() -> None:
    generator = Scripted(lambda prompt: prompt.removeprefix("summarize: "))
    summarizer = Seq2SeqSummarizer(generator, prompts_for("t5"))
    found = summarizer.summarize(TEXTS["en"][:200], "en", ["short"], None, Run())
    assert len(generator.prompts) < 60
    assert len(found["short"]) == 2


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("number", [4, 200])
def test_where_nothing_whole_is_written_the_opening_stands_in(
    language: Language, number: int
) -> None:
    summarizer = Seq2SeqSummarizer(Scripted(lambda prompt: "..."), prompts_for("mt5"))
    sentences = TEXTS[language][:number]
    found = summarizer.summarize(sentences, language, ["short", "long"], None, Run())
    for length, written in found.items():
        assert written[0].text == sentences[0]
        assert [s.evidence for s in written] == [(Evidence(i, 1.0),) for i in range(len(written))]
        assert sum(count(s.text) for s in written) <= BANDS[length].limit(
            sum(map(count, sentences))
        )


def test_a_short_article_gets_a_shorter_summary_never_over_half_of_it() -> None:
    summarizer = Seq2SeqSummarizer(Scripted(first_sentences(9)), prompts_for("mt5"))
    sentences = TEXTS["en"][:4]
    found = summarizer.summarize(sentences, "en", ["long"], None, Run())
    assert sum(count(s.text) for s in found["long"]) <= sum(map(count, sentences)) // 2


def test_nothing_comes_of_nothing() -> None:
    summarizer = Seq2SeqSummarizer(Scripted(first_sentences(1)), prompts_for("mt5"))
    assert summarizer.summarize([], "ar", ["short", "long"], None, Run()) == {
        "short": [],
        "long": [],
    }


def test_a_cancelled_run_stops_between_batches() -> None:
    run = Run(cancelled=threading.Event())
    generator = Scripted(first_sentences(3))
    answered = generator.answer

    def cancel_then_answer(prompt: str) -> str:
        run.cancelled.set()
        return answered(prompt)

    generator.answer = cancel_then_answer
    with pytest.raises(Cancelled):
        summarizer = Seq2SeqSummarizer(generator, prompts_for("t5"))
        summarizer.summarize(TEXTS["en"], "en", ["short"], None, run)
    assert len(generator.prompts) == 4


def test_progress_is_told() -> None:
    told: list[Progress] = []
    summarizer = Seq2SeqSummarizer(Scripted(first_sentences(3)), prompts_for("t5"))
    summarizer.summarize(TEXTS["en"][:100], "en", ["short"], None, Run(listener=told.append))
    assert all(p.stage == "summarize" and 0 < p.done <= p.total for p in told)
    assert told[-1].done == told[-1].total


def test_a_model_too_small_for_its_own_prompt_is_an_engine_failure() -> None:
    generator = Scripted(first_sentences(1))
    generator.max_source_tokens = lambda: 10  # type: ignore[method-assign]
    with pytest.raises(EngineFailed, match="leaves 9 tokens"):
        Seq2SeqSummarizer(generator, prompts_for("bart")).summarize(
            TEXTS["en"][:3], "en", ["short"], None, Run()
        )
