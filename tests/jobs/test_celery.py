"""Jobs past one machine: a real worker, over RabbitMQ and over Redis."""

import json

import pytest
import redis
from click.testing import CliRunner

from service import create_app
from service.cli import build
from service.errors import ConfigurationError
from service.house import House
from service.jobs import open_jobs
from service.settings import Settings
from tests.services import rabbitmq_server, redis_server, until
from tests.workers import done, order, running, settings_for, working

celery = pytest.importorskip("celery", reason="needs requirements-celery.txt")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.redis,
    pytest.mark.usefixtures("unhurried_redis"),
]


def days(seed, count):
    """The seed's opening over and over, each time told to be another day's."""
    return "\n\n".join(f"اليوم {n}: {seed.split(chr(10))[0]}" for n in range(count))


@pytest.fixture
def shared(tmp_path):
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    """One node for all: a start takes long."""
    with rabbitmq_server(tmp_path_factory.mktemp("broker")) as server:
        yield server


@pytest.mark.rabbitmq
def test_a_worker_that_is_killed_loses_nothing(tmp_path, broker, shared, seed, english):
    with running(broker.url, shared, tmp_path) as (jobs, worker):
        first = done(jobs, jobs.submit(order(english)))
        assert (first.state, first.attempts) == ("done", 1)
        bad = done(jobs, jobs.submit(order("كلمتان فقط")))
        assert (bad.state, bad.problem["code"]) == ("failed", "too_short")

        long = jobs.submit(order(days(seed, 40)))
        until(lambda: jobs.get(long.id).done > 0, 300)
        worker.kill()
        worker.start()
        again = done(jobs, long)
        assert (again.state, again.attempts) == ("done", 2)

        cancelled = jobs.submit(order(days(seed, 200)))
        until(lambda: jobs.get(cancelled.id).done > 0, 300)
        with redis.Redis.from_url(shared.url) as cache:
            kept = set(cache.keys("khulasa:article:*"))
            assert jobs.cancel(cancelled.id).state == "cancelled"
            # The worker has one thread: what it does next shows that it is through with this one,
            # and what is in the cache that it did not finish it.
            assert done(jobs, jobs.submit(order(english))).state == "done"
            assert set(cache.keys("khulasa:article:*")) == kept


def test_redis_can_be_the_broker_too(tmp_path, shared, english):
    with running(shared.url.replace("/0", "/1"), shared, tmp_path) as (jobs, _):
        assert done(jobs, jobs.submit(order(english))).state == "done"


@pytest.fixture
def front(broker, shared, tmp_path):
    """A front end that sends its jobs past the machine."""
    house = House(settings_for(broker.url, shared, tmp_path))
    yield create_app(house.settings, house).test_client()
    house.close()


def submit(front, text):
    body = {"text": text, "lengths": ["short"]}
    return front.post("/v1/articles", json=body, headers={"Prefer": "respond-async"})


@pytest.mark.rabbitmq
def test_a_broker_that_is_killed_loses_no_job_and_says_that_it_is_away(
    tmp_path, broker, shared, front, seed, english
):
    def state(accepted):
        return front.get(accepted.headers["Location"]).json

    def job(accepted):
        return front.application.extensions["khulasa"].jobs.get(state(accepted)["id"])

    taken = [submit(front, days(seed, 40))]  # before there is any worker
    with working(front.application.extensions["khulasa"].settings, tmp_path):
        until(lambda: state(taken[0])["done"] > 0, 300)
        taken += [submit(front, f"{english} Part {n}.") for n in range(3)]
        assert [accepted.status_code for accepted in taken] == [202] * 4
        broker.kill()
        refused = submit(front, f"{english} Too early.")
        assert (refused.status_code, refused.json["code"]) == (503, "jobs_away")
        assert refused.mimetype == "application/problem+json"
        assert int(refused.headers["Retry-After"]) >= 1
        broker.start()
        until(lambda: submit(front, f"{english} Is it back?").status_code == 202, 240)
        taken.append(submit(front, f"{english} The end."))
        until(lambda: all(job(accepted).ended for accepted in taken), 600)
        ended = [job(accepted) for accepted in taken]
    # Begun once and done: a message that came a second time was no second attempt.
    assert [(job.state, job.attempts) for job in ended] == [("done", 1)] * 5
    assert len({job.article_id for job in ended}) == 5
    for job in ended:
        assert front.get(f"/v1/articles/{job.article_id}").status_code == 200


def test_a_record_of_jobs_that_is_away_is_a_problem_and_no_fault(tmp_path, shared, english):
    house = House(settings_for(shared.url.replace("/0", "/1"), shared, tmp_path))
    front = create_app(house.settings, house).test_client()
    shared.kill()
    for response in (
        submit(front, english),
        front.get(f"/v1/jobs/{'0' * 32}"),
        front.delete(f"/v1/jobs/{'0' * 32}"),
        front.get(f"/v1/jobs/{'0' * 32}/events"),
    ):
        assert (response.status_code, response.json["code"]) == (503, "jobs_away")
    house.close()


@pytest.mark.rabbitmq
def test_an_archive_is_done_by_the_workers_and_goes_on_where_it_stopped(
    tmp_path, broker, shared, english
):
    settings = settings_for(broker.url, shared, tmp_path)
    stories = [f"{english} Part {n}." for n in range(3)]
    lines = [json.dumps({"id": n, "text": t}) for n, t in enumerate([*stories, "كلمتان فقط"])]
    archive, answers = tmp_path / "archive.jsonl", tmp_path / "answers.jsonl"
    environment = {
        "KHULASA_JOBS": "celery",
        "KHULASA_BROKER_URL": settings.broker_url,
        "KHULASA_CACHE_URL": settings.cache_url,
        "KHULASA_DATA_DIR": str(settings.data_dir),
    }

    def batch():
        outcome = CliRunner().invoke(
            build(), ["batch", str(archive), str(answers)], env=environment
        )
        assert outcome.exit_code == 0, outcome.output
        return [json.loads(line) for line in answers.read_text("utf-8").splitlines()]

    with working(settings, tmp_path):
        archive.write_text("\n".join(lines[:2]) + "\n", "utf-8")
        first = batch()
        archive.write_text("\n".join(lines) + "\n", "utf-8")
        # As a crash may leave it: a line that is torn is done again.
        answers.write_text(answers.read_text("utf-8") + '{"line": 3, "id"', "utf-8")
        whole = batch()
    assert [answer["line"] for answer in whole] == [1, 2, 3, 4]
    assert whole[:2] == first
    for number, answer in enumerate(whole[:3]):
        assert answer["digest"]["text"].endswith(f"Part {number}.")
    assert whole[3]["problem"]["code"] == "too_short"
    # The workers did it: nothing was kept here.
    house = House(settings)
    assert not house.history.find("", 10, None)
    house.close()


def test_without_broker_or_shared_cache_it_says_what_is_missing(tmp_path):
    with pytest.raises(ConfigurationError, match="KHULASA_BROKER_URL"):
        open_jobs(Settings(data_dir=tmp_path, jobs="celery"), lambda *_: "")
