"""What an editor must not be fooled by: the trust checks, run on both systems' texts alike.

A system's own flags are not used: they may come from other versions of the checks, or from none.
A translation is held against the article, and so is each summary, across languages where it must.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from service import checks, flags
from service.domain import Language
from service.evaluation.measures.base import Array, Case, Kind, Measure, Percent
from service.evaluation.sets import PARTS

_VALUES = ("number", "date", "money")


class _Checked(Percent):
    """The percentage that the checks leave; an empty text does not count."""

    def signature(self, cases: Sequence[Case]) -> str:  # noqa: ARG002 (the protocol's)
        """The checks' version."""
        return _SIGNATURE

    def statistics(self, cases: Sequence[Case]) -> Array:
        """A row for each case: what counts for it, and of how many."""
        rows = np.zeros((len(cases), 2))
        for row, case in zip(rows, cases, strict=True):
            if case.text.strip():
                row[:] = self._row(case)
        return rows

    def _row(self, case: Case) -> tuple[float, float]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Numbers(_Checked):
    """Of the numbers, dates and sums of money that count, the percentage no check objects to.

    In a summary those count that it states, in a translation those that the article states.
    """

    kind = Kind("numbers", "Numbers right", "higher", "faithfulness", PARTS, unit="%")

    def _row(self, case: Case) -> tuple[float, float]:
        """(values right, values); zeros for a text without any."""
        stated = _stated(case)
        return max(0, stated - _about(_raised(case), _VALUES)), stated


@dataclass(frozen=True, slots=True)
class Names(_Checked):
    """The percentage of texts in which no check of names finds anything."""

    kind = Kind("names", "Names right", "higher", "faithfulness", PARTS, unit="%")

    def _row(self, case: Case) -> tuple[float, float]:
        """(no finding, 1)."""
        return not _about(_raised(case), ("name",)), 1.0


@dataclass(frozen=True, slots=True)
class FlagRate(_Checked):
    """The percentage of texts in which one check found something."""

    code: str

    @property
    def kind(self) -> Kind:
        """``flag-number_changed``; left out of a report where neither system raises it."""
        label = self.code.replace("_", " ").capitalize()
        name = f"flag-{self.code}"
        return Kind(name, label, "lower", "faithfulness", PARTS, unit="%", rare=True)

    def _row(self, case: Case) -> tuple[float, float]:
        """(flagged, 1)."""
        return self.code in _raised(case), 1.0


_SIGNATURE = f"checks:{checks.VERSION}|against:article"


def measures() -> tuple[Measure, ...]:
    """Numbers, names, then the rate of every flag in the catalogue."""
    return (Numbers(), Names(), *(FlagRate(code) for code in flags.catalogue()))


def _raised(case: Case) -> Mapping[str, int]:
    article = case.article
    return _flags(
        article.story, article.language, case.text, case.language, case.part == "translation"
    )


@lru_cache(maxsize=8192)
def _flags(
    source: str, source_language: Language, target: str, language: Language, translation: bool
) -> Mapping[str, int]:
    """How often each flag is raised; asked for by every flag's measure in turn."""
    raised = checks.check_pair(
        source, source_language, target, language, "translation" if translation else "summary"
    )
    return Counter(flag.code for flag in raised)


def _about(raised: Mapping[str, int], subjects: Sequence[str]) -> int:
    """The findings whose code names one of the subjects: ``number_changed``, ``unknown_name``."""
    return sum(count for code, count in raised.items() if set(subjects) & set(code.split("_")))


def _stated(case: Case) -> int:
    if case.part == "translation":
        return _count(case.article.story, case.article.language)
    return _count(case.text, case.language)


@lru_cache(maxsize=8192)
def _count(text: str, language: Language) -> int:
    return sum(not value.weak for value in checks.read(text, language))
