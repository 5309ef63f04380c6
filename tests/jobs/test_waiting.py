import pytest

from service.domain import Article
from service.errors import Cancelled, JobsAway, KhulasaError, NotFound, TooShort
from service.jobs import waiting
from service.jobs.protocol import Job, Order
from service.jobs.waiting import see_through

ORDER = Order(article=Article(text="مقال"))


class Elsewhere:
    """Jobs that go the way they were told; an error among the steps is raised once."""

    def __init__(self, *steps):
        self.steps, self.submitted = list(steps), 0

    def submit(self, order):
        self.submitted += 1
        return self._next()

    def get(self, job_id):
        return self._next()

    def _next(self):
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step


def job(state, **facts):
    return Job(id="j", state=state, **facts)


@pytest.fixture(autouse=True)
def slept(monkeypatch):
    pauses = []
    monkeypatch.setattr(waiting.time, "sleep", pauses.append)
    return pauses


def test_it_waits_until_the_digest_is_there():
    jobs = Elsewhere(job("queued"), job("running"), job("done", article_id="a" * 64))
    assert see_through(jobs, ORDER) == "a" * 64


def test_it_waits_for_room_and_for_a_broker_that_is_away(slept):
    away = JobsAway("away", retry_after=10)
    done = job("done", article_id="a" * 64)
    jobs = Elsewhere(away, away, job("queued"), JobsAway("away", retry_after=999), done)
    assert see_through(jobs, ORDER) == "a" * 64
    assert (jobs.submitted, slept) == (3, [10, 10, 0.2, 30.0])


def test_what_is_wrong_with_the_article_is_said_in_its_own_kind():
    problem = {"title": "…", "status": 422, "code": "too_short", "detail": "كلمتان", "words": 2}
    with pytest.raises(TooShort, match="كلمتان") as short:
        see_through(Elsewhere(job("failed", problem=problem)), ORDER)
    assert short.value.details == {"words": 2}


def test_any_other_failure_is_no_fault_of_the_article():
    problem = {"title": "…", "status": 500, "code": "engine_failed", "detail": "it broke"}
    with pytest.raises(KhulasaError, match="it broke") as broke:
        see_through(Elsewhere(job("failed", problem=problem)), ORDER)
    assert type(broke.value) is KhulasaError
    with pytest.raises(Cancelled):
        see_through(Elsewhere(job("cancelled")), ORDER)
    with pytest.raises(NotFound):
        see_through(Elsewhere(job("queued"), NotFound("gone")), ORDER)
