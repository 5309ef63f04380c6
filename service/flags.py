"""The catalogue of flags: what each code means, how bad it is, and how it is said to a person.

The catalogue is data, ``flags.toml`` beside this file, one table a code. Every flag is made here,
so that a code without severity, wording or documentation (docs/flags.md) cannot exist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from service.domain import Flag, Language, Severity

CATALOGUE = Path(__file__).with_name("flags.toml")
#: Where a flag on the translation of the title points.
ON_TITLE = "translation.title"


@dataclass(frozen=True, slots=True)
class FlagKind:
    """One entry of the catalogue; the wordings are ``str.format`` templates."""

    code: str
    severity: Severity
    message: Mapping[Language, str]


@cache
def catalogue() -> Mapping[str, FlagKind]:
    """All kinds of flags by code."""
    entries = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return {
        code: FlagKind(
            code, cast("Severity", entry["severity"]), {"ar": entry["ar"], "en": entry["en"]}
        )
        for code, entry in entries.items()
    }


def on_sentence(number: int) -> str:
    """Where a flag on the translation of that sentence points."""
    return f"translation.sentences.{number}"


def make(
    code: str,
    where: str,
    *,
    source: str | None = None,
    target: str | None = None,
    **values: object,
) -> Flag:
    """A flag of the catalogue; ``source``, ``target`` and ``values`` fill the wording.

    Raises:
        KeyError: the code is not in the catalogue, or its wording names a value not given.
    """
    kind = catalogue()[code]
    facts = {"source": source or "", "target": target or "", **values}
    message: dict[Language, str] = {
        language: template.format_map(facts) for language, template in kind.message.items()
    }
    return Flag(code, kind.severity, where, message, source, target)
