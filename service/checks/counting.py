"""What a numeral counts: the percent sign, currency or unit beside it decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.checks.lexicon import Lexicon
from service.checks.numbers import Numeral
from service.checks.quantity import Kind, Quantity
from service.checks.tokens import Token
from service.checks.units import Unit, units_by_name, weighed

_WHOSE = frozenset({"his", "her", "their", "my", "our", "your"})
_HYPHENS = frozenset("-‑")
_NO_TOKEN = Token("", "", 0, 0, "mark", False)


def count(
    text: str,
    tokens: Sequence[Token],
    numerals: Sequence[Numeral],
    taken: Collection[int],
    lexicon: Lexicon,
) -> Iterator[Quantity]:
    """The quantities of the numerals outside ``taken`` tokens, each with the words of its unit."""
    counter = _Counter(text, tokens, lexicon, set(taken))
    for numeral in _read_as_ranges(numerals, tokens, lexicon):
        if numeral.first not in counter.taken:
            yield counter.quantity(numeral)


def _read_as_ranges(
    numerals: Sequence[Numeral], tokens: Sequence[Token], lexicon: Lexicon
) -> list[Numeral]:
    """Tell what the ends of a range lend each other: "100 to 500 million", "2007-9"."""
    ranged = list(numerals)
    for index in range(len(ranged) - 1, 0, -1):
        one, two = ranged[index - 1], ranged[index]
        between = tokens[one.last + 1 : two.first]
        season = [token.form for token in between] == ["/"]  # 2023/24
        joined = season or all(token.form in lexicon.ranges for token in between)
        if len(between) > 1 or not joined:
            continue
        if between and not season and two.scale >= 1000 > one.value and one.scale == 1:
            ranged[index - 1] = replace(one, also=(*one.also, one.value * two.scale))
        if between and one.digits and two.digits and one.value >= 1000 and two.value < 100:
            century = one.value - one.value % (10 if two.value < 10 else 100)
            ranged[index] = replace(two, also=(*two.also, century + two.value))
    return ranged


@dataclass(frozen=True, slots=True)
class _Counter:
    """Looks at the tokens beside a numeral; ``taken`` are those that another reading holds."""

    text: str
    tokens: Sequence[Token]
    lexicon: Lexicon
    taken: set[int] = field(default_factory=set)

    def quantity(self, numeral: Numeral) -> Quantity:
        kind, unit, first, last = self._counted(numeral)
        value, also, last = self._with_half(numeral, last)
        self.taken.update(range(first, last + 1))
        start, end = self.tokens[first].start, self.tokens[last].end
        # «واحد بالمئة» is a number, but «نقطتين مئويتين» makes no numeral of two points
        doubtful = kind != "percent" or self.tokens[last].form == "points"
        weak = (numeral.weak and doubtful) or self._is_age(numeral)
        return Quantity(kind, value, unit, start, end, self.text[start:end], also, weak)

    def _counted(self, numeral: Numeral) -> tuple[Kind, str | None, int, int]:
        first, last = numeral.first, numeral.last
        if (end := self._percent_end(last + 1)) is not None:
            return "percent", None, first, end
        before = self._free(first - 1)
        if before.kind == "mark" and before.form in self.lexicon.percent:  # %40
            return "percent", None, first - 1, last
        if sign := self._money_sign(before):
            unit, end = self._told(sign, last)
            return "money", unit.name, first - 1, end
        if (found := self._unit_after(last)) and not numeral.ordinal:
            unit, end = self._weighed(numeral, *found)
            return ("money" if unit.dimension == "money" else "measure"), unit.name, first, end
        return self._bare(numeral), None, first, last

    def _bare(self, numeral: Numeral) -> Kind:
        if numeral.decade:
            return "decade"
        if numeral.ordinal:
            return "ordinal"
        alone = numeral.digits and numeral.first == numeral.last
        year = alone and len(self._free(numeral.first).text) == 4 and 1900 <= numeral.value < 2100
        return "year" if year else "number"

    def _free(self, at: int) -> Token:
        """The token there, or an empty one where there is none to be had."""
        return self.tokens[at] if 0 <= at < len(self.tokens) and at not in self.taken else _NO_TOKEN

    def _percent_end(self, at: int) -> int | None:
        form, following = self._free(at).form, self._free(at + 1).form
        if form in self.lexicon.percent:
            return at + 1 if following in {"point", "points"} else at
        return at + 1 if (form, following) in self.lexicon.percent_phrases else None

    def _money_sign(self, token: Token) -> Unit | None:
        """$, € or USD before the digits; a word such as «دولار» there belongs to another sum."""
        if token.kind == "mark" or (token.text.isupper() and len(token.text) == 3):
            unit = self.lexicon.unit(token)
            return unit if unit and unit.dimension == "money" else None
        return None

    def _unit_after(self, last: int) -> tuple[Unit, int] | None:
        """A unit beside the numeral, after a hyphen, or after a country's name (US dollars)."""
        beside, after = self._free(last + 1), self._free(last + 2)
        if unit := self.lexicon.unit(beside):
            return self._told(unit, last + 1)
        unit = self.lexicon.unit(after)
        if unit is None:
            return None
        hyphen = beside.form in _HYPHENS and not beside.spaced
        country = beside.kind == "word" and beside.text[0].isupper() and unit.dimension == "money"
        if not (hyphen or country):
            return None
        return self.lexicon.which(unit, beside) or unit, self._told(unit, last + 2)[1]

    def _told(self, unit: Unit, end: int) -> tuple[Unit, int]:
        """The unit up to the word after it, where that tells which: «ليرة تركية»."""
        which = self.lexicon.which(unit, self._free(end + 1))
        return (which, end + 1) if which else (unit, end)

    def _weighed(self, numeral: Numeral, unit: Unit, end: int) -> tuple[Unit, int]:
        """A weight for "pounds" that weigh: "2,000-pound bombs", "weighed 6 pounds"."""
        before, after = weighed()
        heavy = self._free(numeral.first - 1).form in before or self._free(end + 1).form in after
        weight = units_by_name()["pound_weight"]
        return (weight if heavy and weight.name in unit.readings else unit), end

    def _is_age(self, numeral: Numeral) -> bool:
        """Whether a decade is of a life ("in her twenties"), not of a century."""
        return numeral.decade and self._free(numeral.first - 1).form in _WHOSE

    def _with_half(self, numeral: Numeral, last: int) -> tuple[float, tuple[float, ...], int]:
        """The value, what else it may be, and its end: the half may come after the unit.

        «ثلاثة أسابيع ونصف» may be three and a half; «ملياري دولار ونصف المليار» is.
        """
        half = self.lexicon.number(self._free(last + 1))
        if not half or not half[1] or half[0].role != "fraction":
            return numeral.value, numeral.also, last
        whole = numeral.value + half[0].value * numeral.scale
        scale = self.lexicon.number(self._free(last + 2))
        if scale and not scale[1] and scale[0].role == "scale" and scale[0].value == numeral.scale:
            return whole, (), last + 2
        return numeral.value, (*numeral.also, whole), last
