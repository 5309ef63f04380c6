"""What looks like a term and is none: surnames that are given names, words beside other words.

A glossary that is in force by default would rather miss a term than put one into a sentence that
was right: «بحماس شديد» is no Hamas, the Guardian Council no newspaper, Salman Rushdie no king.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.checks.lexicon import stems
from service.checks.names import PARTICLES, TITLES, gazetteer
from service.checks.tokens import Token, fold
from service.domain import Language

_DATA = Path(__file__).with_name("data") / "ordinary.toml"
_ARTICLES = frozenset({"al", "el"})
_OWNER = ("'s", "’s", "'", "’")
_HEADING_SHARE = 0.5
_SHORTEST_HEADING = 4
_ONE_WORD_NAMES = frozenset({"organisation", "agency", "media"})
_Beside = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Words:
    """What letters cannot tell about names, folded; see ``data/ordinary.toml``."""

    given: frozenset[str]
    ordinary: frozenset[str]
    offices: frozenset[str]
    borne: frozenset[str]
    openers: frozenset[str]
    before: _Beside
    after: _Beside
    adverb: _Beside


@cache
def _words() -> _Words:
    raw = tomllib.loads(_DATA.read_text("utf-8"))
    lists = {name: _folded(raw[name]) for name in raw if isinstance(raw[name], str)}
    beside: dict[str, _Beside] = {
        name: {fold(word): _folded(others) for word, others in raw[name].items()}
        for name in raw.keys() - lists
    }
    return _Words(
        lists["given"],
        lists["ordinary"],
        lists["offices"],
        lists["borne"],
        lists["openers"],
        beside["before"],
        beside["after"],
        beside["adverb"],
    )


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


def is_given(spelling: str) -> bool:
    """Whether the last word of a person's spelling is a given name too, or the whole an office."""
    forms = [fold(word) for word in spelling.split()]
    return forms[0] in _words().offices or bare(forms[-1]) in _words().given


def is_ordinary_name(form: str) -> bool:
    """Whether a last name, folded and without its article, is as often an ordinary word."""
    return form in _words().ordinary


def bare(form: str) -> str:
    """A folded last name without its article."""
    return form.removeprefix("al-").removeprefix("el-").removeprefix("ال")


def is_ordinary(form: str, kind: str) -> bool:
    """Whether an English word that names an organisation is an ordinary one: Congress, Guardian."""
    return kind in _ONE_WORD_NAMES and gazetteer().is_common(form)


def is_alone(
    text: str, tokens: Sequence[Token], at: int, language: Language, kind: str = "person"
) -> bool:
    """Whether a word stands for a person or an organisation by itself, no part of another name.

    Args:
        text: what the tokens are of.
        tokens: the words and numbers of the text.
        at: which of them.
        kind: the term's.
    """
    if language == "ar":
        beside = filter(None, (_before(text, tokens, at), _after(text, tokens, at)))
        return not any(_is_borne(token) for token in beside)
    return _may_follow(text, tokens, at, kind) and _may_precede(text, tokens, at, kind)


def _is_borne(token: Token) -> bool:
    borne = _words().borne
    return token.form in PARTICLES or any(stem.form in borne for stem in stems(token.form))


def _may_follow(text: str, tokens: Sequence[Token], at: int, kind: str) -> bool:
    """Whether the word before an English name is no part of it."""
    before = _before(text, tokens, at)
    if before and before.form in _ARTICLES:
        before = _before(text, tokens, at - 1)
    if before is None or _is_borne(before):
        return before is None
    return not before.text[0].isupper() or _introduces(before, kind)


def _may_precede(text: str, tokens: Sequence[Token], at: int, kind: str) -> bool:
    """Whether the word after an English name is no part of it."""
    after = _after(text, tokens, at)
    if after is None or tokens[at].text.endswith(_OWNER):
        return True
    if _is_borne(after) or not after.text[0].isupper():
        return not _is_borne(after)
    return kind == "person" and _is_heading(tokens) and gazetteer().is_common(after.form)


def _introduces(token: Token, kind: str) -> bool:
    """Whether a capitalised word before a name is no part of it.

    Before a person that is a title, a people or an owner; an organisation's would be another one
    (the Indian National Congress), unless it is the term's own country.
    """
    if kind != "person":
        return token.form in _words().openers
    known = gazetteer()
    owner = token.text.endswith(_OWNER)
    return (
        owner or token.form in TITLES or token.form in known.places or known.is_common(token.form)
    )


def _is_heading(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.kind == "word"]
    capitals = sum(token.text[0].isupper() for token in words)
    return len(words) >= _SHORTEST_HEADING and capitals > _HEADING_SHARE * len(words)


def _before(text: str, tokens: Sequence[Token], at: int) -> Token | None:
    """The word before, if no mark parts the two; the point of an initial does not."""
    if not at or tokens[at - 1].kind != "word":
        return None
    between = text[tokens[at - 1].end : tokens[at].start]
    marks = " -‑." if len(tokens[at - 1].text) == 1 else " -‑"
    return None if between.strip(marks) else tokens[at - 1]


def _after(text: str, tokens: Sequence[Token], at: int) -> Token | None:
    """The word after, if no mark parts the two."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return None
    between = text[tokens[at].end : tokens[at + 1].start]
    return None if between.strip(" -‑") else tokens[at + 1]


def is_something_else(
    text: str, tokens: Sequence[Token], at: int, form: str, written_on: str
) -> bool:
    """Whether an Arabic word of a term's letters is an ordinary word here.

    Args:
        form: the folded spelling that was recognised at ``at``.
        written_on: the letters that stand before it in its word.
    """
    before, after = _before(text, tokens, at), _after(text, tokens, at)
    if after and not _words().before.get(form, frozenset()).isdisjoint(
        {after.form, after.form.removesuffix("ا")}
    ):
        return True
    if before and any(stem.form in _words().after.get(form, ()) for stem in stems(before.form)):
        return True
    named = _words().adverb.get(form)
    return named is not None and written_on.endswith("ب") and not (before and before.form in named)
