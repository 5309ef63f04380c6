import pytest

from service import flags
from service.summary.abstain import abstain
from service.web.reasons import isolated, why
from tests.builders import bitext, picked

QUOTED = {
    "en": "The summary has a number that the article does not state: “<bdi dir=\"auto\">99</bdi>”.",
    "ar": "في الملخّص رقم لا يذكره المقال: «<bdi dir=\"auto\">99</bdi>».",
}  # fmt: skip
BARE = {
    "en": "Nothing in the article supports this sentence.",
    "ar": "لا شيء في المقال يسند هذه الجملة.",
}
languages = pytest.mark.parametrize("language", ["ar", "en"])


@languages
def test_codes_are_worded_in_the_readers_language(language):
    said = why("unsupported_number: 99; unsupported", language)
    assert said == (QUOTED[language], BARE[language])


@languages
def test_a_semicolon_in_the_words_concerned_ends_nothing(language):
    (said,) = why("unknown_quote: قال; وعاد; unsupported ones", language)
    assert "قال; وعاد; unsupported ones" in said


@languages
def test_a_code_that_is_gone_or_wants_more_stands_as_it_is(language):
    assert why("gone_code: <b>", language) == ("gone_code: &lt;b&gt;",)
    assert why("number_changed: 9", language) == ("number_changed: 9",)


@languages
def test_no_severe_flag_leaves_a_brace_or_its_code(language):
    for kind in flags.catalogue().values():
        if kind.severity != "severe":
            continue
        for reason in (kind.code, f"{kind.code}: {{x}}"):
            (said,) = why(reason, language)
            assert kind.code not in said
            assert "{x}" in said or "{" not in said


def test_what_is_quoted_is_isolated_and_never_markup():
    assert isolated("a <b> c", "<b>") == 'a <bdi dir="auto">&lt;b&gt;</bdi> c'
    assert isolated("a <b>") == "a &lt;b&gt;"


def test_no_reason_has_no_words():
    assert why("", "en") == ()


def test_what_the_pipeline_says_is_worded():
    pair = (("باع المصنع 15 محطة.", "The factory sold 15 stations."),)
    text = bitext(pair)
    written = picked(text, "en", "short", 0)
    written = type(written)(
        "en", "short",
        tuple(type(s)("The factory sold 99 stations.", s.evidence) for s in written.sentences),
        "seq2seq",
    )  # fmt: skip
    instead, _ = abstain(text, written, lambda language, length: picked(text, language, length, 0))
    assert instead.reason.startswith("unsupported_number: 99")
    assert why(instead.reason, "en")[0] == QUOTED["en"]
    assert why(instead.reason, "ar")[0] == QUOTED["ar"]
