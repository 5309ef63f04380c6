"""The headers that every answer has: over every route, method, error and language of the page."""

import pytest

from service import create_app
from service.api.guard import API_POLICY, HEADERS, PAGE_POLICY
from tests.api.test_problems import filled
from tests.builders import digest
from tests.web.conftest import own_house, stock

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
PAIRS = (("قال المتحدث إن الأسعار ارتفعت.", "Prices rose, the spokesman said."),)
ARTICLE = "a" * 64
KEPT_NOWHERE = (
    "/",
    f"/articles/{ARTICLE}",
    f"/fragments/articles/{ARTICLE}",
    f"/export/{ARTICLE}.txt",
    f"/export/{ARTICLE}.html",
    f"/v1/articles/{ARTICLE}",
    "/v1/articles",
    "/v1/memory.tmx",
    "/v1/corrections.jsonl",
)


@pytest.fixture(params=["off", "on"], ids=["open", "with keys"])
def client(tmp_path, request):
    with own_house(tmp_path, keys=request.param) as house:
        stock(house, digest(PAIRS, title="الأسعار", title_translation="Prices"))
        yield create_app(house.settings, house).test_client()


def is_guarded(response):
    told = {name: response.headers.get(name) for name in HEADERS}
    assert told == HEADERS
    is_page = response.mimetype == "text/html"
    assert response.headers["Content-Security-Policy"] == (PAGE_POLICY if is_page else API_POLICY)
    assert response.headers.getlist("Cache-Control") != []
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_route_by_every_method_in_both_languages(client, language):
    statuses = set()
    for rule in client.application.url_map.iter_rules():
        if rule.endpoint == "jobs.job_events":  # a stream that may not end
            continue
        for path in {filled(rule.rule), filled(rule.rule).replace("/7", f"/{ARTICLE}")}:
            for method in METHODS:
                response = client.open(path, method=method, headers={"Accept-Language": language})
                is_guarded(response)
                statuses.add(response.status_code)
    assert statuses >= {200, 404, 405}
    assert statuses & {401, 415}  # who has no key is not asked for a media type


@pytest.mark.parametrize(
    ("method", "path", "facts", "status"),
    [
        ("GET", "/لا-شيء", {}, 404),
        ("POST", "/v1/articles", {"data": "x" * 5_000_000, "content_type": "text/plain"}, 413),
        ("GET", "/?language=ar", {}, 303),
        ("GET", "/health/ready", {}, 503),
    ],
)
def test_errors_and_redirects_too(tmp_path, method, path, facts, status):
    with own_house(tmp_path) as house:
        response = (
            create_app(house.settings, house).test_client().open(path, method=method, **facts)
        )
    assert response.status_code == status
    is_guarded(response)


def test_a_fault_of_ours_too(client, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("service.house.House.check_ready", broken)
    response = client.get("/health/ready")
    assert response.status_code == 500
    is_guarded(response)


def test_no_shared_cache_keeps_what_an_article_says(tmp_path):
    with own_house(tmp_path) as house:
        stock(house, digest(PAIRS, title="الأسعار", title_translation="Prices"))
        client = create_app(house.settings, house).test_client()
        for path in KEPT_NOWHERE:
            told = client.get(path).headers["Cache-Control"]
            assert told in {"no-store", "private, no-cache"}, path
        found = client.get(f"/v1/articles/{ARTICLE}")
        known = {"If-None-Match": found.headers["ETag"]}
        again = client.get(f"/v1/articles/{ARTICLE}", headers=known)
        assert again.status_code == 304
        is_guarded(again)
