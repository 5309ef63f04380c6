import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.summary.bands import count
from service.summary.compress import shorten, tidy

CASES = tomllib.loads(Path(__file__).with_name("compression.toml").read_text("utf-8"))
WORDS = {
    "ar": "قال الرئيس إن الحكومة، مشيرا إلى أن (رويترز) «نعم» و الذي، لن بعد ٧. فيما، 3%؟",
    "en": 'said who, which (Reuters) "yes" and the while, president U.S. 7. is — adding',
}


@pytest.mark.parametrize("case", CASES["tidy"], ids=lambda case: case["becomes"][:30])
def test_datelines_links_and_second_month_names_go(case):
    assert tidy(case["text"], case["language"]) == case["becomes"]


@pytest.mark.parametrize("case", CASES["shorten"], ids=lambda case: case["becomes"][:30])
def test_closing_clauses_go_until_it_fits(case):
    assert shorten(case["text"], case["language"], case["limit"]) == case["becomes"]


@pytest.mark.parametrize("case", CASES["keep"], ids=lambda case: case["text"][:30])
def test_what_would_leave_a_stump_or_another_meaning_is_left_alone(case):
    assert shorten(case["text"], case["language"], count(case["text"]) - 2) is None


@pytest.mark.parametrize("case", CASES["keep"], ids=lambda case: case["text"][:30])
def test_a_sentence_that_fits_stays_as_it_is(case):
    assert shorten(case["text"], case["language"], 100) == case["text"]


@given(st.data(), st.sampled_from(["ar", "en"]), st.integers(5, 40))
def test_a_lighter_sentence_fits_and_has_no_word_of_its_own(data, language, limit):
    words = st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=60)
    text = " ".join(data.draw(words))
    lighter = shorten(text, language, limit)
    if lighter is not None:
        assert count(lighter) <= limit
        known = {word.strip(".،,").casefold() for word in text.split()}
        assert {word.strip(".،,").casefold() for word in lighter.split()} <= known


@pytest.mark.parametrize("language", ["ar", "en"])
def test_patterns_are_fast_on_text_made_to_trap_them(language):
    for text in ("«" * 4000, "، " * 4000, "( " * 4000, "a - " * 4000, "و" * 4000):
        tidy(text, language)
        shorten(text, language, 20)
