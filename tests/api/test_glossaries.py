import pytest

from service import create_app
from service.glossary import starter

TSV = "ar\ten\tkind\nإيلون ماسك\tElon Musk\tperson\n"


@pytest.fixture
def client(bare_house):
    return create_app(bare_house.settings, bare_house).test_client()


def put(client, content=TSV, desk="politics", kind="text/tab-separated-values", by="سلمى"):
    return client.put(
        f"/v1/glossaries/{desk}", query_string={"by": by}, data=content, content_type=kind
    )


def test_a_file_goes_in_and_comes_out_in_either_shape(client):
    answer = put(client)
    assert answer.status_code == 200
    assert (answer.json["desk"], answer.json["terms"], answer.json["author"]) == (
        "politics",
        1,
        "سلمى",
    )
    tsv = client.get("/v1/glossaries/politics")
    assert tsv.mimetype == "text/tab-separated-values"
    csv = client.get("/v1/glossaries/politics", query_string={"format": "csv"})
    assert csv.mimetype == "text/csv"
    assert "إيلون ماسك,Elon Musk" in csv.text
    again = put(client, csv.text, kind="text/csv")
    assert again.json["version"] == answer.json["version"]


def test_versions_are_listed_and_can_be_fetched(client):
    first = put(client).json["version"]
    put(client, TSV + "بوتين\tPutin\tperson\n", by="Adam")
    versions = client.get("/v1/glossaries/politics/versions").json["glossaries"]
    assert [version["author"] for version in versions] == ["Adam", "سلمى"]
    old = client.get("/v1/glossaries/politics", query_string={"version": first})
    assert "Putin" not in old.text
    same = client.get("/v1/glossaries/politics", headers={"If-None-Match": f'"{first}"'})
    assert same.status_code == 200


def test_the_starter_is_offered(client):
    listed = client.get("/v1/glossaries").json["glossaries"]
    assert [(one["desk"], one["version"]) for one in listed] == [("starter", starter().version)]
    answer = client.get("/v1/glossaries/starter")
    unchanged = client.get(
        "/v1/glossaries/starter", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert unchanged.status_code == 304


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"content": "ar\ten\nماسك\t\n"}, 400),
        ({"content": b"ar\ten\n\xff\tx\n"}, 400),
        ({"kind": "application/json"}, 415),
        ({"desk": "-politics"}, 400),
        ({"by": ""}, 400),
    ],
)
def test_what_is_no_glossary_is_refused(client, options, status):
    answer = put(client, **options)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_an_unknown_desk_is_told(client):
    assert client.get("/v1/glossaries/nowhere").status_code == 404
    assert client.get("/v1/glossaries/nowhere/versions").status_code == 404
