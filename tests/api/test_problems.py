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


@pytest.mark.parametrize("path", ["/translate", "/v1/articles"])
def test_half_a_character_that_was_sent_can_be_quoted(client, path):
    body = b'{"q": "x", "source": "en", "target": "\\ud800", "\\ud800": "\\ud800"}'
    response = client.post(path, data=body, content_type="application/json")
    is_problem(response, 400)


def test_half_a_character_alone_is_a_problem_too(client):
    body = b'{"q": "x", "source": "en", "target": "\\ud800"}'
    response = client.post("/translate", data=body, content_type="application/json")
    is_problem(response, 400)
    assert response.json["detail"].startswith("\ufffd is not supported")


@pytest.mark.parametrize("name", ["a b", "أخبار", "-x", "x" * 101])
def test_a_wrong_glossary_is_named_as_it_was_sent(client, name):
    response = client.post("/v1/articles", json={"text": "خبر", "glossary": name})
    is_problem(response, 400)
    assert response.json["member"] == "glossary"


def test_a_wrong_text_of_a_libretranslate_client_is_named_as_it_was_sent(client):
    response = client.post("/translate", json={"q": 5, "source": "en", "target": "ar"})
    is_problem(response, 400)
    assert response.json["detail"].startswith("q: ")
