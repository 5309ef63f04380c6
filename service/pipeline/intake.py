"""Intake: from what a newsroom pastes to the story alone, cut into sentences.

text or HTML → normal form → language → debris and credit taken out → sentences → Document
"""

from __future__ import annotations

import re
from html import unescape

from service.domain import Document, Language
from service.errors import Malformed, TooLarge, TooShort
from service.pipeline import debris, segment
from service.pipeline import html as pages
from service.pipeline import language as languages
from service.pipeline.rules import rules_hash
from service.text.normalize import clean_unicode
from service.text.words import words

__all__ = ["read", "rules_hash"]

MIN_WORDS = 5
# A "word" longer than this is no word; it bounds texts that have no spaces.
_LONGEST_WORD = 60
_MARKUP = re.compile(
    r"\s*<(?:!doctype|!--|html|head|body|main|article|section|div|p|h[1-4]|script|style|figure)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")


def read(
    *,
    text: str | None = None,
    html: str | None = None,
    title: str | None = None,
    language: Language | None = None,
    max_words: int = 20_000,
) -> Document:
    """Read an article; exactly one of ``text`` and ``html`` is given.

    ``language`` is taken at its word unless the script speaks against it. Offsets in
    ``dropped`` are code points into the normalised input (for HTML: the text found in the page). A
    text that opens with a tag is read as HTML.

    Raises:
        Malformed: not exactly one of ``text`` and ``html``.
        TooShort: fewer than ``MIN_WORDS`` different words of story.
        TooLarge: more than ``max_words`` words.
        WrongLanguage: neither Arabic nor English, or too mixed; the details say what was found.
    """
    if (text is None) == (html is None):
        raise Malformed("give either text or html")
    if text is not None and _MARKUP.match(text):
        text, html = None, text
    if html is not None:
        page = pages.extract(html)
        text, title = page.text, title or page.title
    assert text is not None
    normal = clean_unicode(_unescaped(text))
    check_size(normal, max_words)
    title = _one_line(title)
    swept = debris.sweep(normal, title)
    if len(set(words(swept.text))) < MIN_WORDS:
        raise TooShort(f"there is no story of at least {MIN_WORDS} different words in it")
    detected = languages.detect(swept.text, language)
    return Document(
        language=detected,
        title=swept.title,
        text=swept.text,
        sentences=segment.split(swept.text, detected.code),
        source_credit=swept.credit,
        dropped=swept.dropped,
    )


def check_size(text: str, max_words: int, what: str = "article") -> None:
    """Refuse what is too long to be read; ``what`` is its name in the message.

    Raises:
        TooLarge: more than ``max_words`` words, or more characters than so many words have.
    """
    count = len(words(text))
    if count > max_words:
        raise TooLarge(
            f"the {what} has {count} words; the limit is {max_words}", words=count, limit=max_words
        )
    if len(text) > max_words * _LONGEST_WORD:
        raise TooLarge(
            f"the {what} has {len(text)} characters, too many for {max_words} words",
            limit=max_words,
        )


def _unescaped(text: str) -> str:
    """The text without HTML's character references, which feeds leave in, sometimes twice over."""
    for _ in range(3):
        plain = _REFERENCE.sub(lambda match: unescape(match[0]), text)
        if plain == text:
            break
        text = plain
    return text


def _one_line(title: str | None) -> str | None:
    return " ".join(clean_unicode(title).split()) or None if title else None
