"""Bodies that nobody should send: never a 500, never a traceback, never a hang."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import create_app

ROUTES = ["/v1/articles", "/v1/translate", "/v1/summarize", "/v1/check", "/translate"]
MEMBERS = [
    "text", "html", "title", "language", "lengths", "profile", "texts", "source", "target",
    "source_language", "target_language", "q", "format", "webhook",
]  # fmt: skip
MARKS = "aZ 0٣۵ء\u0640\u064b\u200f\u202e\x00\ud800<>&\"'«»؟،\n\t😀"
LETTERS = st.sampled_from([*MARKS, "<b>", "&#0;", "مقال", "</script>"])
TEXT = st.lists(LETTERS, max_size=40).map("".join)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
BODY = st.dictionaries(st.sampled_from(MEMBERS), VALUE, max_size=5) | VALUE


@pytest.fixture(scope="module")
def client(house):
    return create_app(house.settings, house).test_client()


def check(ask):
    """Ask, and hold the answer to the rules; what took long is asked once more.

    A busy machine may stop any process for a moment; a body that makes the service hang, does so
    both times.
    """
    for last in (False, True):
        started = time.monotonic()
        response = ask()
        assert response.status_code < 500, response.text
        assert "Traceback" not in response.text
        if time.monotonic() - started < 10:
            return
        assert not last, "no answer within ten seconds, twice"


@pytest.mark.slow
@given(st.sampled_from(ROUTES), BODY)
@settings(
    max_examples=5000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_json_of_any_shape(client, route, body):
    check(lambda: client.post(route, json=body))


@pytest.mark.slow
@given(st.sampled_from(ROUTES), st.binary(max_size=200), st.sampled_from(["json", "xml", "*"]))
@settings(max_examples=5000, deadline=None)
def test_bytes_of_any_kind(client, route, data, kind):
    check(lambda: client.post(route, data=data, content_type=f"application/{kind}"))


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_paths_of_any_kind(client, first, second):
    check(lambda: client.get(f"/v1/articles/{first}/diff/{second}"))
    check(lambda: client.get(f"/v1/jobs/{first}", headers={"If-None-Match": "x"}))
