import re

import pytest

from service import create_app
from service.api.guard import PAGE_POLICY as POLICY
from tests.builders import digest
from tests.web.conftest import own_house, stock

PAIRS = (("قال المتحدث إن الأسعار ارتفعت.", "Prices rose, the spokesman said."),)
ARTICLE = f"/articles/{'a' * 64}"
FIRST_LOAD_BYTES = 150_000


@pytest.fixture
def house(tmp_path):
    with own_house(tmp_path) as house:
        stock(house, digest(PAIRS, title="الأسعار", title_translation="Prices"))
        yield house


@pytest.fixture
def client(house):
    return create_app(house.settings, house).test_client()


@pytest.mark.parametrize("path", ["/", ARTICLE, "/jobs/x", "/docs", "/articles/none"])
def test_every_page_has_a_strict_policy_and_nothing_inline(client, path):
    response = client.get(path)
    assert response.headers["Content-Security-Policy"] == POLICY
    page = response.text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page)
    assert all('type="application/json"' in tag for tag in inline)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)


def test_the_policy_allows_this_host_alone():
    sources = [part.split()[1:] for part in POLICY.split("; ")]
    assert POLICY.startswith("default-src 'none'; ")
    assert {source for each in sources for source in each} == {"'none'", "'self'"}


def test_the_interface_language_is_chosen_remembered_and_guessed(client):
    assert '<html lang="en" dir="ltr"' in client.get("/").text
    arabic = {"Accept-Language": "ar-LB,ar;q=0.9,en;q=0.5"}
    assert '<html lang="ar" dir="rtl"' in client.get("/", headers=arabic).text
    chosen = client.get(f"{ARTICLE}?language=ar")
    assert (chosen.status_code, chosen.location) == (303, ARTICLE)
    assert '<html lang="ar" dir="rtl"' in client.get("/").text
    assert '<html lang="ar" dir="rtl"' in client.get("/", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_reference_has_its_frame_in_the_language_that_its_link_chooses(
    client, language, direction
):
    chosen = client.get(f"/docs?language={language}")
    assert (chosen.status_code, chosen.location) == (303, "/docs")
    page = client.get("/docs").text
    assert f'<html lang="{language}" dir="{direction}"' in page


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", "?language=ar"),
        ("/glossary?desk=politics", "?desk=politics&amp;language=ar"),
        ("/glossary?query=%22%3E%D9%85&desk=a", "?query=%22%3E%D9%85&amp;desk=a&amp;language=ar"),
    ],
)
def test_another_language_shows_the_same_page(client, path, link):
    assert f'href="{link}"' in client.get(path).text
    chosen = client.get(path.split("?")[0] + link.replace("&amp;", "&"))
    assert chosen.location == path


@pytest.mark.parametrize("cookie", ["khulasa_language", "khulasa_theme", "khulasa_numerals"])
def test_a_preference_that_is_none_is_passed_over(client, cookie):
    client.set_cookie(cookie, '"><script>')
    page = client.get("/").text
    assert 'data-theme="auto" data-numerals="written"' in page
    assert "<script>" not in page


def test_the_first_load_is_small(client):
    """All that a browser fetches for the largest page, fonts excepted."""
    page = client.get(ARTICLE).text
    fetched = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    version = re.search(r"/static/(\w+)/", page)[1]
    scripts = client.get(f"/static/{version}/js/page.js").text
    fetched |= {f"/static/{version}/js/{name}" for name in re.findall(r"\./(\w+\.js)", scripts)}
    for _ in range(3):  # modules name modules
        for path in list(fetched):
            if path.endswith(".js"):
                names = re.findall(r'from "\./(\w+\.js)"', client.get(path).text)
                fetched |= {f"/static/{version}/js/{name}" for name in names}
    assert len(fetched) > 10
    total = len(page) + sum(len(client.get(path).data) for path in fetched)
    assert total <= FIRST_LOAD_BYTES


def test_files_are_kept_for_ever_under_their_version_alone(client):
    page = client.get("/").text
    path = re.search(r'href="(/static/\w+/css/type.css)"', page)[1]
    assert "immutable" in client.get(path).headers["Cache-Control"]
    old = client.get("/static/0123456789abcdef/css/type.css")
    assert old.status_code == 200
    assert "immutable" not in old.headers["Cache-Control"]
    assert client.get("/static/x/../words.toml").status_code == 404


def test_every_font_and_module_that_is_named_is_there(client):
    sheet = client.get("/static/x/css/type.css").text
    for name in re.findall(r'url\("\.\./(fonts/[\w.-]+)"\)', sheet):
        assert client.get(f"/static/x/{name}").data[:4] == b"wOF2"


def test_an_article_that_is_gone_says_what_to_do(client):
    response = client.get(f"/articles/{'b' * 64}")
    assert response.status_code == 404
    assert "Paste the article again" in response.text


def test_where_keys_are_asked_for_no_page_gives_anything_away(tmp_path):
    with own_house(tmp_path, keys="on") as house:
        stock(house, digest(PAIRS, title="الأسعار", title_translation="Prices"))
        client = create_app(house.settings, house).test_client()
        for path in ("/", ARTICLE, "/jobs/x"):
            response = client.get(path)
            assert response.status_code == 200
            assert "الأسعار" not in response.text
            assert "Prices" not in response.text
        fragments = ("/fragments/history", f"/fragments{ARTICLE}", f"/export/{'a' * 64}.txt")
        for path in fragments:
            assert client.get(path).status_code == 401


@pytest.mark.parametrize("words", ["weather ", "الطقس "])
def test_a_search_for_very_many_words_finds_nothing_and_breaks_nothing(client, words):
    many = {"query": " ".join(f"{words.strip()}{n}" for n in range(1500))}
    for path in ("/", "/fragments/history"):
        response = client.get(path, query_string=many)
        assert response.status_code == 200
        assert "No headline has these words" in response.text


def test_what_the_cache_keeps_beside_articles_is_no_article(client, house):
    """Sentences lie in it under names of their own kind."""
    house.cache.put("s:1", b"[]")
    assert client.get("/articles/s:1").status_code == 404
    for path in ("/fragments/articles/s:1", "/export/s:1.txt"):
        response = client.get(path)
        assert (response.status_code, response.json["code"]) == (404, "not_found")


def test_the_choice_of_a_glossary_comes_with_the_page_or_is_fetched_with_the_key(client, tmp_path):
    assert '<option value="starter">' in client.get("/").text
    assert '<option value="starter">' in client.get("/fragments/desks").text
    with own_house(tmp_path / "keyed", keys="on") as house:
        keyed = create_app(house.settings, house).test_client()
        page = keyed.get("/").text
        assert '<option value="starter">' not in page
        assert 'data-fragment="/fragments/desks" data-empty' in page
        assert keyed.get("/fragments/desks").status_code == 401


def test_search_in_the_list_works_without_a_script(client):
    assert "الأسعار" in client.get("/?query=prices").text
    assert "No headline has these words" in client.get("/?query=weather").text


def test_the_glossary_is_searched_without_a_script_in_either_language(client):
    for query in ("Lebanon", "لبنان"):
        page = client.get(f"/glossary?query={query}").text
        assert '<td lang="en" dir="ltr">Lebanon' in page
        assert "Afghanistan" not in page
    assert "no glossary yet" in client.get("/glossary?desk=new").text
