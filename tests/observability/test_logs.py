import io
import json
import logging

import pytest

from service import create_app
from service.observability import logs


@pytest.fixture
def stream(monkeypatch):
    stream = io.StringIO()
    root = logging.getLogger()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(root, "handlers", [])
    logs.configure("INFO")
    return stream


def test_a_line_is_one_json_object_in_utf_8_letters(stream):
    logging.getLogger("service.x").info("أهلاً", extra={"stage": "translate"})
    line = json.loads(stream.getvalue())
    assert (line["level"], line["logger"], line["message"]) == ("INFO", "service.x", "أهلاً")
    assert line["stage"] == "translate"
    assert "أهلاً" in stream.getvalue()


def test_configuring_twice_does_not_log_twice(stream):
    logs.configure("WARNING")
    logging.getLogger("service.x").info("quiet")
    logging.getLogger("service.x").warning("once")
    assert stream.getvalue().count("\n") == 1


def test_an_access_line_names_the_route_and_the_request_and_nobody(stream, bare_house):
    client = create_app(bare_house.settings, bare_house).test_client()
    client.get("/v1/articles/" + "0" * 64, headers={"X-Request-Id": "abc"})
    (line,) = (each for each in map(json.loads, stream.getvalue().splitlines()) if "route" in each)
    assert line["route"] == "/v1/articles/<article_id>"
    assert (line["method"], line["status"], line["request_id"]) == ("GET", 404, "abc")
    assert line["ms"] >= 0
    assert "127.0.0.1" not in stream.getvalue()
