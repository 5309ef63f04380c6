"""A running service as a system: its key, its limits, its jobs and its refusals are minded."""

import time
from collections.abc import Iterator

import pytest

from service.errors import RemoteFailed
from service.evaluation.collect import collect
from service.evaluation.remote import Remote
from service.evaluation.sets import Article
from tests.evaluation.small_service import KEY, Service, serving

ARTICLES = [Article(f"a{n}", "ar", f"نص المقال رقم {n}.", title="عنوان") for n in range(6)]


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    made = Service()
    with serving(made) as url:
        yield made, url


def test_articles_go_out_and_digests_come_back(service):
    made, url = service
    remote = Remote(url, KEY)
    assert remote.signature() == "khulasa|v:test"
    output = remote.make(ARTICLES[3])
    assert output.parts == {"translation": "Article 3.", "short_ar": "ملخص 3"}
    assert output.signature == "khulasa|v:test"
    assert output.seconds is not None
    assert made.asked == [{"text": "نص المقال رقم 3.", "title": "عنوان", "language": "ar"}]


def test_a_set_larger_than_the_quota_is_finished_by_waiting_as_told(service):
    made, url = service
    made.quota = 2
    started = time.monotonic()
    run = collect(Remote(url, KEY), ARTICLES, jobs=3)
    assert [output.parts["short_ar"] for output in run.outputs.values()] == [
        f"ملخص {n}" for n in range(6)
    ]
    assert made.refused
    assert time.monotonic() - started >= 1
    assert not run.failed


def test_work_that_became_a_job_is_polled_until_it_ends(service):
    made, url = service
    made.as_job = True
    remote = Remote(url, KEY)
    assert remote.make(ARTICLES[1]).parts["translation"] == "Article 1."
    assert made._polls == {"1": 3}
    assert remote.make(ARTICLES[5]).error == "failed: it broke"


def test_a_job_that_never_ends_fails_its_article(service):
    made, url = service
    made.as_job = True
    made._polls["1"] = -1_000_000
    assert "did not end" in str(Remote(url, KEY, timeout_s=2.0).make(ARTICLES[1]).error)


def test_an_article_that_is_refused_fails_alone(service):
    _, url = service
    run = collect(Remote(url, KEY), [ARTICLES[0], Article("short", "ar", "قصير")])
    assert run.outputs["short"].error == "too_short: Nothing to summarize"
    assert run.outputs["a0"].error is None


def test_an_answer_from_the_services_cache_has_no_time(service):
    made, url = service
    made.cached = True
    assert Remote(url, KEY).make(ARTICLES[0]).seconds is None


@pytest.mark.parametrize("key", [None, "wrong"])
def test_without_the_key_nothing_is_compared(service, key):
    _, url = service
    with pytest.raises(RemoteFailed, match="answers 401, unauthenticated"):
        collect(Remote(url, key), ARTICLES)


def test_nobody_there_and_somebody_else_there():
    with pytest.raises(RemoteFailed, match="does not answer"):
        Remote("http://127.0.0.1:9").signature()


def test_what_is_not_khulasa_is_said_so(service):
    made, url = service
    made.app.view_functions["<lambda>"] = lambda: "hello"
    with pytest.raises(RemoteFailed, match="is it Khulasa"):
        Remote(url, KEY).signature()


def test_a_quota_that_never_frees_is_given_up(service):
    made, url = service
    made.quota = -1_000_000
    made._post = None  # type: ignore[method-assign]
    made.app.view_functions["_post"] = lambda: made._problem(429, "quota_exceeded", "No")
    with pytest.raises(RemoteFailed, match="429, quota_exceeded"):
        Remote(url, KEY, retries=1).make(ARTICLES[0])
