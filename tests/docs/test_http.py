import re
from pathlib import Path

from openapi_spec_validator import validate

from service import create_app

ROUTE = re.compile(r"^\| `([A-Z]+) (/\S*)` \|", re.M)
# The page and the documentation are for browsers; docs/page.md tells of them.
PAGES = (
    "/openapi.json",
    "/docs",
    "/static",
    "/articles",
    "/glossary",
    "/jobs",
    "/fragments",
    "/export",
)


def test_the_table_says_every_route_and_no_other(bare_house):
    app = create_app(bare_house.settings, bare_house)
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule != "/" and not rule.rule.startswith(PAGES)
    }
    assert set(ROUTE.findall(Path("docs/http.md").read_text("utf-8"))) == routes


def test_the_openapi_document_draws_every_route_of_the_table(bare_house):
    client = create_app(bare_house.settings, bare_house).test_client()
    document = client.get("/openapi.json").json
    validate(document)
    drawn = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert drawn == set(ROUTE.findall(Path("docs/http.md").read_text("utf-8")))
