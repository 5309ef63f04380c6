"""The terminal, the JSON and the gates say what the report says."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from service.errors import ConfigurationError
from service.evaluation import wording
from service.evaluation.as_json import report_json
from service.evaluation.compare import compare
from service.evaluation.gates import Limit, failures
from service.evaluation.measures import Kind
from service.evaluation.report import Report
from service.evaluation.significance import Interval
from service.evaluation.terminal import show

PERCENT = Kind("x", "X", "higher", "overlap", (), unit="%")


@pytest.fixture(scope="module")
def report(planted) -> Report:
    """The planted comparison, judged by two of its measures."""
    deciding = {"summaries.rouge2", "article.failures"}
    return replace(
        planted,
        comparisons=tuple(
            one if one.name in deciding else replace(one, p_adjusted=None)
            for one in planted.comparisons
        ),
    )


def printed(report: Report, *, everything: bool) -> str:
    out = io.StringIO()
    show(report, Console(file=out, width=80), everything=everything)
    return out.getvalue()


def test_the_terminal_shows_what_decides_within_eighty_columns(report):
    text = printed(report, everything=False)
    assert "B is significantly worse in the summaries (ROUGE-2)." in text
    assert "ROUGE-2 *" in text
    assert "Failed articles, % *" in text
    assert "New 3-grams" not in text.split("Whole answer")[1]
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text.replace(" … ", "")  # nothing is cut for want of room


def test_everything_is_shown_when_asked_signatures_too(report):
    text = printed(report, everything=True)
    assert "New 3-grams" in text
    assert report.signatures["bleu"].split("|")[-1] in text


def test_brackets_in_a_name_are_not_taken_for_markup(sample_set, references_run, measures):
    named = replace(references_run, name="[bold]x[/nothing]")
    text = printed(compare(sample_set, named, named, measures[:1]), everything=True)
    assert "[bold]x[/nothing]" in text


def test_json_is_json_and_complete(report):
    body = json.loads(json.dumps(report_json(report), allow_nan=False))
    assert body["format"] == 1
    assert body["articles"] == [article.id for article in report.articles]
    assert body["a"] == {"name": "gold", "signatures": ["gold"], "failed": {}}
    (rouge,) = [one for one in body["comparisons"] if one["name"] == "summaries.rouge2"]
    assert rouge["verdict"] == "worse"
    assert rouge["p_adjusted"] >= rouge["p_randomisation"]
    assert rouge["interval"][0] < rouge["difference"] < rouge["interval"][1] < 0
    assert len(rouge["by_article"]) == len(report.articles)
    assert rouge["wins"] + rouge["ties"] + rouge["losses"] == len(report.articles)


@pytest.mark.parametrize(
    ("limit", "missed"),
    [
        ("summaries.rouge2=10", False),
        ("summaries.rouge2=99.99", True),
        ("translation.ter=0", False),
        ("article.seconds=1.5", True),
        ("article.seconds=2", False),
    ],
)
def test_a_limit_minds_which_way_is_better(report, limit, missed):
    reasons = failures(report, [Limit.parse(limit)], if_worse=False)
    assert bool(reasons) == missed
    if missed:
        assert limit.split("=")[0] in reasons[0]


def test_worse_fails_only_when_asked_and_only_by_what_decides(report):
    assert failures(report, [], if_worse=False) == ()
    (reason,) = failures(report, [], if_worse=True)
    assert reason.startswith("summaries.rouge2 is significantly worse: −")


@pytest.mark.parametrize("text", ["rouge2", "=3", "rouge2=", "rouge2=much"])
def test_a_limit_that_is_none_is_refused(text):
    with pytest.raises(ConfigurationError, match="is not a limit"):
        Limit.parse(text)


def test_a_limit_on_nothing_or_on_a_neutral_measure_is_refused(report):
    with pytest.raises(ConfigurationError, match=r"there are: translation\.bleu"):
        failures(report, [Limit("summaries.comet", 1)], if_worse=False)
    with pytest.raises(ConfigurationError, match="neither good nor bad"):
        failures(report, [Limit("summaries.density", 1)], if_worse=False)


def test_numbers_are_written_for_people():
    nan = float("nan")
    assert wording.score(PERCENT, 41.26) == "41.3%"
    assert wording.score(PERCENT, nan) == wording.difference(PERCENT, nan) == "–"
    assert wording.difference(PERCENT, -1.25) == "−1.2"
    assert wording.difference(PERCENT, 0.04) == "0.0"
    assert wording.interval(PERCENT, Interval(-1, 2)) == "−1.0 … +2.0"
    assert [wording.p_value(p) for p in (0.0001, 0.05, 1.0, nan)] == ["<.001", ".050", "1.000", "–"]


def test_the_conclusion_when_nothing_differs_or_nothing_can_be_said(
    sample_set, references_run, measures
):
    same = compare(sample_set, references_run, references_run, measures[:3])
    assert wording.conclusion(same) == "No deciding measure shows a difference at p < .05."
    nothing = compare(sample_set, references_run, references_run, measures[:1], deciding=())
    assert wording.conclusion(nothing).startswith("Nothing could be decided")
