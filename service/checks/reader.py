"""Reads every value in a text: ``read("عقد بقيمة 1.8 مليار دولار", "ar")``.

Numerals first (service.checks.numbers), then what stands beside them decides what each counts:
a month makes a date of it, a currency a sum of money, «بالمئة» a percentage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.checks.counting import count
from service.checks.dates import DateReader
from service.checks.lexicon import lexicon
from service.checks.numbers import read_numerals
from service.checks.quantity import Quantity
from service.checks.spans import Span
from service.checks.times import read_times
from service.checks.tokens import Token, tokenize
from service.domain import Language


@lru_cache(maxsize=1_024)
def read(text: str, language: Language) -> tuple[Quantity, ...]:
    """All values of a text in order; their offsets are code points into ``text``."""
    tables = lexicon(language)
    tokens = tokenize(text)
    numerals = read_numerals(tokens, tables)
    spans: list[Span] = [*DateReader(tokens, numerals, tables).read()]
    taken = _taken(spans)
    spans += read_times(tokens, [n for n in numerals if n.first not in taken], tables)
    dated = [_spanned(text, tokens, span) for span in spans]
    counted = count(text, tokens, numerals, _taken(spans), tables)
    return tuple(sorted([*dated, *counted], key=lambda quantity: quantity.start))


def _taken(spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in range(span.first, span.last + 1)}


def _spanned(text: str, tokens: Sequence[Token], span: Span) -> Quantity:
    start, end = tokens[span.first].start, tokens[span.last].end
    quoted = text[start:end]
    return Quantity(span.kind, span.value, None, start, end, quoted, span.also, span.weak)
