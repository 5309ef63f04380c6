"""Puts a translation into the marks of its language.

Arabic has ، ؛ ؟ and «»; English , ; ? and ". A model mixes them. The final mark follows the
source's: a question stays one, a headline gets no full stop. What is inside a number or a web
address stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain import Language
from service.text.addresses import ADDRESS
from service.text.normalize import clean_unicode, western_digits

_MARK = re.compile(r"[;?]|(?<!\d),|,(?!\d)")
_TO_ARABIC = str.maketrans(";?,", "؛؟،")
_TO_ENGLISH = str.maketrans(
    {"،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "«": '"', "»": '"',
     "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'"}
)  # fmt: skip
_QUOTES = re.compile("[\"“”„«»]|''")

_SPACE_BEFORE = re.compile(r"\s+(?=[،؛؟,;?!)\]»…]|[.:](?!\d))")
_SPACE_AFTER_OPENING = re.compile(r"(?<=[(\[«])\s+")
_MISSING_SPACE = re.compile(r"(?<=[،؛؟])(?=[^\s\d»)\]\"'.!؟])")
# Stands for an address while marks are changed: no letter, and in no text that means anything.
_ADDRESS_MARK = "\ufdd0"
_DOUBLED = re.compile(r"([،؛,;:])(?:\s*[،؛,;:])+")

# What may stand at a sentence's end, and what may close after it.
_CLOSERS = "\"'”’»)]"
_TAIL = re.compile(rf"[\s.!?؟…،؛,;:{re.escape(_CLOSERS)}]*$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")  # U.S, whose last point is its own
_MARKS = {"?": "?", "؟": "?", "!": "!", "…": "…", ".": "."}
_WRITTEN: dict[Language, dict[str, str]] = {
    "ar": {"?": "؟", "!": "!", "…": "…", ".": ".", "?!": "؟!", ":": ":"},
    "en": {"?": "?", "!": "!", "…": "...", ".": ".", "?!": "?!", ":": ":"},
}


def final_mark(text: str) -> str | None:
    """How the sentence ends: ``.``, ``?``, ``!``, ``?!``, ``…``, ``:``, or None without a mark.

    Closing quotes and brackets after the mark are looked through; Arabic marks count as theirs.
    """
    tail = _TAIL.search(text)
    marks = [c for c in (tail[0] if tail else "") if c in "?؟!….:"]
    kinds = {_MARKS.get(mark, mark) for mark in marks}
    if "?" in kinds:
        return "?!" if "!" in kinds else "?"
    if "…" in kinds or marks.count(".") > 1:
        return "…"
    return next((kind for kind in ("!", ".", ":") if kind in kinds), None)


def finish(text: str, source: str, language: Language) -> str:
    """The translation ``text`` of ``source`` in the marks of ``language``, its own."""
    text = clean_unicode(text).replace("\n", " ").replace(_ADDRESS_MARK, "").strip()
    addresses = iter(ADDRESS.findall(text))
    text = ADDRESS.sub(_ADDRESS_MARK, text)
    text = _arabic(text) if language == "ar" else _english(text)
    text = _SPACE_AFTER_OPENING.sub("", _SPACE_BEFORE.sub("", text))
    text = _MISSING_SPACE.sub(" ", _DOUBLED.sub(r"\1", text))
    text = _end_like(text, final_mark(source), language)
    return re.sub(_ADDRESS_MARK, lambda _: next(addresses), text)


def _arabic(text: str) -> str:
    return _guillemets(_MARK.sub(lambda mark: mark[0].translate(_TO_ARABIC), text))


def _guillemets(text: str) -> str:
    """Every quotation mark as « or »; an odd one out at the end is closed, else left as it is."""
    marks = _QUOTES.findall(text)
    if len(marks) % 2:
        return text.replace("“", "«").replace("”", "»")
    sides = iter("«»" * (len(marks) // 2))
    return _QUOTES.sub(lambda _: next(sides), text)


def _english(text: str) -> str:
    return western_digits(text).translate(_TO_ENGLISH)


def _end_like(text: str, mark: str | None, language: Language) -> str:
    tail = _TAIL.search(text)
    if tail is None or not text[: tail.start()]:
        return text
    body = text[: tail.start()]
    if mark is None and body[-1:].isupper() and "." in tail[0]:
        return text  # an abbreviation such as U.S. is not an end
    closers = "".join(c for c in tail[0] if c in _CLOSERS)
    written = "" if mark is None else _WRITTEN[language][mark]
    # English closes the quote after the mark, Arabic before it.
    quoted = closers and language == "en" and not closers.startswith((")", "]"))
    return body + (written + closers if quoted else closers + written)


# Words that are written small wherever they stand inside a sentence.
_SMALL = re.compile(
    r"""\A(?:the|an?|and|but|n?or|so|yet|in|on|at|of|to|for|from|by|with|as|that|which|who[ms]?|whose
    |while|when|where|whereas|because|although|if|its?|s?he|they|his|her|their|this|these|those
    |there|we|you|is|was|are|were|ha[sd]|have|after|before|during|since|until|among|under|over
    |according|not|no|also|what|how|why|even|though|despite|amid|about|against|between|through|without
    |both|some|many|most|more|all|only|then|however|meanwhile|noting|adding|saying|stressing)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def rejoin(pieces: Sequence[tuple[str, str]], language: Language) -> str:
    """One sentence from clauses and their translations, in order.

    A clause's translation ends as the clause does and, in English, begins small where its first
    word is no name; the last one is left for ``finish``.
    """
    joined = []
    for index, (clause, translation) in enumerate(pieces):
        text = translation.strip()
        if index and language == "en":
            text = _SMALL.sub(lambda found: found[0].lower(), text)
        if index < len(pieces) - 1:
            text = _clause_end(text, clause, language)
        joined.append(text)
    return " ".join(text for text in joined if text)


def _clause_end(text: str, clause: str, language: Language) -> str:
    tail = _TAIL.search(text)
    body = text[: tail.start()] if tail else text
    if not body:
        return text
    if tail and tail[0].startswith(".") and _INITIALS.search(body):
        body += "."
    closers = "".join(c for c in (tail[0] if tail else "") if c in _CLOSERS)
    mark = clause[-1] if clause[-1] in "،,؛;:–—…" else ""
    return body + closers + mark.translate(_TO_ARABIC if language == "ar" else _TO_ENGLISH)
