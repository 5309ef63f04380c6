"""A lighter sentence out of its own words: what may go is data, rules/compression.toml.

``tidy`` takes off what no summary needs. ``shorten`` also drops asides and closing clauses, until
the sentence fits, and gives up rather than leave a stump: the head must be a clause of its own as
far as rules can tell, brackets and quotation marks must pair; a closing attribution stays, and so
does what denies or doubts the rest.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.domain import Language
from service.summary.bands import count

RULES = Path(__file__).resolve().parent.parent / "rules" / "compression.toml"

# A head with fewer words says too little to stand for its sentence.
_MIN_HEAD = 9
# A pair of dashes so near the start parts a dateline or the subject from the rest.
_OPENING_WORDS = 3
_DASHES = "-–—"
_PAIRS = ("«»", "“”", "()", "[]")
_END = re.compile(r"[.!?؟…]+[\"”»']*$")
_NEXT = re.compile(r"(?<=[\w)\"”»'%][.!?؟])[\"”»]?\s+(?=[\"“«(]?[A-Z\u0620-\u064a])|[;؛]\s")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Maj|Cpl)|\b[دمأ])\.$"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one language, compiled."""

    lead: re.Pattern[str]
    gloss: re.Pattern[str]
    aside: re.Pattern[str]
    source: re.Pattern[str]
    comma: re.Pattern[str]
    closing: re.Pattern[str]
    tail: re.Pattern[str]
    dangling: re.Pattern[str]
    saying: re.Pattern[str]
    said: re.Pattern[str]
    relative: re.Pattern[str]
    finite: re.Pattern[str]
    opening: re.Pattern[str]
    denying: re.Pattern[str]
    negation: re.Pattern[str]


def tidy(text: str, language: Language) -> str:
    """The sentence without dateline, opening link and second month names."""
    rules = _rules(language)
    lighter = rules.gloss.sub("", text)
    opening = rules.lead.match(lighter)
    if opening and count(lighter[opening.end() :]) >= _MIN_HEAD:
        lighter = _capital(lighter[opening.end() :])
    return lighter if _pairs(lighter) or not _pairs(text) else text


def shorten(text: str, language: Language, limit: int) -> str | None:
    """The longest lighter form of at most ``limit`` words, or None where no rule leads there."""
    lighter = tidy(text, language)
    if count(lighter) <= limit:
        return lighter
    if not _pairs(lighter):
        return None
    bare = _without_asides(lighter, language)
    for form in (lighter, bare):
        if count(form) <= limit:
            return form
        for cut in _cuts(form, language):
            if count(cut) <= limit:
                return cut
    return None


def _without_asides(text: str, language: Language) -> str:
    rules = _rules(language)

    def left(aside: re.Match[str]) -> str:
        dashes = aside[0].lstrip()[0] in _DASHES
        opens = dashes and count(text[: aside.start()]) <= _OPENING_WORDS
        doubts = rules.denying.search(aside[0]) or rules.negation.search(aside[0])
        return aside[0] if opens or doubts else ""

    bare = rules.aside.sub(left, text).strip()
    return bare if _pairs(bare) and count(bare) >= _MIN_HEAD else text


def _cuts(text: str, language: Language) -> Iterator[str]:
    """Shorter and shorter heads of the sentence."""
    end = _END.search(text)
    stop, body = (end[0], text[: end.start()]) if end else ("", text)
    rules = _rules(language)
    source = rules.source.search(body)
    credit = source[0] if source else ""
    body = body[: source.start()] if source else body
    ends = _ends(body)
    for at in sorted(_places(body, rules) | set(ends), reverse=True):
        head = body[:at].rstrip(" ،,;؛-–—.")
        last = max((one for one in ends if one < at), default=0)
        if not _stands(head, head[last:], rules):
            continue
        # A credit belongs to the sentence that it closes, not to one before it.
        closed = head + (credit if not any(one >= at for one in ends) else "")
        for full in (closed + stop, closed + "."):
            if _pairs(full):
                yield full
                break


def _ends(body: str) -> list[int]:
    """Where a sentence ends within the text: translations often make two of one."""
    return [m.start() for m in _NEXT.finditer(body) if not _ABBREVIATED.search(body[: m.start()])]


def _places(body: str, rules: _Rules) -> set[int]:
    """Where a clause begins that may go, with all that follows it."""
    places: set[int] = set()
    commas = [m.start() for m in re.finditer(r"[،,](?=\s)", body)]
    for match in rules.comma.finditer(body):
        # With commas after it the clause may stand before the main verb: is there one already?
        later = any(at > match.start() for at in commas)
        if not later or _has_verb(body[: match.start()], rules):
            places.add(match.start())
    for match in (*rules.closing.finditer(body), *rules.tail.finditer(body)):
        if not any(at > match.start() for at in commas):
            places.add(match.start())
    return {at for at in places if not rules.denying.search(_clause(body, at))}


def _has_verb(head: str, rules: _Rules) -> bool:
    """Whether the last clause of a head has its finite verb."""
    plain = rules.relative.sub("", head)
    opened = max((match.end() for match in rules.opening.finditer(plain)), default=0)
    return bool(rules.finite.search(plain, opened))


def _clause(body: str, at: int) -> str:
    """The clause that begins there, up to the next comma."""
    return re.split(r"[،,](?=\s)", body[at:].lstrip("،, "), maxsplit=1)[0]


def _stands(head: str, last: str, rules: _Rules) -> bool:
    """Whether the head, and its last sentence, read as complete as far as rules can tell."""
    if count(last) < _MIN_HEAD or not _pairs(head) or rules.dangling.search(head):
        return False
    saying = rules.saying.search(last)
    return not saying or bool(rules.said.search(last, saying.end() - 1))


def _pairs(text: str) -> bool:
    """Whether brackets and quotation marks pair."""
    return text.count('"') % 2 == 0 and all(
        text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _rules(language: Language) -> _Rules:
    data = tomllib.loads(RULES.read_text("utf-8"))
    table, words = data[language], data["words"]

    def either(name: str, before: str = "") -> re.Pattern[str]:
        found: Any = table.get(name, [])
        parts: Sequence[str] = [found] if isinstance(found, str) else found
        if not parts:
            return re.compile(r"(?!)")
        joined = "|".join(f"(?:{part})" for part in parts)
        for key, value in words.items():
            joined = joined.replace("{" + key + "}", value)
        return re.compile(f"{before}(?:{joined})")

    return _Rules(
        lead=either("lead"),
        gloss=either("gloss"),
        aside=either("aside"),
        source=either("source"),
        comma=either("comma", r"\s?[،,]\s?"),
        closing=either("closing", r"\s?[،,]\s?"),
        tail=either("tail", r"\s"),
        dangling=either("dangling"),
        saying=either("saying"),
        said=either("said"),
        relative=either("relative"),
        finite=either("finite"),
        opening=either("opening"),
        denying=either("denying"),
        negation=either("negation"),
    )
