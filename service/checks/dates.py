"""Dates, weekdays, decades and clock times, built from month names and the numerals beside them.

A month may carry its Levantine or Gregorian twin («يوليو (تموز)», «تموز/يوليو»): one date. Hijri
months stay Hijri; nothing is converted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from service.checks.lexicon import Lexicon
from service.checks.numbers import Numeral
from service.checks.quantity import CalendarDate
from service.checks.spans import Span, numeric_dates
from service.checks.tokens import Token

_QUOTES = frozenset("\"“”«'‘")
_OPEN, _CLOSE = frozenset("(/[،,-"), frozenset(")]")


class DateReader:
    """Finds dates among the tokens and numerals of one text."""

    def __init__(
        self, tokens: Sequence[Token], numerals: Sequence[Numeral], lexicon: Lexicon
    ) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.by_first: Mapping[int, Numeral] = {n.first: n for n in numerals}
        self.by_last: Mapping[int, Numeral] = {n.last: n for n in numerals}

    def read(self) -> Iterator[Span]:
        """The dates and weekdays in order, then those written in digits alone."""
        at = 0
        while at < len(self.tokens):
            known = self.lexicon.may_begin(self.tokens[at])
            span = (self._month_date(at) or self._weekday(at)) if known else None
            if span:
                yield span
            at = span.last + 1 if span else at + 1
        yield from numeric_dates(self.tokens)

    def _form(self, at: int) -> str:
        return self.tokens[at].form if 0 <= at < len(self.tokens) else ""

    def _name_at(self, at: int, names: Mapping[tuple[str, ...], int]) -> tuple[int, int] | None:
        """The month named at ``at`` and the last token of its name."""
        if not 0 <= at < len(self.tokens) or self.tokens[at].kind != "word":
            return None
        forms = [stem.form for stem in self.lexicon.stems(self.tokens[at])]
        exact = next((self.lexicon.exact[f] for f in forms if f in self.lexicon.exact), None)
        if exact and exact not in self.tokens[at].text:
            return None
        ends = [i for i in range(at, min(at + 5, len(self.tokens))) if self.tokens[i].form != "-"]
        for count in (3, 2, 1):
            rest = tuple(self._form(i) for i in ends[1:count])
            for form in forms:
                if len(ends) >= count and (value := names.get((form, *rest))) is not None:
                    return value, ends[count - 1]
        return None

    def _month_date(self, at: int) -> Span | None:
        if hijri := self._name_at(at, self.lexicon.hijri):
            return self._dated(at, *hijri, "hijri")
        if month := self._name_at(at, self.lexicon.months):
            return self._dated(at, *month, "gregorian")
        return None

    def _dated(
        self, at: int, month: int, last: int, calendar: Literal["gregorian", "hijri"]
    ) -> Span | None:
        last, twin = self._twin(last, month) if calendar == "gregorian" else (last, False)
        first = at
        day = self._day_before(at)
        if day:
            first = day.first
        elif day := self._day_after(last):
            last = day.last
        year = self._year_after(last)
        if year:
            last = year.last
            if calendar == "hijri" and self._form(last + 1) in self.lexicon.hijri_years:
                last += 1
        if not (day or year or twin or self._is_month(at)):
            return None
        value = CalendarDate(
            int(year.value) if year else None, month, int(day.value) if day else None, calendar
        )
        alone = not day and not year
        weak = alone and (calendar == "hijri" or (not twin and self._is_person(at, last)))
        return Span(first, last, "date", value, weak=weak)

    def _twin(self, last: int, month: int) -> tuple[int, bool]:
        """Past the same month's other name, bracketed, after a stroke or bare."""
        if not self.lexicon.grammar.unit_first:  # English has one name a month
            return last, False
        for gap in (1, 2):
            if gap == 2 and self._form(last + 1) not in _OPEN:
                continue
            other = self._name_at(last + gap, self.lexicon.months)
            if other and other[0] == month:
                end = other[1]
                return (end + 1 if self._form(end + 1) in _CLOSE else end), True
        return last, False

    def _day_before(self, at: int) -> Numeral | None:
        links = self.lexicon.month_rules["day_links"]
        back = at - 2 if self._form(at - 1) in links or self._form(at - 1) in {"/", "-"} else at - 1
        if self._form(back) == "شهر":
            back -= 1 + (self._form(back - 1) in links)
        day = self.by_last.get(back)
        return day if day and _is_day(day) else None

    def _day_after(self, last: int) -> Numeral | None:
        if self.lexicon.grammar.unit_first:  # only English writes July 11
            return None
        after = last + 2 if self._form(last + 1) == "." else last + 1
        if self._form(after) == "the":
            after += 1
        day = self.by_first.get(after)
        return day if day and day.digits and _is_day(day) else None

    def _year_after(self, last: int) -> Numeral | None:
        after = last + 1
        for _ in range(2):
            if self._form(after) in self.lexicon.month_rules["year_links"] or self._form(after) in {
                ",",
                "،",
                "/",
                ".",
            }:
                after += 1
        year = self.by_first.get(after)
        plain = year and year.digits and year.first == year.last and not year.ordinal
        return year if year and plain and 1000 <= year.value <= 2100 else None

    def _is_month(self, at: int) -> bool:
        """Whether a name without day, year and twin is a month here, not a verb or a person."""
        rules = self.lexicon.month_rules
        token = self.tokens[at]
        if not self.lexicon.grammar.unit_first and not token.text[0].isupper():
            return False
        if token.form == "march":
            walk = self._form(at + 1) in rules["marched"] or self._form(at - 1) in _QUOTES
            return not walk and self._form(at - 1) != "the"
        if not self.lexicon.is_one_of(token, rules["guarded"]):
            return True
        return self._form(at - 1) in rules["before"] or self._form(at + 1) in rules["after"]

    def _is_person(self, at: int, last: int) -> bool:
        """Whether the month may be a first name: June Carter, August Wilson."""
        rules = self.lexicon.month_rules
        if self._form(at) not in rules["persons"] or self._form(at - 1) in rules["surely"]:
            return False
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        return after is not None and after.kind == "word" and after.text[0].isupper()

    def _weekday(self, at: int) -> Span | None:
        token = self.tokens[at]
        if token.kind != "word":
            return None
        forms = [stem.form for stem in self.lexicon.stems(token)]
        day = next((self.lexicon.weekdays[f] for f in forms if f in self.lexicon.weekdays), None)
        if day is None and self._form(at - 1) in self.lexicon.relative_day["one_after"]:
            day = self.lexicon.weekdays_one.get(token.form)
        if day is None and token.form in self.lexicon.relative_day["words"]:
            return Span(at, at, "weekday", 0.0, weak=True)
        if day is None or (not self.lexicon.grammar.unit_first and not token.text[0].isupper()):
            return None
        following = self.lexicon.number(self.tokens[at + 1]) if at + 1 < len(self.tokens) else None
        if following and following[0].value == 10:  # «الأحد عشر» is eleven
            return None
        return Span(at, at, "weekday", float(day), weak=self._is_doubtful_day(at))

    def _is_doubtful_day(self, at: int) -> bool:
        """«الاثنين» may be "both", and the Sunday Times is a newspaper."""
        rules = self.lexicon.relative_day
        if self.lexicon.is_one_of(self.tokens[at], rules["guarded"]):
            return self._form(at - 1) not in rules["before"] and self._form(at + 1) not in {
                "،",
                ")",
            }
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return bool(following and following.kind == "word" and following.text[0].isupper())


def _is_day(numeral: Numeral) -> bool:
    return numeral.value == int(numeral.value) and 1 <= numeral.value <= 31 and not numeral.decade
