"""The hand-made cases hold the checks to the precision and recall that docs/checks.md promises."""

import json
from collections import Counter
from pathlib import Path

import pytest

from service.checks import check_pair

CASES = [
    json.loads(line)
    for path in sorted(Path(__file__).with_name("cases").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
FAMILIES = ("number", "date", "money", "name", "negation", "quote")


def raised(case):
    return {
        flag.code
        for flag in check_pair(
            case["source"],
            case["source_language"],
            case["target"],
            case["target_language"],
            case.get("relation"),
        )
    }


def test_there_are_enough_cases_and_half_of_them_are_sound():
    assert len(CASES) >= 220
    assert 0.4 < sum(not case["expected"] for case in CASES) / len(CASES) < 0.65
    directions = Counter((case["source_language"], case["target_language"]) for case in CASES)
    assert min(directions["ar", "en"], directions["en", "ar"]) > 100


@pytest.mark.parametrize("family", FAMILIES)
def test_precision_and_recall(family):
    def of_family(codes):
        return any(family in code.split("_") for code in codes)

    outcomes = Counter((of_family(case["expected"]), of_family(raised(case))) for case in CASES)
    right, missed, wrong = (outcomes[key] for key in [(True, True), (True, False), (False, True)])
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.9


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case["expected"]], ids=lambda case: case["target"][:40]
)
def test_nothing_is_said_of_a_sound_text(case):
    assert raised(case) == set()
