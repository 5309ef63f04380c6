"""A client's own quota: counted, shared, and never a reason to fail."""

import time

import pytest

from service import create_app
from service.api import limits
from service.errors import ConfigurationError, QueueFull
from service.house import House
from service.settings import Settings
from tests.services import redis_server, until

REAL_TIME = time.time


@pytest.fixture
def limited(tmp_path):
    houses = []

    def make(rate, **settings):
        house = House(Settings(data_dir=tmp_path / str(len(houses)), rate_limit=rate, **settings))
        houses.append(house)
        return create_app(house.settings, house).test_client()

    yield make
    for house in houses:
        house.close()


def statuses(client, count):
    return [client.get("/languages").status_code for _ in range(count)]


def test_beyond_the_quota_it_is_429_and_says_when_to_come_back(limited):
    client = limited("2/minute")
    assert statuses(client, 2) == [200, 200]
    refused = client.get("/languages")
    assert (refused.status_code, refused.json["code"]) == (429, "quota_exceeded")
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert client.get("/health/live").status_code == client.get("/metrics").status_code == 200


def test_every_answer_says_what_is_left_and_none_but_the_refusal_says_to_wait(limited):
    client = limited("2/hour")
    answers = [client.get("/languages") for _ in range(3)]
    assert [answer.headers["X-RateLimit-Limit"] for answer in answers] == ["2"] * 3
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert all(int(answer.headers["X-RateLimit-Reset"]) > time.time() for answer in answers)
    assert ["Retry-After" in answer.headers for answer in answers] == [False, False, True]
    assert int(answers[2].headers["Retry-After"]) > 60
    assert not any("X-RateLimit-Wait" in answer.headers for answer in answers)


def test_a_route_that_says_when_to_come_back_is_not_talked_over(limited, monkeypatch):
    def full(*_):
        raise QueueFull("too many wait", retry_after=3)

    monkeypatch.setattr("service.house.House.find", full)
    refused = limited("9/hour").get("/v1/articles/" + "0" * 64)
    assert (refused.status_code, refused.headers.getlist("Retry-After")) == (503, ["3"])


@pytest.mark.parametrize(
    "rate", ["garbage", "600/minut", "-1/minute", "0/minute", "9/minute;0/hour", "9/minute;"]
)
def test_a_rate_that_cannot_be_read_or_lets_nobody_in_stops_the_start(limited, rate):
    with pytest.raises(ConfigurationError, match=f"KHULASA_RATE_LIMIT='{rate}'"):
        limits.check(Settings(rate_limit=rate))
    with pytest.raises(ConfigurationError, match="KHULASA_RATE_LIMIT"):
        limited(rate)


@pytest.mark.parametrize("rate", ["", "600/minute", "10 per second; 5000/day"])
def test_what_is_a_rate_is_taken(rate):
    limits.check(Settings(rate_limit=rate))


def test_a_clock_set_back_an_hour_locks_nobody_out_for_an_hour(limited, monkeypatch):
    client = limited("1/minute")
    monkeypatch.setattr(time, "time", lambda: REAL_TIME() + 3600)
    assert statuses(client, 2) == [200, 429]
    monkeypatch.setattr(time, "time", REAL_TIME)
    assert statuses(client, 2) == [200, 429]


def test_a_clock_set_forward_an_hour_gives_the_quota_anew_and_no_more(limited, monkeypatch):
    client = limited("1/minute")
    assert statuses(client, 2) == [200, 429]
    monkeypatch.setattr(time, "time", lambda: REAL_TIME() + 3600)
    assert statuses(client, 2) == [200, 429]


@pytest.mark.redis
@pytest.mark.usefixtures("unhurried_redis")
def test_processes_share_a_count_and_each_counts_for_itself_while_redis_is_away(tmp_path, limited):
    with redis_server(tmp_path) as server:
        one, other = (limited("3/minute", cache_url=server.url) for _ in range(2))
        assert statuses(one, 2) + statuses(other, 2) == [200, 200, 200, 429]
        server.kill()
        assert statuses(one, 4) == [200, 200, 200, 429]
        assert statuses(other, 4) == [200, 200, 200, 429]
        server.start()
        # Redis is asked again after a second or two, and counts from nothing.
        until(lambda: statuses(one, 1) == [200], 20)
        until(lambda: statuses(other, 4)[-1] == 429, 20)


@pytest.mark.redis
@pytest.mark.usefixtures("unhurried_redis")
def test_a_redis_behind_a_socket_counts_for_all(tmp_path, limited):
    with redis_server(tmp_path, socket=True) as server:
        one, other = (limited("3/minute", cache_url=server.socket_url) for _ in range(2))
        assert statuses(one, 2) + statuses(other, 2) == [200, 200, 200, 429]
