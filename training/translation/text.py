"""Cleaning of training text, and the word n-grams by which overlap is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from service.text.normalize import fold_letters, western_digits

# Short vowels, Quranic marks and the letter stretcher: news does without them.
MARKS = "".join(map(chr, [*range(0x064B, 0x0653), 0x0670, *range(0x06D6, 0x06EE), 0x0640]))
_MARKS = re.compile(f"[{MARKS}]")
_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile("[A-Za-z]")
_FIGURE = re.compile(r"\d{3,}")
_STRAIGHT = str.maketrans("’‘“”„", '\'\'"""')
_TAGS = re.compile(r"<[^<>]{1,80}>")


def clean(text: str) -> str:
    """Return the text composed, on one line, without Arabic marks and invisible characters."""
    text = _CONTROLS.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip()


def straight(text: str) -> str:
    """Write English quotation marks and apostrophes as the service shows them: straight."""
    return text.translate(_STRAIGHT)


def figures(text: str) -> list[str]:
    """Return the years and other digit strings of three and more, in order of value."""
    return sorted(_FIGURE.findall(western_digits(text).replace(",", "").replace("٬", "")))


def words(text: str) -> list[str]:
    """Return the words folded for comparison: lower case, one alef, no marks, no punctuation."""
    return _WORD.findall(fold_letters(western_digits(clean(text)).lower()))


def ngrams(text: str, size: int) -> Iterator[str]:
    """Yield every run of ``size`` words; the whole text when it is shorter (but has 4 words)."""
    tokens = words(text)
    if len(tokens) < size:
        if len(tokens) >= 4:
            yield " ".join(tokens)
        return
    for start in range(len(tokens) - size + 1):
        yield " ".join(tokens[start : start + size])


def share(text: str, language: str) -> float:
    """Return the share of the text's Arabic and Latin letters in the language's script."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    own = arabic if language == "ar" else latin
    return own / (arabic + latin) if arabic + latin else 0.0


def has_markup(text: str) -> bool:
    """Say whether the text carries tags or printf placeholders, as software messages do."""
    return bool(_TAGS.search(text)) or "%" in text.replace("% ", "") or "{" in text or "\\" in text
