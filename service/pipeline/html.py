"""The article of a web page, or of the HTML that a content-management system keeps for one.

A whole page goes through trafilatura, which finds the story among menus, side columns and
comments. A fragment without ``<body>`` is an article already: there only what is never text
(scripts, forms, navigation) is left out, and every block stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

_PAGE = re.compile(r"<(?:body|html)\b", re.IGNORECASE)
# Never text of the story, wherever it stands.
_LEFT_OUT = re.compile(
    "script|style|noscript|template|title|nav|aside|footer|form|button|iframe|svg|select|textarea|"
    "object|audio|video|figcaption"
)
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|del|em|font|hi|i|ins|mark|q|ref|s|small|span|strong|sub|sup|"
    "time|tt|u|wbr"
)
# A shorter block may stand in the story's text by chance.
_SHORTEST_BLOCK = 6
# The share of trafilatura's reading that the chosen blocks must cover.
_COVERED = 0.8
_TITLES = (
    "string(//meta[@property='og:title']/@content)",
    "string(//h1)",
    "string(//title)",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's own title, and its story as paragraphs with a blank line between them."""

    title: str | None
    text: str


def extract(source: str) -> Page:
    """The story of a page or of a fragment of HTML; its text is empty where there is none."""
    tree = _parsed(source)
    if tree is None:
        return Page(None, "")
    titles = (" ".join(str(tree.xpath(path)).split()) for path in _TITLES)
    title = next((found for found in titles if found), None)
    blocks = list(_paragraphs(tree))
    if _PAGE.search(source):
        blocks = _story(blocks, _main(_parsed(source)))
    return Page(title, "\n\n".join(blocks))


def _story(blocks: list[str], main: list[str]) -> list[str]:
    """The blocks of a page that trafilatura's reading has too.

    What it finds is the story, but in a short article it runs the paragraphs together; so it
    chooses and the page's own blocks give the shape, unless they do not cover what it found.
    """
    found = "".join("".join(main).split())
    chosen = [
        block
        for block, squeezed in ((block, "".join(block.split())) for block in blocks)
        if len(squeezed) >= _SHORTEST_BLOCK and squeezed in found
    ]
    covered = sum(len("".join(block.split())) for block in chosen)
    return chosen if covered >= _COVERED * len(found) and chosen else main or blocks


def _parsed(source: str) -> Any:
    """The tree of the source, or None where there is nothing in it."""
    data = source.replace("\x00", "").encode("utf-8", "replace")
    try:
        return lxml_html.document_fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def _main(tree: Any) -> list[str]:
    """The paragraphs of a page that trafilatura takes for the story; none where it finds none."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, include_comments=False, include_tables=False)
    except Exception:  # whatever a broken page does to it, the plain reading is left
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_paragraphs(body))


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text of each block, its white space as a browser shows it."""
    parts: list[str] = []
    for text in (*_texts(tree), None):
        if text is not None:
            parts.append(text)
        elif paragraph := " ".join("".join(parts).split()):
            yield paragraph
            parts = []
        else:
            parts = []


def _texts(tree: Any) -> Iterator[str | None]:
    """The pieces of text in order, and None wherever a block begins or ends."""
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        block = event in ("start", "end") and not _INLINE.fullmatch(element.tag)
        if block:
            yield None
        if event == "start" and _LEFT_OUT.fullmatch(element.tag):
            walk.skip_subtree()
        elif event == "start" and element.text:
            yield element.text
        if event != "start" and element.tail and element is not tree:
            yield element.tail
