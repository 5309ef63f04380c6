import pytest

from service import create_app
from service.errors import Malformed
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


def put_if(client, content, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(
        "/v1/glossaries/politics", query_string={"by": "Adam"}, data=content, headers=named,
        content_type="text/tab-separated-values",
    )  # fmt: skip


@pytest.mark.parametrize("term", ["بوتين\tPutin\tperson\n", "لافروف\tLavrov\tperson\n"])
def test_two_who_add_a_term_at_once_do_not_lose_one(client, term):
    put(client)
    seen = client.get("/v1/glossaries/politics").headers["ETag"]
    theirs = put(client, TSV + "زيلينسكي\tZelensky\tperson\n").json["version"]
    refused = put_if(client, TSV + term, If_Match=seen)
    assert (refused.status_code, refused.json["code"]) == (412, "precondition_failed")
    assert refused.json["version"] == theirs
    now = client.get("/v1/glossaries/politics")
    assert "Zelensky" in now.text
    head = now.text.split("\n", 1)[0].split("\t")
    cells = dict(zip(("ar", "en", "kind"), term.strip().split("\t"), strict=True))
    row = "\t".join(cells.get(column, "") for column in head)
    added = put_if(client, f"{now.text.rstrip()}\n{row}\n", If_Match=now.headers["ETag"])
    assert (added.status_code, added.json["terms"]) == (200, 3)


def test_a_weakened_tag_is_the_same_version(client):
    put(client)
    seen = client.get("/v1/glossaries/politics").headers["ETag"]
    assert put_if(client, TSV + "بوتين\tPutin\tperson\n", If_Match=f"W/{seen}").status_code == 200


def test_the_first_terms_of_a_desk_are_put_once(client):
    assert put_if(client, TSV, If_Match="*").status_code == 412
    assert put_if(client, TSV, If_None_Match="*").status_code == 200
    other = "ar\ten\nبوتين\tPutin\n"
    assert put_if(client, other, If_None_Match="*").status_code == 412
    assert put_if(client, other, If_Match="*").status_code == 200


def test_the_very_terms_that_stand_are_no_conflict(client):
    version = put(client).json["version"]
    again = put_if(client, TSV, If_Match='"0000"')
    assert (again.status_code, again.json["version"]) == (200, version)


def test_the_starter_stands_before_anyone_has_put_another(client):
    seen = client.get("/v1/glossaries/starter").headers["ETag"]
    sent = {"query_string": {"by": "x"}, "data": TSV, "content_type": "text/tab-separated-values"}
    refused = client.put("/v1/glossaries/starter", headers={"If-None-Match": "*"}, **sent)
    assert refused.status_code == 412
    assert (
        client.put("/v1/glossaries/starter", headers={"If-Match": seen}, **sent).status_code == 200
    )


@pytest.mark.parametrize(
    "desk", ["politics", "a", "a.b_c-1", "a" * 100, "a" * 101, "سياسة", "-a", ".a", "a b"]
)
def test_the_store_takes_the_names_that_a_request_may_have(client, bare_house, desk):
    """The command line puts glossaries there too, and each must be reached from everywhere."""
    answer = put(client, desk=desk)
    try:
        bare_house.glossaries.put(desk, starter(), "x")
        assert answer.status_code == 200
    except Malformed:
        assert answer.status_code == 400
