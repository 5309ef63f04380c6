"""One test for the shape of errors, over every route."""

import re

import pytest

from service import create_app
from service.api.responses import Problem


def _paths(client, method=None):
    return sorted(
        filled(rule.rule)
        for rule in client.application.url_map.iter_rules()
        if method is None or method in rule.methods
    )


def filled(rule):
    return re.sub(r"<(?:int:)?\w+>", "7", rule)


@pytest.fixture
def client(bare_house):
    return create_app(bare_house.settings, bare_house).test_client()


def is_problem(response, status=None):
    assert response.mimetype == "application/problem+json"
    problem = Problem.model_validate(response.json)
    assert problem.status == response.status_code == (status or response.status_code)
    assert problem.request_id == response.headers["X-Request-Id"]
    assert problem.detail and problem.title
    assert "Traceback" not in response.text


def test_every_route_answers_a_wrong_method_with_a_problem(client):
    for path in _paths(client):
        response = client.open(path, method="PATCH")
        is_problem(response)
        assert response.status_code in {404, 405}, path


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"x": 1}'])
def test_every_post_answers_a_wrong_body_with_a_problem(client, body):
    for path in _paths(client, "POST"):
        response = client.post(path, data=body, content_type="application/json")
        is_problem(response)
        assert 400 <= response.status_code < 500, path


def test_a_fault_of_ours_is_a_problem_that_says_nothing_of_the_inside(client, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("the inside")

    monkeypatch.setattr("service.house.House.find", broken)
    response = client.get("/v1/articles/" + "0" * 64)
    is_problem(response, 500)
    assert "the inside" not in response.text
    assert "the inside" in caplog.text


def test_missing_models_name_the_command(client, monkeypatch):
    from service.errors import ModelsMissing

    def missing(*_):
        raise ModelsMissing("run: python -m service models pull opus")

    monkeypatch.setattr("service.house.House.pipeline", missing)
    response = client.post("/v1/articles", json={"text": "مقال"})
    is_problem(response, 503)
    assert response.json["code"] == "models_missing"
    assert "models pull opus" in response.json["detail"]


def test_the_clients_request_id_is_kept_if_it_is_harmless(client):
    assert client.get("/nope", headers={"X-Request-Id": "abc-1"}).json["request_id"] == "abc-1"
    long = client.get("/nope", headers={"X-Request-Id": "x" * 65}).json["request_id"]
    assert re.fullmatch("[0-9a-f]{32}", long)
