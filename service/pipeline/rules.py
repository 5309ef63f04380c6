"""The intake rules: data in service/rules/debris.toml, read once and compiled here.

A rule is a regular expression over the *matching form* of a stretch (tashkeel, alef, ya and
ta-marbuta folded, lower case), so that one spelling in the file meets all of them in the wild.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from service.errors import ConfigurationError
from service.text.normalize import fold_letters

RULES_DIR = Path(__file__).resolve().parent.parent / "rules"

_NAMED = re.compile(r"\{([a-z]\w+)\}")
# What somebody in the story says is the story's, however like an appeal to readers it sounds.
_NOBODY_SAYS = r"(?!(?:[^.!?؟]|[.!?؟](?=\S)){0,300}\b(?:{saying})\b)"

Where = Literal["line", "heading", "sentence", "inline", "byline", "last", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of debris.

    Attributes:
        reason: why it is no part of the story; stable, shown to readers of ``dropped``.
        language: whose words it knows.
        where: ``line`` a whole paragraph; ``heading`` a whole paragraph whose list of headlines
            goes with it; ``sentence`` a whole sentence anywhere, or a paragraph; ``inline`` the
            same, but text may follow without a full stop between; ``head`` what opens the
            article, ``tail`` what closes it; ``byline`` the first paragraph under a headline,
            ``last`` the last paragraph under others.
        pattern: a named group (``credit…``) is lifted into the source credit.
        case: the pattern is over the text as it is written, not over its matching form.
        max_words: no longer stretch is looked at.
    """

    reason: str
    language: str
    where: Where
    pattern: re.Pattern[str]
    case: bool
    max_words: int
    hits: tuple[str, ...]
    near_misses: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, in the file's order.

    Raises:
        ConfigurationError: the file is missing or a rule in it cannot be read.
    """
    try:
        data = tomllib.loads((RULES_DIR / "debris.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"the intake rules cannot be read: {error}") from error
    return tuple(_rule(entry, data.get("words", {})) for entry in data["rule"])


def _rule(entry: dict[str, Any], words: dict[str, str]) -> Rule:
    case = entry.get("case", False)
    source = entry.get("pattern", "")
    try:
        if entry["where"] not in get_args(Where):
            raise ValueError(f"where is none of {get_args(Where)}")
        if entry["where"] == "sentence":
            source = f"{_NOBODY_SAYS}(?:{source})"
        source = _filled(source, words)
        return Rule(
            reason=entry["reason"],
            language=entry["language"],
            where=entry["where"],
            pattern=re.compile(source if case else fold_letters(source)),
            case=case,
            max_words=entry.get("max_words", 20),
            hits=tuple(entry["hits"]),
            near_misses=tuple(entry["near_misses"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise ConfigurationError(f"intake rule {source!r}: {error}") from error


def _filled(source: str, words: dict[str, str]) -> str:
    """The pattern with its words in place of their names; words may name others."""
    while (filled := _NAMED.sub(lambda m: f"(?:{words[m[1]]})", source)) != source:
        source = filled
    return source


def rules_hash() -> str:
    """A short hash of all rule files, for the signature: it changes when a rule does."""
    files = sorted(RULES_DIR.glob("*.toml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
