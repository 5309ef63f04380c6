import pytest

from tests.builders import digest
from tests.web.conftest import own_house, stock


@pytest.fixture
def client(tmp_path):
    from service import create_app

    with own_house(tmp_path) as house:
        stock(house, digest((("قالت.", "She said."),), title="عنوان", title_translation="Title"))
        yield create_app(house.settings, house).test_client()


def test_what_was_read_is_listed_and_found(client):
    listed = client.get("/v1/articles").json
    assert [entry["title"] for entry in listed["articles"]] == ["عنوان"]
    assert listed["next"] is None
    assert client.get("/v1/articles?query=TITLE").json == listed
    assert client.get("/v1/articles?query=other").json["articles"] == []


def test_a_deleted_article_is_off_the_list(client):
    assert client.delete(f"/v1/articles/{'a' * 64}").status_code == 204
    assert client.get("/v1/articles").json["articles"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=1000", "before=x", "unknown=1"])
def test_a_query_that_cannot_be_read_is_refused(client, query):
    assert client.get(f"/v1/articles?{query}").json["code"] == "malformed"
