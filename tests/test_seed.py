"""The seed article end to end, as a newcomer runs it, against what is on record.

After a change that is meant to change answers: ``python -m bench.readme`` writes the record anew.
"""

import json
import re
from pathlib import Path

import pytest

from bench.readme import demo, digest, golden
from service.checks import read

RECORD = json.loads(Path("tests/golden/seed.json").read_text("utf-8"))
DEBRIS = ("اقرأ المزيد", "Related Nodes", "نقلاً", "اندبندنت", "Independent", "Read more")


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return digest(tmp_path_factory.mktemp("http"))


def test_the_same_signature_gives_the_same_bytes(answer):
    assert answer["signature"] == RECORD["signature"], "new models or rules: see the module's top"
    assert golden(answer) == RECORD


def test_the_readme_shows_what_the_demo_prints(tmp_path):
    shown = re.search(
        r"<!-- demo -->\n```text\n(.*?)\n```", Path("README.md").read_text("utf-8"), re.S
    )
    assert shown[1] == demo(tmp_path)


def test_no_debris_reaches_a_reader(answer):
    texts = [answer["translation"]["text"], *(s["text"] for s in summaries(answer))]
    for debris in DEBRIS:
        assert not any(debris in text for text in texts)


def test_the_arabic_summaries_name_who_it_is_about(answer):
    for summary in answer["summaries"]["ar"].values():
        assert "ماسك" in summary["text"]
        assert "بوتين" in summary["text"]


def test_every_number_of_a_summary_is_in_the_article(answer):
    known = {quantity.value for quantity in read(answer["text"], "ar")}
    for language, by_length in answer["summaries"].items():
        for summary in by_length.values():
            written = read(summary["text"], language)
            figures = {q.value for q in written if any(c.isdigit() for c in q.text)}
            assert figures <= known


def test_the_bands_hold(answer):
    for summary, words, sentences in (
        *((s["short"], 45, 2) for s in answer["summaries"].values()),
        *((s["long"], 130, 6) for s in answer["summaries"].values()),
    ):
        assert summary["words"] <= words
        assert 1 <= len(summary["sentences"]) <= sentences


def summaries(answer):
    return [s for by_length in answer["summaries"].values() for s in by_length.values()]
