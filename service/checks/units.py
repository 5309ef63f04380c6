"""Currencies and units from ``data/units.toml``, by their names and by the words of a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.checks.tokens import fold
from service.domain import Language

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency (dimension ``money``) or a unit; ``factor`` in the dimension's base.

    ``readings`` name the units that its word may mean, itself where that is one: "pounds" may be
    sterling, Egypt's or a weight.
    """

    name: str
    dimension: str
    factor: float
    readings: tuple[str, ...]


@cache
def units_by_name() -> Mapping[str, Unit]:
    """Every currency and unit by its name."""
    raw = _raw()
    money = {"dimension": "money", "factor": 1}
    entries = [(name, entry | money) for name, entry in raw["currency"].items()]
    return {
        name: Unit(
            name, entry["dimension"], float(entry["factor"]), (*entry.get("readings", [name]),)
        )
        for name, entry in [*entries, *raw["unit"].items()]
    }


def units_of(language: Language) -> dict[str, Unit]:
    """The units by a language's words for them, in matching form."""
    raw, units = _raw(), units_by_name()
    return {
        fold(word) or word: units[name]
        for name, entry in [*raw["currency"].items(), *raw["unit"].items()]
        for word in _words(entry, language)
    }


def which_currency(language: Language) -> dict[str, str]:
    """The names of currencies by the adjectives that tell them from others of the same word."""
    table: Mapping[str, list[str]] = _raw()["which"][language]
    return {fold(word): name for name, words in table.items() for word in words}


@cache
def weighed() -> tuple[frozenset[str], frozenset[str]]:
    """The words before and after "pounds" that make a weight of them."""
    table = _raw()["weighed"]
    return frozenset(table["before"]), frozenset(table["after"])


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((DATA / "units.toml").read_text("utf-8"))


def _words(entry: Mapping[str, Any], language: Language) -> list[str]:
    """A language's own words, and the signs and codes that both write ($, €, USD)."""
    shared = [w for w in entry["en"] if not w.isalpha() or (len(w) == 3 and language == "ar")]
    return list(dict.fromkeys([*entry[language], *shared]))
