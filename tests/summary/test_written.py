from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import LENGTHS, Language, Length
from service.engines.protocol import Generated
from service.summary.bands import BANDS, count
from service.summary.written import whole_sentences, within_band


def written(text: str, tokens: int = 10) -> Generated:
    return Generated(text, 0.5, tokens)


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "He left. She stayed beca", ["He left."]),
        ("en", 'He said: "I am leaving." She st', ['He said: "I am leaving."']),
        ("ar", "غادر الوزير. وبقيت الوزيرة لأنّ", ["غادر الوزير."]),
        ("ar", "هل غادر الوزير؟ لم يجب الم", ["هل غادر الوزير؟"]),
        ("en", "He left bec", []),
    ],
)
def test_a_sentence_that_ran_out_of_tokens_is_cut_off(
    language: Language, text: str, whole: list[str]
) -> None:
    assert whole_sentences(written(text, tokens=20), language, max_tokens=20) == whole


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "Police say two men were held", "Police say two men were held."),
        ("ar", "قالت الشرطة إنها أوقفت رجلين", "قالت الشرطة إنها أوقفت رجلين."),
        ("ar", "قال الوزير: «لن نقبل».", "قال الوزير: «لن نقبل»."),
        ("en", "Two  men\nwere held .", "Two men were held ."),
    ],
)
def test_a_sentence_that_only_lacks_its_full_stop_gets_one(
    language: Language, text: str, whole: str
) -> None:
    assert whole_sentences(written(text), language, max_tokens=20) == [whole]


def test_what_has_no_letter_is_no_sentence() -> None:
    assert whole_sentences(written("… 12 . He left."), "en", 20)[-1] == "He left."
    assert whole_sentences(written(". ."), "en", 20) == []
    assert whole_sentences(written(""), "ar", 20) == []


def test_a_repetition_is_left_out_also_in_another_spelling() -> None:
    arabic = ["إنّه وصل.", "ثم غادر.", "انه وصل."]
    assert within_band([arabic], "long", 100) == ["إنّه وصل.", "ثم غادر."]
    english = [["It came."], ["It went.", "IT CAME."]]
    assert within_band(english, "long", 100) == ["It came.", "It went."]


def test_every_passage_has_its_say_before_any_has_a_second() -> None:
    passages = [[f"Passage {p}, sentence {s}." for s in range(3)] for p in range(4)]
    assert within_band(passages, "long", 1000) == [
        "Passage 0, sentence 0.",
        "Passage 0, sentence 1.",
        "Passage 1, sentence 0.",
        "Passage 1, sentence 1.",
        "Passage 2, sentence 0.",
        "Passage 3, sentence 0.",
    ]


@given(
    st.lists(st.integers(1, 80).map(lambda n: " ".join(["كلمة"] * n)), min_size=1, unique=True),
    st.sampled_from(LENGTHS),
    st.integers(1, 2000),
)
def test_the_band_is_kept_wherever_one_sentence_fits(
    sentences: list[str], length: Length, article_words: int
) -> None:
    taken = within_band([sentences], length, article_words)
    limit = BANDS[length].limit(article_words)
    assert 1 <= len(taken) <= BANDS[length].max_sentences
    if min(map(count, sentences)) <= limit:
        assert sum(map(count, taken)) <= limit
    else:
        assert taken == [min(sentences, key=count)]
