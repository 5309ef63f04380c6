"""The limits of bodies in every form that a body comes in."""

import gzip
import io
import json

import pytest
from gunicorn.http.errors import InvalidChunkSize

from service import create_app
from tests.api.test_problems import is_problem
from tests.web.conftest import own_house

LIMIT = 2000
TEXTS = ["a word ", "كلمة "]


class Endless(io.RawIOBase):
    """A body that never ends, and tells how much of it was read."""

    def __init__(self, part):
        self.part, self.read_bytes = part, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        part = (self.part * (len(buffer) // len(self.part) + 1))[: len(buffer)]
        buffer[:] = part
        self.read_bytes += len(part)
        assert self.read_bytes < 100 * LIMIT, "it is read to no end"
        return len(part)


@pytest.fixture
def client(tmp_path):
    with own_house(tmp_path, max_body_bytes=LIMIT) as house:
        yield create_app(house.settings, house).test_client()


FORMS = [
    ("POST", "/v1/check", "application/json"),
    ("POST", "/v1/articles", "application/json"),
    ("POST", "/translate", "application/json"),
    ("POST", "/translate", "application/x-www-form-urlencoded"),
    ("POST", "/translate", "multipart/form-data; boundary=x"),
    ("POST", "/v1/files", "multipart/form-data; boundary=x"),
    ("PUT", "/v1/glossaries/desk?by=Salma", "text/csv"),
]


def head(kind, field="file"):
    if "multipart" in kind:
        named = f'Content-Disposition: form-data; name="{field}"; filename="a.txt"'
        return f"--x\r\n{named}\r\n\r\n".encode()
    return b'{"text": "' if "json" in kind else b"q="


def send(client, method, path, kind, stream, length=None):
    """As a server passes a body on: with its length, or until the stream ends (chunked)."""
    facts = {"wsgi.input_terminated": True} if length is None else {"CONTENT_LENGTH": str(length)}
    facts["wsgi.input"] = stream
    return client.open(path, method=method, content_type=kind, environ_overrides=facts)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("method", "path", "kind"), FORMS)
def test_a_declared_length_over_the_limit_is_refused_unread(client, method, path, kind, text):
    body = Endless(text.encode())
    response = send(client, method, path, kind, body, length=LIMIT + 1)
    is_problem(response, 413)
    assert response.json["max_bytes"] == LIMIT
    assert body.read_bytes == 0


class Chunked(Endless):
    """An endless body behind a form's head."""

    def __init__(self, first, part):
        super().__init__(part)
        self.first = first

    def readinto(self, buffer):
        if self.first:
            size = min(len(buffer), len(self.first))
            buffer[:size], self.first = self.first[:size], self.first[size:]
            return size
        return super().readinto(buffer)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("method", "path", "kind"), FORMS)
def test_a_body_without_length_is_refused_where_the_limit_is(client, method, path, kind, text):
    body = Chunked(head(kind), text.encode())
    response = send(client, method, path, kind, body)
    is_problem(response, 413)
    assert response.json["code"] == "too_large"
    assert body.read_bytes <= 2 * LIMIT + 64 * 1024  # what a buffer asks for may be more


@pytest.mark.parametrize("text", TEXTS)
def test_what_just_fits_is_read_whole_with_a_length_and_without(client, text):
    pair = {"source": text, "source_language": "ar", "target": text, "target_language": "en"}
    body = json.dumps(pair, ensure_ascii=False).encode()
    body += b" " * (LIMIT - len(body))
    for facts in ({}, {"environ_overrides": {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}}):
        answer = client.post("/v1/check", data=body, content_type="application/json", **facts)
        assert answer.status_code == 200, answer.text


def test_a_form_may_be_as_long_as_any_body(tmp_path):
    """Flask's own limit on form fields is half a megabyte, less than a long Arabic article."""
    with own_house(tmp_path) as house:
        client = create_app(house.settings, house).test_client()
        fields = {"q": "كلمة " * 100_000, "source": "xx", "target": "ar"}
        part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = "".join(part.format(*field) for field in fields.items()) + "--x--\r\n"
        response = client.post(
            "/translate", data=body.encode(), content_type="multipart/form-data; boundary=x"
        )
        assert "xx is not supported" in response.json["detail"]


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip, gzip"])
def test_packed_bodies_are_not_unpacked(client, coding):
    bomb = gzip.compress(b" " * 1_000_000)
    assert len(bomb) < LIMIT
    response = client.post(
        "/v1/articles", data=bomb, content_type="application/json",
        headers={"Content-Encoding": coding},
    )  # fmt: skip
    is_problem(response, 415)
    assert response.headers["Accept-Encoding"] == "identity"
    long = client.post(
        "/v1/articles", data=bomb * 3, content_type="application/json",
        headers={"Content-Encoding": coding},
    )  # fmt: skip
    is_problem(long, 413)


@pytest.mark.parametrize("depth", [33, 500, 900, 950, 980, 990, 1000, 100_000])
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/check", "/translate"])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_malformed_at_every_depth(bare_house, path, depth, opens, closes):
    client = create_app(bare_house.settings, bare_house).test_client()
    body = f'{{"q": {opens * depth}1{closes * depth}}}'
    response = client.post(path, data=body, content_type="application/json")
    is_problem(response, 400)
    assert "nested too deeply" in response.json["detail"]


def test_what_a_stranger_sends_is_not_read(tmp_path):
    with own_house(tmp_path, keys="on") as house:
        client = create_app(house.settings, house).test_client()
        body = Endless(b"x")
        response = send(client, "POST", "/v1/articles", "application/json", body, length=1000)
    is_problem(response, 401)
    assert body.read_bytes == 0


@pytest.mark.parametrize(("method", "path", "kind"), FORMS)
def test_chunks_that_are_none_are_malformed_and_no_fault_of_ours(client, method, path, kind):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise InvalidChunkSize(b"zz")

    is_problem(send(client, method, path, kind, Broken()), 400)
