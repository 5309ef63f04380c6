"""The words of quantities, by language, from ``data/*.toml``.

One set of tables a language, one shape for both: the readers hold no word of either language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from service.checks.tokens import Token, fold
from service.checks.units import DATA, Unit, units_by_name, units_of, which_currency
from service.domain import Language
from service.text.normalize import strip_tashkeel

Role = Literal[
    "cardinal",
    "weak",
    "hundred",
    "dozen",
    "scale",
    "dual",
    "ordinal",
    "weak_ordinal",
    "fraction",
    "decade",
]
_ROLES: tuple[Role, ...] = (
    "decade", "fraction", "weak_ordinal", "ordinal", "dual", "scale", "hundred", "dozen",
    "weak", "cardinal",
)  # fmt: skip

_CONJUNCTION = re.compile("^[وف](?=..)")
_PREPOSITION = re.compile("^[بلك](?=..)")
_ARTICLE = re.compile("^ال(?=..)")
_TO_THE = re.compile("^لل(?=..)")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word: what it is worth and how it joins others."""

    value: float
    role: Role


@dataclass(frozen=True, slots=True)
class Namesake:
    """A name or verb that is a number word too: the words after and before which it is none."""

    after: frozenset[str]
    before: frozenset[str]
    is_verb: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """How number words join: five-and-twenty or twenty-five, with or without "and"."""

    unit_first: bool
    join_required: bool


class Stem(NamedTuple):
    """A word without what Arabic writes onto it; ``joined`` where that was «و»."""

    form: str
    joined: bool = False


@lru_cache(maxsize=8_192)
def stems(form: str) -> tuple[Stem, ...]:
    """The word as it stands, then without conjunction, preposition and article, longest first."""
    found = {form: False}
    rests = [(form, False)]
    if _CONJUNCTION.match(form):
        rests.append((form[1:], form[0] == "و"))
    for rest, joined in rests:
        for cut in _without_particles(rest):
            found.setdefault(cut, joined)
    return tuple(Stem(form, joined) for form, joined in found.items())


def _without_particles(form: str) -> Iterator[str]:
    yield form
    for rest in (form, _PREPOSITION.sub("", form)):
        yield rest
        yield _ARTICLE.sub("", rest)
    yield _TO_THE.sub("", form)


class Lexicon:
    """The tables of one language, keyed by matching form."""

    def __init__(self, language: Language) -> None:
        raw = tomllib.loads((DATA / f"{language}.toml").read_text("utf-8"))
        grammar = raw["grammar"]
        self.language = language
        self.grammar = Grammar(grammar["unit_first"], grammar["join_required"])
        self.joiners = _forms(grammar["joiners"])
        self.commas = _forms(grammar["commas"])
        self.articles = _forms(grammar["articles"])
        self._proclitics: bool = grammar["proclitics"]
        self.numbers: dict[str, NumberWord] = {}
        for role in _ROLES:  # the commoner reading of a form that has two comes last and wins
            for word, value in raw.get(role, {}).items():
                self.numbers[fold(word)] = NumberWord(float(value), role)
        self.not_numbers = frozenset(raw["not_numbers"]["words"])
        self.fractions_after = _forms(raw["not_numbers"]["fractions_after"])
        self.weak_after = _forms(raw["not_numbers"]["weak_after"])
        self.namesakes = {
            fold(word): Namesake(_forms(entry["after"]), _forms(entry["before"]), entry["verb"])
            for word, entry in raw.get("namesake", {}).items()
        }
        self.glued = _keyed(raw.get("glued", {}))
        self.vague = _forms(raw["vague"]["words"])
        self.vague_before = _forms(raw["vague"]["before"])
        self.percent = frozenset(raw["percent"]["words"]) | _forms(raw["percent"]["words"])
        self.percent_phrases = _phrases(raw["percent"]["phrases"])
        self.ranges = _forms(raw["range"]["words"])
        self.months = _named(raw["month"])
        self.exact = {fold(word): word for word in raw["month_rules"]["exact"]}
        self.month_rules = {name: _forms(words) for name, words in raw["month_rules"].items()}
        self.hijri = _named(raw["hijri"])
        self.hijri_years = _forms(raw["hijri_rules"]["year_marks"])
        self.weekdays = {fold(word): value for word, value in raw["weekday"].items()}
        self.weekdays_one = {fold(word): value for word, value in raw["weekday_one"].items()}
        self.relative_day = {name: _forms(words) for name, words in raw["relative_day"].items()}
        self.clock = {name: _forms(words) for name, words in raw["clock"].items()}
        self.clock_words = _named(raw["clock_words"])
        self.units = units_of(language)
        self._said = which_currency(language)
        self._starts = frozenset(
            {*self.numbers, *self.vague, *self.vague_before, *self.weekdays, *self.weekdays_one}
            | self.relative_day["words"]
            | {name[0] for name in (*self.months, *self.hijri)}
        )
        self._begins = lru_cache(maxsize=20_000)(self._is_start)

    def stems(self, token: Token) -> tuple[Stem, ...]:
        """The forms under which the token may be known."""
        return stems(token.form) if self._proclitics else (Stem(token.form),)

    def may_begin(self, token: Token) -> bool:
        """Whether a numeral or date can begin with the token: most words are none, told quickly."""
        if token.kind != "word":
            return token.kind == "digits"
        return self._begins(token.form)

    def _is_start(self, form: str) -> bool:
        forms = stems(form) if self._proclitics else (Stem(form),)
        return any(stem.form in self._starts for stem in forms)

    def number(self, token: Token) -> tuple[NumberWord, bool] | None:
        """The number word that the token is and whether it is joined to the one before."""
        if token.kind != "word" or token.form in self.percent:
            return None
        if any(stem.form in self.not_numbers for stem in self._as_spelled(token)):
            return None
        for stem in self.stems(token):
            if word := self.numbers.get(stem.form):
                # «وأحد عشر» folds to the very letters of «واحد»; the hamza tells them apart
                return word, stem.joined or token.text.startswith(("وأ", "وإ"))
        return None

    def _as_spelled(self, token: Token) -> tuple[Stem, ...]:
        """The stems with the hamza on its own letter, which tells «ميتا» (Meta) from «مئتا»."""
        spelled = strip_tashkeel(token.text)
        return stems(spelled) if self._proclitics else (Stem(spelled),)

    def unit(self, token: Token) -> Unit | None:
        """The currency or unit that the token names."""
        if token.kind == "digits":
            return None
        return next((self.units[s.form] for s in self.stems(token) if s.form in self.units), None)

    def which(self, unit: Unit, token: Token) -> Unit | None:
        """The one reading of a unit that the word beside it tells: «ليرة» and «تركية»."""
        said = next((self._said[s.form] for s in self.stems(token) if s.form in self._said), None)
        return units_by_name()[said] if said and said in unit.readings else None

    def is_one_of(self, token: Token, forms: Iterable[str]) -> bool:
        """Whether the token, with or without particles, is one of ``forms``."""
        return any(stem.form in forms for stem in self.stems(token))


@cache
def lexicon(language: Language) -> Lexicon:
    """The tables of a language, read once."""
    return Lexicon(language)


def _forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) or word for word in words)


def _keyed(table: Mapping[str, Any]) -> dict[str, float]:
    return {fold(word): float(value) for word, value in table.items()}


def _named(table: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """Month names, some of two words, by their forms."""
    return {tuple(fold(part) for part in name.split("_")): value for name, value in table.items()}


def _phrases(phrases: Iterable[Iterable[str]]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(word) for word in phrase) for phrase in phrases)
