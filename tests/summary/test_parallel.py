"""The strategy of the embedded profile, over the shipped selector."""

from types import SimpleNamespace

import pytest

from service.domain import LENGTHS
from service.pipeline.run import Run
from service.summary import strategy
from tests.builders import bitext


@pytest.fixture(scope="module")
def engines(house):
    return SimpleNamespace(selector=house.pipeline().engines.selector)


@pytest.fixture(scope="module", params=["ar", "en"])
def article(request, samples):
    sample = samples[f"{request.param}-politics-01"]
    sources = sample["clean_text"].split("\n\n")
    targets = sample["translation"].split("\n\n")
    return bitext(list(zip(sources, targets, strict=True)), request.param)


def ids(summary):
    return [e.sentence_id for sentence in summary.sentences for e in sentence.evidence]


def test_both_languages_show_the_same_picks(engines, article):
    found = strategy.parallel(article, engines, LENGTHS, Run())
    for length in LENGTHS:
        assert ids(found["ar"][length]) == ids(found["en"][length])
        assert ids(found["ar"][length])


def test_a_misleading_translation_is_missing_from_the_translation_alone(engines, article):
    own, other = article.document.language.code, article.language
    free = strategy.parallel(article, engines, ["short"], Run())
    barred = set(ids(free[own]["short"]))
    found = strategy.parallel(article, engines, ["short"], Run(), barred)
    assert not barred & set(ids(found[other]["short"]))
    assert barred & set(ids(found[own]["short"]))
