import pytest

from service import create_app
from service.text.bidi import FSI, PDI
from tests.builders import digest
from tests.web.conftest import own_house, stock

PAIRS = (
    ("أعلنت SpaceX ذلك *اليوم*.", "SpaceX said so <today>."),
    ("ونفى ماسك.", "Musk denied it."),
)


@pytest.fixture
def client(tmp_path):
    with own_house(tmp_path) as house:
        stock(house, digest(PAIRS, title="عنوان", title_translation="Title & more"))
        yield create_app(house.settings, house).test_client()


def export(client, kind):
    response = client.get(f"/export/{'a' * 64}.{kind}")
    assert response.status_code == 200
    return response.text


def test_plain_text_has_everything_and_isolates_names(client):
    text = export(client, "txt")
    assert text.startswith("عنوان\nTitle & more\n")
    assert f"أعلنت {FSI}SpaceX{PDI} ذلك" in text
    assert "SpaceX said so <today>.\n\nMusk denied it." in text
    assert text.rstrip().endswith("khulasa:0|profile:embedded")


def test_markdown_escapes_what_would_be_markup(client):
    text = export(client, "md")
    assert text.startswith("# عنوان\n")
    assert r"\*اليوم\*" in text
    assert r"said so \<today\>." in text
    assert "## Short (Arabic)" in text


def test_html_is_escaped_and_says_each_language(client):
    page = export(client, "html")
    assert '<h1 lang="en" dir="ltr">Title &amp; more</h1>' in page
    assert "said so &lt;today&gt;." in page
    assert '<p lang="ar" dir="rtl">أعلنت <bdi lang="en" dir="ltr">SpaceX</bdi>' in page


def test_an_article_that_is_not_there_is_a_problem(client):
    response = client.get(f"/export/{'b' * 64}.txt")
    assert response.json["code"] == "not_found"
