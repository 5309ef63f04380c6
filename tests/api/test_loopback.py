"""Without keys, on loopback: this machine's own names, and no proxy."""

import pytest

from service import create_app
from service.access.keys import Keys
from service.house import House
from service.settings import Settings

TSV = "ar\ten\nالوفد\tdelegation\n"
ADDRESSES = ("/", "/glossary", "/v1/articles", "/v1/info", "/fragments/history", "/nowhere")


@pytest.fixture
def home(bare_house):
    return create_app(bare_house.settings, bare_house).test_client()


def ask(client, path, host="localhost", **headers):
    return client.get(path, headers={"Host": host, **headers})


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "192.168.1.4",
        "localhost.evil.example",
        "127.0.0.1.evil.example:80",
        "[::2]:8000",
        "localhost:80@evil",
        "",
    ],
)
def test_a_name_that_leads_here_is_not_ours(home, host):
    for path in ADDRESSES:
        refused = ask(home, path, host)
        assert (refused.status_code, refused.json["code"]) == (403, "wrong_host"), path
        assert "KHULASA_KEYS=on" in refused.json["detail"]


def test_a_rebinding_page_changes_nothing(home):
    headers = {"Host": "evil.example", "Origin": "http://evil.example", "Content-Type": "text/csv"}
    refused = home.put("/v1/glossaries/x?by=me", data=TSV.encode(), headers=headers)
    assert refused.status_code == 403
    assert ask(home, "/v1/glossaries/x").status_code == 404


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:5", "[::1]", "[::1]:8000"]
)
def test_this_machines_names_are(home, host):
    assert ask(home, "/v1/articles", host).status_code == 200


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "x-forwarded-proto"])
def test_what_comes_by_a_proxy_is_not_from_here(home, header):
    assert ask(home, "/v1/articles", **{header: "127.0.0.1"}).json["code"] == "wrong_host"


def test_probes_and_scrapes_are_free(home):
    for path in ("/health/live", "/metrics"):
        assert (
            ask(home, path, "10.0.0.7:8000", **{"X-Forwarded-For": "10.0.0.1"}).status_code == 200
        )


@pytest.mark.parametrize("settings", [{"keys": "on"}, {"keys": "auto", "host": "0.0.0.0"}])
def test_whoever_has_a_key_comes_by_any_name(tmp_path, settings):
    house = House(Settings(data_dir=tmp_path, **settings))
    keys = Keys(tmp_path / "keys.sqlite")
    bearer = {"Authorization": f"Bearer {keys.create('cms', 'read')[1]}"}
    client = create_app(house.settings, house).test_client()
    assert ask(client, "/v1/articles", "khulasa.example", **bearer).status_code == 200
    assert ask(client, "/v1/articles", "khulasa.example").status_code == 401
    keys.close()
    house.close()


def test_who_says_off_is_believed(tmp_path):
    house = House(Settings(data_dir=tmp_path, keys="off"))
    client = create_app(house.settings, house).test_client()
    assert ask(client, "/v1/articles", "khulasa.example").status_code == 200
    house.close()
