"""What an answer cost."""

import math

from service.evaluation.measures.base import Case
from service.evaluation.measures.running import measures
from service.evaluation.sets import Article, Output

OUTPUTS = [
    Output("1", {"short_ar": "ثلاث كلمات هنا", "short_en": "one"}, "", seconds=2.0),
    Output("2", {"short_ar": "كلمتان هنا"}, "", seconds=None),
    Output("3", {}, "", seconds=4.0, error="engine_failed"),
]


def scores(outputs: list[Output]) -> dict[str, float]:
    cases = [Case(Article(o.article_id, "ar", "-"), o, None, "كلمتان هنا", "ar") for o in outputs]
    return {
        measure.kind.name: float(measure.aggregate(measure.statistics(cases).sum(axis=0)))
        for measure in measures()
    }


def test_seconds_rate_and_failures():
    found = scores(OUTPUTS)
    assert found["seconds"] == 3.0
    assert found["rate"] == 2.0
    assert math.isclose(found["failures"], 100 / 3)
    assert found["words"] == 2


def test_a_time_that_nobody_took_is_no_score():
    found = scores(OUTPUTS[1:2])
    assert math.isnan(found["seconds"])
    assert math.isnan(found["rate"])
