"""The story in a page or a fragment of HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.html import extract

STORY = {
    "ar": (
        "قال وزير الاقتصاد إن الحكومة ستعلن غدا خطة جديدة لدعم الصادرات الزراعية في الجنوب.",
        "وأضاف أن الخطة تشمل قروضا ميسرة بقيمة 45 مليون دولار وأنها ستنفذ على ثلاث مراحل.",
    ),
    "en": (
        "The economy minister said the government would announce a plan to support exports.",
        "The plan includes loans worth 45 million dollars and will be carried out in stages.",
    ),
}


@pytest.mark.parametrize("language", STORY)
def test_a_page_gives_its_story_and_no_furniture(language: str) -> None:
    one, two = STORY[language]
    page = extract(
        f"<!doctype html><html><head><title>Headline | Site</title><style>p {{}}</style></head>"
        f"<body>"
        f"<nav><a href='/'>Politics</a></nav><article><h1>Headline</h1><p>{one}</p>"
        f"<figure><img src='a.jpg'><figcaption>Photo: AFP</figcaption></figure>"
        f"<h2>Subheading</h2><p>{two}</p><ul><li>First item</li></ul></article>"
        f"<aside><p>Another story about a cat</p></aside><div id='comments'><p>Nice one.</p></div>"
        f"<footer>Imprint</footer><script>evil()</script></body></html>"
    )
    assert page.title == "Headline"
    assert page.text.split("\n\n") == ["Headline", one, "Subheading", two, "First item"]


@pytest.mark.parametrize("language", STORY)
@pytest.mark.parametrize(
    "shape",
    [
        "<p>{0}</p>\n<p>{1}</p>",
        "{0}<br><br/>{1}",
        "<div>{0}</div><div><div>{1}</div></div>",
        "<ul><li>{0}</li><li>{1}</li></ul>",
        "<blockquote>{0}</blockquote><script>alert('x')</script><style>p</style>{1}<!-- no -->",
        "<table><tr><td>{0}</td></tr><tr><td>{1}</td></tr></table><form>Search</form>",
        "<?xml version='1.0' encoding='latin-1'?><p>{0}</p><p>{1}</p>",
        "<p>\x00{0}</p><p>{1}",
    ],
)
def test_every_block_of_a_fragment_is_a_paragraph(shape: str, language: str) -> None:
    one, two = STORY[language]
    assert extract(shape.format(one, two)).text == f"{one}\n\n{two}"


def test_white_space_and_inline_tags_are_as_a_browser_shows_them() -> None:
    page = extract(
        "<p>The <b>prime\n  minister</b>,\n<a href='x'>who</a>&nbsp;left, re<i>turned</i>.</p>"
    )
    assert page.text == "The prime minister, who left, returned."
    assert extract("<p>قال <b>رئيس\n الوزراء</b>، الذي عا<i>د</i>.</p>").text == (
        "قال رئيس الوزراء، الذي عاد."
    )


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (
            "<html><head><meta property='og:title' content='A  title'><title>T</title></head>",
            "A title",
        ),
        ("<h1>عنوان <b>الخبر</b></h1><p>x</p>", "عنوان الخبر"),
        ("<title>T</title>", "T"),
        ("<p>x</p>", None),
    ],
)
def test_titles(source: str, title: str | None) -> None:
    assert extract(source).title == title


@pytest.mark.parametrize(
    "source", ["", " ", "<p>", "<html><body></body></html>", "<!-- c -->", "\x00"]
)
def test_nothing_gives_nothing(source: str) -> None:
    assert extract(source).text == ""


@given(st.text(st.characters() | st.sampled_from("<>&/p!-\"='"), max_size=60))
def test_no_markup_breaks_it(source: str) -> None:
    extract(source)
    extract(f"<html><body>{source}")
