"""docs/compare.md names every measure, option and deciding comparison that there is."""

import re
from pathlib import Path

import pytest

from service.cli.compare import compare_command
from service.evaluation.compare import DECIDING
from service.evaluation.measures import standard
from service.evaluation.measures.base import SCOPES
from service.evaluation.sets import PARTS

DOC = Path("docs/compare.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", DOC))


def test_every_measure_and_scope_is_documented():
    measures = {measure.kind.name for measure in standard()}
    missing = {name for name in measures if not name.startswith("flag-")} - NAMED
    assert not missing
    assert set(SCOPES) <= NAMED
    assert set(PARTS) <= NAMED


def test_what_decides_is_documented_and_exists():
    measures = {measure.kind.name for measure in standard()}
    for name in DECIDING:
        assert name in NAMED
        assert name.split(".", 1)[1] in measures


@pytest.mark.parametrize("option", [o for p in compare_command.params for o in p.opts])
def test_every_option_is_documented(option):
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", DOC)


def test_the_drift_units_use_options_that_exist():
    known = {option for parameter in compare_command.params for option in parameter.opts}
    unit = Path("deploy/khulasa-drift.service").read_text("utf-8")
    used = set(re.findall(r"(?<=\s)--[a-z-]+", unit.split("ExecStart=")[1].split("\nNo")[0]))
    assert used
    assert used <= known
