import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.batch import answers, resume_at
from service.errors import EngineFailed, TooShort


def echo(article):
    if article.text == "short":
        raise TooShort("two words", words=2)
    return {"text": article.text, "language": article.language}


def lines(*texts):
    return [json.dumps({"id": f"n{i}", "text": text}) for i, text in enumerate(texts)]


def test_line_n_of_the_output_answers_line_n_of_the_input():
    found = list(answers(lines("أ", "short", "ج"), 0, echo, threads=3))
    assert [(answer["line"], answer["id"]) for answer in found] == [(1, "n0"), (2, "n1"), (3, "n2")]
    assert found[0]["digest"]["text"] == "أ"
    assert found[1]["problem"]["code"] == "too_short"
    assert found[1]["problem"]["words"] == 2


@pytest.mark.parametrize(
    "line", ["", "{", "[]", '{"text": 5}', '{"text": "a", "language": "fr"}', "\ufffd"]
)
def test_a_line_that_is_no_article_is_its_own_problem(line):
    (answer,) = answers([line], 0, echo, threads=1)
    assert answer["problem"]["code"] == "malformed"


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"text": "خبر", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"text": "خبر", "id": ' + "[" * 40 + "]" * 40 + "}",
        '{"text": "خبر", "id": "\\ud800"}',
        '{"text": "story", "id": {"a": ["\\udfff"]}}',
    ],
    ids=["deep", "deep member", "deep id", "half a character", "half a character inside"],
)
def test_a_line_that_cannot_be_answered_under_its_id_does_not_stop_the_others(line):
    first, second = answers([line, *lines("أ")], 0, echo, threads=1)
    assert (first["line"], first["id"], first["problem"]["code"]) == (1, None, "malformed")
    assert json.dumps(first, ensure_ascii=False).encode()
    assert second["digest"]["text"] == "أ"


@pytest.mark.parametrize("name", ["n0", 5, None, ["a", {"b": "خبر"}]])
def test_an_id_is_given_back_as_it_came(name):
    (answer,) = answers([json.dumps({"id": name, "text": "أ"})], 0, echo, threads=1)
    assert answer["id"] == name


def test_what_is_not_the_lines_fault_ends_the_run():
    def broken(article):
        raise EngineFailed("broke")

    with pytest.raises(EngineFailed):
        list(answers(lines("أ"), 0, broken, threads=1))


def test_a_torn_last_line_is_done_again(tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text('{"line": 1}\n{"line": 2}\n{"li', encoding="utf-8")
    assert resume_at(output) == 2
    assert output.read_text("utf-8") == '{"line": 1}\n{"line": 2}\n'
    assert resume_at(tmp_path / "none.jsonl") == 0


@given(st.integers(0, 12), st.integers(1, 12), st.integers(1, 4))
def test_wherever_it_stopped_the_whole_is_as_in_one_go(stopped, count, threads):
    given_lines = lines(*(f"مقال {number}" for number in range(count)))
    whole = list(answers(given_lines, 0, echo, threads))
    stopped = min(stopped, count)
    assert whole[:stopped] + list(answers(given_lines, stopped, echo, threads)) == whole


def test_memory_is_bounded_however_long_the_archive():
    read = 0

    def archive():
        nonlocal read
        for number in range(1000):
            read += 1
            yield json.dumps({"text": f"مقال {number}"})

    stream = answers(archive(), 0, echo, threads=2)
    next(stream)
    assert read <= 5
    assert sum(1 for _ in stream) == 999
