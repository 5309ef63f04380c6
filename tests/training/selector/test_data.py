import json

import pytest

pytest.importorskip("torch", reason="needs requirements-models.txt")

from training.selector.config import Config, Fit, Shape, Source
from training.selector.data import load

TEXT = {
    "ar": "أعلن البنك المركزي رفع أسعار الفائدة يوم {0}. وقال المحافظ إن القرار رقم {0} نهائي.",
    "en": "The central bank raised rates on day {0}. The governor said decision {0} was final.",
}


def config(*sources):
    plans = Shape(8, 4, 0.0), Fit(1, 8, 3, 25.0, 0.6, 1e-2, 0.0)
    return Config("s", 1, 1, 2, 1, sources, *plans)


@pytest.fixture(params=["ar", "en"])
def corpus(request, tmp_path):
    rows = [
        {
            "lang": request.param,
            "title": "",
            "text": " ".join(TEXT[request.param].format(f"{n}{k}") for k in range(4)),
            "summary": TEXT[request.param].format(n),
        }
        for n in range(120)
    ]
    (tmp_path / "weak.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return tmp_path


def test_a_source_of_weight_0_gives_its_tests_and_nothing_to_learn_from(corpus):
    found = load(config(Source("weak", "weak.jsonl", use="both", weight=0.0)), corpus)
    assert not found.train
    assert found.tests["weak"]


def test_a_source_of_no_weight_and_no_tests_is_not_even_read(corpus):
    found = load(config(Source("gone", "nowhere.jsonl", weight=0.0)), corpus)
    assert not found.train
    assert not found.tests


def test_what_is_kept_for_tests_is_not_learned_from(corpus):
    found = load(config(Source("weak", "weak.jsonl", use="both", weight=0.3)), corpus)
    learned = {article.id for article in found.train}
    assert learned
    assert not learned & {article.id for article in found.tests["weak"]}
    assert {article.weight for article in found.train} == {0.3}
