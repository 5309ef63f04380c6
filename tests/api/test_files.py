import io

import pytest

from service import create_app
from tests.web.conftest import own_house


@pytest.fixture
def client(tmp_path):
    with own_house(tmp_path, max_body_bytes=50_000) as house:
        yield create_app(house.settings, house).test_client()


def send(client, name, content):
    return client.post("/v1/files", data={"file": (io.BytesIO(content), name)})


def test_a_file_comes_back_as_what_an_article_takes(client):
    assert send(client, "خبر.txt", "نصّ الخبر.".encode()).json == {
        "kind": "text", "text": "نصّ الخبر.", "html": None, "title": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF", "unsupported_media"),
        ("a.docx", b"x", "malformed"),
        ("a.txt", b"x" * 60_000, "too_large"),
    ],
)
def test_what_cannot_be_read_is_a_problem(client, name, content, code):
    assert send(client, name, content).json["code"] == code


def test_a_request_without_a_file_is_malformed(client):
    assert client.post("/v1/files", data={"other": "x"}).json["code"] == "malformed"
    assert client.post("/v1/files", json={}).json["code"] == "malformed"
