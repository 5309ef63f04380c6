"""Sets and outputs: what reads, what does not, and that the error names the line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Malformed
from service.evaluation.sets import (
    PARTS,
    Output,
    output_from,
    output_json,
    read_articles,
    read_outputs,
    write_outputs,
)

ARTICLE = {"id": "a1", "lang": "ar", "title": "عنوان", "text": "نص المقال."}


def lines(path: Path, *entries: object) -> Path:
    path.write_text("\n".join(json.dumps(e, ensure_ascii=False) for e in entries), "utf-8")
    return path


def test_an_article_with_references_one_or_several(tmp_path):
    entry = ARTICLE | {"short_ar": ["واحد", "اثنان"], "long_en": "One.", "translation": " "}
    (article,) = read_articles(lines(tmp_path / "set.jsonl", entry))
    assert article.references == {"short_ar": ("واحد", "اثنان"), "long_en": ("One.",)}
    assert article.language_of("translation") == "en"
    assert article.language_of("short_ar") == "ar"


def test_a_file_from_windows_reads(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(ARTICLE).encode() + b"\r\n\r\n")
    assert read_articles(path)[0].id == "a1"


def test_the_story_is_the_cleaned_text_where_the_set_has_it(sample_set):
    assert all(article.story == article.clean_text for article in sample_set)
    assert any(article.story != article.text for article in sample_set)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"lang": "ar", "text": "نص"}, "'id'"),
        (ARTICLE | {"lang": "fa"}, "'lang' must be 'ar' or 'en', not 'fa'"),
        (ARTICLE | {"text": "  "}, "'text'"),
        (ARTICLE | {"title": 7}, "'title'"),
        (ARTICLE | {"short_ar": {"text": "x"}}, "'short_ar' must be a string or a list"),
        (["a1"], "must be a JSON object"),
    ],
)
def test_a_bad_line_is_named(tmp_path, entry, told):
    path = lines(tmp_path / "set.jsonl", ARTICLE | {"id": "first"}, entry)
    with pytest.raises(Malformed, match="line 2") as refusal:
        read_articles(path)
    assert told in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"{", b"\xff\xfe"])
def test_no_article_or_no_json_is_malformed(tmp_path, content):
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(Malformed, match=r"set\.jsonl"):
        read_articles(path)


def test_an_id_twice_and_a_missing_file_are_malformed(tmp_path):
    with pytest.raises(Malformed, match="'a1' is there twice"):
        read_articles(lines(tmp_path / "set.jsonl", ARTICLE, ARTICLE))
    with pytest.raises(Malformed, match="cannot be read"):
        read_articles(tmp_path / "none.jsonl")


def test_a_digest_reads_as_an_output_bare_or_wrapped():
    digest = {
        "translation": {"text": "Text."},
        "summaries": {"ar": {"short": {"text": "قصير"}}, "en": {"long": {"text": "Long."}}},
        "signature": "khulasa|v:1",
    }
    expected = Output(
        "a1", {"translation": "Text.", "short_ar": "قصير", "long_en": "Long."}, "khulasa|v:1"
    )
    assert output_from(digest | {"id": "a1"}, where="here") == expected
    assert output_from({"id": "a1", "digest": digest}, where="here") == expected


def test_a_problem_of_batch_is_an_article_that_failed():
    line = {"id": "a1", "line": 3, "problem": {"code": "too_short", "detail": "2 words"}}
    assert output_from(line, where="here") == Output("a1", {}, "", error="too_short: 2 words")


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "a1"},
        {"id": "a1", "short_ar": 3},
        {"id": "a1", "short_ar": "x", "seconds": "fast"},
        {"id": "a1", "summaries": {"ar": {"short": {}}}},
        {"id": "a1", "summaries": {"fr": {"short": {"text": "x"}}}},
        {"id": "a1", "summaries": []},
    ],
)
def test_what_is_no_output_is_malformed(entry):
    with pytest.raises(Malformed, match="here"):
        output_from(entry, where="here")


texts = st.text(max_size=60)


@given(
    st.dictionaries(st.sampled_from(PARTS), texts, min_size=1),
    texts,
    st.none() | st.floats(0, 1e6),
)
def test_an_output_survives_its_line(parts, signature, seconds):
    output = Output("م-1", parts, signature, seconds)
    line = json.dumps(output_json(output), ensure_ascii=False)
    assert output_from(json.loads(line), where="") == output


def test_outputs_survive_their_file(tmp_path):
    outputs = [
        Output("1", {"short_ar": "سطر\u2028واحد\nواثنان"}, "s", 1.5),
        Output("2", {}, "s", error="too_short: nothing to summarize"),
    ]
    path = tmp_path / "deep" / "outputs.jsonl"
    write_outputs(path, outputs)
    assert list(read_outputs(path).values()) == outputs
