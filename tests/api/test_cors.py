import http.server
import re
import threading

import pytest

from service import create_app
from service.access.keys import Keys
from service.api.cors import REQUEST_HEADERS
from tests.api.test_problems import filled, is_problem
from tests.web.conftest import own_house, serving

OURS, ALSO_OURS, THEIRS = "https://cms.example", "https://أخبار.example", "https://evil.example"
ALSO_OURS_SENT = "https://xn--igbicxr.example"
ALLOW_ORIGIN = "Access-Control-Allow-Origin"
ANYTHING = re.compile("Access-Control", re.I)


@pytest.fixture(params=["off", "on"], ids=["open", "with keys"])
def client(tmp_path, request):
    listed = f"{OURS}, {ALSO_OURS}"
    with own_house(tmp_path, keys=request.param, cors_origins=listed) as house:
        yield create_app(house.settings, house).test_client()


def preflight(client, path, method="POST", origin=OURS, headers="authorization, content-type"):
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return client.options(path, headers={"Origin": origin, **asked})


def tokens(response, header):
    return {part.strip() for part in response.headers.get(header, "").split(",") if part.strip()}


def told(response):
    return [name for name, _ in response.headers if ANYTHING.match(name)]


def test_off_by_default(bare_house):
    client = create_app(bare_house.settings, bare_house).test_client()
    response = preflight(client, "/v1/articles")
    assert (told(response), "Origin" in response.vary) == ([], False)
    assert told(client.get("/v1/articles", headers={"Origin": OURS})) == []


@pytest.mark.parametrize("origin", [OURS, ALSO_OURS_SENT])
def test_a_preflight_needs_no_key_and_says_what_the_route_takes(client, origin):
    response = preflight(client, "/v1/articles", origin=origin)
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers[ALLOW_ORIGIN] == origin
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert tokens(response, "Access-Control-Allow-Methods") == {"GET", "POST"}
    assert tokens(response, "Access-Control-Allow-Headers") == set(REQUEST_HEADERS)
    assert {"Origin", "Access-Control-Request-Method"} <= set(response.vary)
    one = preflight(client, "/v1/articles/" + "0" * 64, "DELETE")
    assert tokens(one, "Access-Control-Allow-Methods") == {"GET", "DELETE"}


def test_every_route_of_the_api_says_its_own_methods(client):
    """And no other: what a preflight promises, the route keeps."""
    methods = {}
    for rule in client.application.url_map.iter_rules():
        if rule.rule.startswith("/v1/"):
            methods.setdefault(filled(rule.rule), set()).update(rule.methods - {"HEAD", "OPTIONS"})
    assert len(methods) > 10
    for path, taken in methods.items():
        said = preflight(client, path)
        assert tokens(said, "Access-Control-Allow-Methods") == taken, path


def test_headers_that_the_api_reads_may_be_sent(client):
    """Every header parameter of the OpenAPI document, and those that all routes read."""
    document = client.get("/openapi.json").json
    read = {
        parameter["name"].lower()
        for path in document["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "header"
    }
    assert "prefer" in read
    assert read | {"authorization", "content-type", "if-none-match"} <= {
        name.lower() for name in REQUEST_HEADERS
    }


def test_answers_and_errors_can_be_read_with_the_headers_that_matter(client):
    for path in ("/v1/articles", "/v1/articles/" + "0" * 64, "/v1/nope"):
        response = client.get(path, headers={"Origin": OURS})
        assert response.headers[ALLOW_ORIGIN] == OURS
        exposed = tokens(response, "Access-Control-Expose-Headers")
        assert {"ETag", "Location", "Retry-After", "X-Request-Id"} <= exposed


@pytest.mark.parametrize(
    "origin",
    [
        THEIRS,
        "null",
        "http://cms.example",
        "https://cms.example:8443",
        "https://cms.example.evil.example",
        "https://cmsxexample",
        "https://sub.cms.example",
        "https://cms.example/",
        "",
    ],
)
def test_another_origin_is_told_nothing_but_that_the_answer_varies(client, origin):
    refused = preflight(client, "/v1/articles", origin=origin)
    is_problem(refused, 403)
    for response in (refused, client.get("/v1/articles", headers={"Origin": origin})):
        assert told(response) == []
        assert "Origin" in response.vary


def test_a_cache_is_told_even_where_no_origin_asks(client):
    response = client.get("/v1/articles")
    assert (told(response), "Origin" in response.vary) == ([], True)


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/fragments/history", "/health/live", "/metrics", "/translate", "/nope"]
)
def test_nothing_but_the_api_is_open_to_other_sites(client, path):
    assert told(client.get(path, headers={"Origin": OURS})) == []
    assert told(preflight(client, path)) == []


def test_options_without_a_preflight_still_needs_a_key(client):
    demanded = client.get("/v1/articles").status_code == 401
    plain = client.options("/v1/articles", headers={"Origin": OURS})
    assert plain.status_code == (401 if demanded else 200)


def test_a_preflight_costs_no_quota(tmp_path):
    with own_house(tmp_path, cors_origins=OURS, rate_limit="2/hour") as house:
        client = create_app(house.settings, house).test_client()
        assert {preflight(client, "/v1/articles").status_code for _ in range(5)} == {204}
        refused = [client.get("/v1/articles", headers={"Origin": OURS}) for _ in range(3)][-1]
        assert (refused.status_code, refused.headers[ALLOW_ORIGIN]) == (429, OURS)


# In a browser: a page of another port.

CALL = """async ([url, key]) => {
  const headers = { "Content-Type": "application/json", "Prefer": "respond-async" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const body = JSON.stringify({
    source: "بلغت القيمة 5 ملايين.", source_language: "ar",
    target: "It was worth 6 million.", target_language: "en",
  });
  try {
    const answer = await fetch(`${url}/v1/check`, { method: "POST", headers, body });
    const { flags } = await answer.json();
    return { status: answer.status, id: answer.headers.get("X-Request-Id"), flags: flags.length };
  } catch (error) { return { blocked: String(error) }; }
}"""


@pytest.fixture
def other_site():
    """A page that is not ours, at an origin that is known before the service starts."""

    class Blank(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write("<!doctype html><title>محرّر</title>".encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Blank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_a_browser_lets_the_listed_origin_call_and_no_other(tmp_path, chromium, other_site):
    keys = Keys(tmp_path / "keys.sqlite")
    _, key = keys.create("browser", "write")
    keys.close()
    unlisted = other_site.replace("127.0.0.1", "localhost")
    with (
        own_house(tmp_path, keys="on", cors_origins=other_site) as house,
        serving(house) as address,
    ):
        page = chromium.new_page()
        page.goto(other_site)
        called = page.evaluate(CALL, [address, key])
        assert (called["status"], called["flags"]) == (200, 1)
        assert re.fullmatch("[0-9a-f]{32}", called["id"])
        page.goto(unlisted)
        assert "Failed to fetch" in page.evaluate(CALL, [address, key])["blocked"]
        page.close()
