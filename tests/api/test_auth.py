import pytest

from service import create_app
from service.access.keys import Keys
from service.api.auth import demanded
from service.house import House
from service.settings import Settings

ARTICLE = "/v1/articles/" + "0" * 64


@pytest.fixture
def guarded(tmp_path):
    house = House(Settings(data_dir=tmp_path, keys="on"))
    yield create_app(house.settings, house).test_client()
    house.close()


@pytest.fixture
def bearer(tmp_path):
    keys = Keys(tmp_path / "keys.sqlite")

    def make(scope):
        return {"Authorization": f"Bearer {keys.create('test', scope)[1]}"}

    yield make
    keys.close()


@pytest.mark.parametrize(
    "path", ["/health/live", "/metrics", "/openapi.json", "/docs", "/languages"]
)
def test_probes_and_documentation_are_open(guarded, path):
    assert guarded.get(path).status_code == 200


def test_without_a_key_nothing_else_is(guarded):
    refused = guarded.get(ARTICLE)
    assert (refused.status_code, refused.json["code"]) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert guarded.post("/v1/check", json={}).status_code == 401
    assert guarded.post("/translate", data={"q": "a"}).status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer wrong", "Basic dXNlcjpw", "khu_a_b"])
def test_a_wrong_key_is_none(guarded, given):
    assert guarded.get(ARTICLE, headers={"Authorization": given}).status_code == 401


def test_a_key_opens_what_its_scope_allows(guarded, bearer):
    assert guarded.get(ARTICLE, headers=bearer("read")).status_code == 404
    refused = guarded.post("/v1/check", json={}, headers=bearer("read"))
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert guarded.post("/v1/check", json={}, headers=bearer("write")).status_code == 400
    assert guarded.delete(ARTICLE, headers=bearer("admin")).status_code == 404


def test_what_is_not_there_is_not_there_for_anyone(guarded):
    assert guarded.get("/nope").status_code == 404


@pytest.mark.parametrize(
    ("host", "keys", "asks"),
    [
        ("127.0.0.1", "auto", False),
        ("::1", "auto", False),
        ("[::1]", "auto", False),
        ("0.0.0.0", "auto", True),
        ("10.0.0.5", "auto", True),
        ("127.0.0.1", "on", True),
        ("0.0.0.0", "off", False),
    ],
)
def test_keys_are_asked_for_beyond_this_machine(host, keys, asks):
    assert demanded(Settings(host=host, keys=keys)) is asks


def test_neither_the_key_nor_the_article_reaches_the_log(guarded, bearer, caplog):
    headers = bearer("write")
    caplog.set_level("DEBUG")
    body = {
        "source": "نص سري جداً",
        "source_language": "ar",
        "target": "a very secret text",
        "target_language": "en",
    }
    assert guarded.post("/v1/check", json=body, headers=headers).status_code == 200
    assert "/v1/check" in caplog.text
    for secret in ("سري", "secret", headers["Authorization"].split("_")[2]):
        assert secret not in caplog.text


@pytest.mark.parametrize("kind", ["json", "data"])
def test_the_key_of_a_libretranslate_client_is_in_its_body(guarded, bearer, kind):
    key = bearer("write")["Authorization"].removeprefix("Bearer ")

    def translate(**members):
        asked = {"q": "خبر", "source": "ar", "target": "fr", **members}
        return guarded.post("/translate", **{kind: asked}).status_code

    assert translate(api_key=key) == 400  # let in: no such language
    assert translate(api_key="khu_wrong") == translate(api_key="") == translate() == 401
    read = bearer("read")["Authorization"].removeprefix("Bearer ")
    assert translate(api_key=read) == 403


def test_a_key_in_a_body_is_none_where_a_header_or_another_route_is_asked(guarded, bearer):
    asked = {"api_key": bearer("write")["Authorization"].removeprefix("Bearer ")}
    wrong = {"Authorization": "Bearer wrong"}
    assert guarded.post("/translate", json=asked, headers=wrong).status_code == 401
    assert guarded.post("/v1/translate", json=asked).status_code == 401


def test_a_strangers_body_is_held_to_the_limits_where_it_is_looked_into(tmp_path):
    house = House(Settings(data_dir=tmp_path, keys="on", max_body_bytes=100))
    client = create_app(house.settings, house).test_client()
    assert client.post("/translate", json={"api_key": "x" * 100}).status_code == 413
    assert client.post("/translate", json={"api_key": ["x"]}).status_code == 401
    kind = {"content_type": "application/json"}
    assert client.post("/translate", data=b"[" * 50, **kind).status_code == 400
    assert client.post("/translate", data=b"[]", **kind).status_code == 400
    house.close()
