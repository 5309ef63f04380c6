import json

import pytest
from click.testing import CliRunner

from service.cli import build


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KHULASA_DATA_DIR", str(tmp_path / "data"))
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"text": "خبر", "id": "\ud800"}) + "\n" + '{"text": ""}\n')
    return lambda output: CliRunner().invoke(build(), ["batch", str(source), str(output)])


def is_one_line(ended, exit_code):
    assert ended.exit_code == exit_code
    (line,) = ended.stderr.splitlines()
    assert line.startswith("khulasa: ")
    return line


def test_a_line_whose_id_cannot_be_written_is_gone_past(run, tmp_path):
    output = tmp_path / "out.jsonl"
    assert run(output).exit_code == 0
    answered = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [answer["problem"]["code"] for answer in answered] == ["malformed", "too_short"]


def test_an_output_in_a_folder_that_is_not_there_is_told_in_one_line(run, tmp_path):
    assert "nowhere/out.jsonl" in is_one_line(run(tmp_path / "nowhere" / "out.jsonl"), 3)


def test_a_data_folder_that_cannot_be_one_is_told_in_one_line(run, tmp_path):
    (tmp_path / "data").write_text("a file")
    assert "KHULASA_DATA_DIR" in is_one_line(run(tmp_path / "out.jsonl"), 2)


def test_a_file_that_is_damaged_is_told_in_one_line(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "desk.sqlite").write_bytes(b"no database at all" * 100)
    assert "desk.sqlite" in is_one_line(run(tmp_path / "out.jsonl"), 2)
