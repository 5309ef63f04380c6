import json
import re
from pathlib import Path

import pytest

from service.observability.metrics import Metrics

ROW = re.compile(r"^\| `(khulasa_\w+)` \| (.*?) \|", re.M)


def test_the_table_says_every_metric_with_its_labels_and_no_other():
    rows = {m[1]: [] if m[2] == "none" else m[2].split(", ") for m in ROW.finditer(_page())}
    assert rows == {_exposed(m): list(m._labelnames) for m in _instruments()}


def _page():
    return Path("docs/metrics.md").read_text("utf-8")


def _instruments():
    return Metrics().registry._collector_to_names


def _exposed(instrument):
    return instrument._name + ("_total" if instrument._type == "counter" else "")


EXPRESSIONS = [
    target["expr"]
    for panel in json.loads(Path("deploy/grafana.json").read_text("utf-8"))["panels"]
    for target in panel["targets"]
]


def _series():
    """Each name that a scrape may have, with its labels."""
    series = {}
    for metric in set(_instruments()):
        histogram = metric._type == "histogram"
        for ending in ("_bucket", "_sum", "_count") if histogram else ("",):
            labels = {*metric._labelnames, *(["le"] if ending == "_bucket" else [])}
            series[_exposed(metric) + ending] = labels
    return series


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_dashboard_asks_for_series_and_labels_that_exist(expression):
    asked = re.findall(r"khulasa_\w+", expression)
    series = _series()
    assert asked
    assert set(asked) <= series.keys()
    labels = {
        name for group in re.findall(r"by \(([^)]*)\)", expression) for name in group.split(", ")
    }
    labels |= set(re.findall(r"[{,]\s*(\w+)=", expression))
    assert labels <= set.union(*(series[name] for name in asked))


def test_the_dashboard_shows_every_metric():
    shown = " ".join(EXPRESSIONS)
    assert [name for name in {_exposed(m) for m in _instruments()} if name not in shown] == []
