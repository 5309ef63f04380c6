"""Negation lost or gained in a translated sentence.

Told only where one side denies outright («لم», "not") and the other has no word that could answer
for it, not even "refuse" or "without": a sentence that denies twice and loses one is not caught.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from service import flags
from service.checks.lexicon import stems
from service.checks.names import gazetteer
from service.checks.tokens import fold, tokenize
from service.checks.units import DATA
from service.domain import Flag, Language

_CONTRACTED = "n't"


@dataclass(frozen=True, slots=True)
class Deniers:
    """A language's words that deny; ``opposites`` is a syllable that turns a word round."""

    strong: frozenset[str]
    answering: frozenset[str]
    undone_by: frozenset[str]
    not_after: frozenset[str]
    opposites: str

    def may_answer(self, form: str) -> bool:
        """Whether a word denies in any way, be it by its first syllable (unhappy)."""
        if form in self.strong or form in self.answering or _contracted(form):
            return True
        if not self.opposites or not form.startswith(self.opposites):
            return False
        return gazetteer().is_common(form.removeprefix(self.opposites))


@cache
def _deniers(language: Language) -> Deniers:
    raw = tomllib.loads((DATA / "negation.toml").read_text("utf-8"))[language]
    strong, answering, undone_by, not_after = (
        frozenset(map(fold, raw[name])) for name in ("strong", "any", "undone_by", "not_after")
    )
    return Deniers(strong, answering, undone_by, not_after, raw["opposites"])


def negation_flags(
    source: str, source_language: Language, target: str, target_language: Language, where: str
) -> Iterator[Flag]:
    """At most two flags: a side that denies outright more often than the other denies at all."""
    denied, denied_there = _denials(source, source_language), _denials(target, target_language)
    if len(denied) > _answers(target, target_language):
        yield flags.make("negation_missing", where, source=denied[-1])
    if len(denied_there) > _answers(source, source_language):
        yield flags.make("negation_added", where, target=denied_there[-1])


@lru_cache(maxsize=1_024)
def _denials(text: str, language: Language) -> tuple[str, ...]:
    """The words that deny outright and are not taken back («لم يبق إلا»)."""
    known = _deniers(language)
    words = [token for token in tokenize(text) if token.kind == "word"]
    forms = [_forms(token.form, language) for token in words]
    found = []
    for at, token in enumerate(words):
        plain = {token.form, token.form.lstrip("وف")} if language == "ar" else {token.form}
        if known.strong.isdisjoint(plain) and not _contracted(token.form):
            continue
        rest = {form for later in forms[at + 1 :] for form in later}
        before = words[at - 1].form if at else ""
        if known.undone_by.isdisjoint(rest) and before not in known.not_after:
            found.append(token.text)
    return tuple(found)


@lru_cache(maxsize=1_024)
def _answers(text: str, language: Language) -> int:
    """How many words of the text could stand for a denial."""
    known = _deniers(language)
    return sum(
        any(known.may_answer(form) for form in _forms(token.form, language))
        for token in tokenize(text)
        if token.kind == "word"
    )


def _forms(form: str, language: Language) -> list[str]:
    return [stem.form for stem in stems(form)] if language == "ar" else [form]


def _contracted(form: str) -> bool:
    return form.replace("’", "'").endswith(_CONTRACTED)
