"""Numerals in a text: digits, number words, and the two together («3 ملايين و500 ألف»).

One reader serves both languages; the words come from the lexicon, the arithmetic from
``service.checks.sums``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.checks.beside import DASHES, ends_there, is_code, is_unit, often_unsaid
from service.checks.lexicon import Lexicon, NumberWord
from service.checks.literals import literal_values
from service.checks.namesakes import is_namesake
from service.checks.sums import Sum, add, add_fraction, begin
from service.checks.tokens import Token

_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral over the tokens ``first`` to ``last``, both included.

    ``scale`` is that of its last group (1 without one), ``also`` what else it may be worth, and
    ``weak`` says that it is as often no number.
    """

    first: int
    last: int
    value: float
    also: tuple[float, ...] = ()
    ordinal: bool = False
    weak: bool = False
    decade: bool = False
    scale: float = 1.0
    digits: bool = False


def read_numerals(tokens: Sequence[Token], lexicon: Lexicon) -> list[Numeral]:
    """All numerals of a text in order; vague ones («عشرات الآلاف») are stepped over."""
    reader = _Reader(tokens, lexicon)
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        if not lexicon.may_begin(tokens[at]):
            at += 1
            continue
        numeral = None
        end = reader.vague_end(at)
        if end is None and (numeral := reader.numeral_at(at)):
            found.append(numeral)
            end = numeral.last
        at = (at if end is None else end) + 1
    return found


class _Reader:
    """Reads numerals at given tokens; holds nothing but the text and the tables."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon

    def token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def word(self, at: int) -> tuple[NumberWord, bool] | None:
        token = self.token(at)
        return self.lexicon.number(token) if token else None

    def vague_end(self, at: int) -> int | None:
        """The last token of a count that names no number, where one starts at ``at``."""
        if self.tokens[at].kind != "word":
            return None
        if self._is_one_of(at, self.lexicon.vague_before) and self._is_multiplier(at + 1):
            return at + 1
        if not self._is_one_of(at, self.lexicon.vague):
            return None
        end = at
        while True:
            if self._is_one_of(end + 1, self.lexicon.vague) or self._is_multiplier(end + 1):
                end += 1
            elif self._is_one_of(end + 2, self.lexicon.vague) and self._form(end + 1) == "of":
                end += 2
            else:
                return end

    def _is_one_of(self, at: int, forms: frozenset[str]) -> bool:
        token = self.token(at)
        return token is not None and self.lexicon.is_one_of(token, forms)

    def _is_multiplier(self, at: int) -> bool:
        found = self.word(at)
        return bool(found and found[0].role in {"scale", "hundred", "dozen"} and not found[1])

    def _form(self, at: int) -> str:
        token = self.token(at)
        return token.form if token else ""

    def numeral_at(self, at: int) -> Numeral | None:
        """The longest numeral that starts at ``at``."""
        if self.tokens[at].kind == "digits":
            return self._from_digits(at)
        found = self.word(at)
        return self._from_word(at, found[0]) if found else None

    def _from_digits(self, at: int) -> Numeral | None:
        values = literal_values(self.tokens[at].text, self.lexicon.language)
        if not values:
            return None
        glued = self._glued_after(at)
        if glued in _ORDINAL_ENDINGS:
            return Numeral(at, at + 1, values[0], ordinal=True, weak=values[0] < 3, digits=True)
        if glued == "s" and values[0] % 10 == 0:
            year = values[0] if values[0] >= 1000 else 1900 + values[0]
            return Numeral(at, at + 1, year, decade=True, digits=True)
        if scale := self.lexicon.glued.get(glued):
            value = values[0] * scale
            return Numeral(at, at + 1, value, also=(values[0],), scale=scale, digits=True)
        likeliest = min(values) if self._is_multiplier(at + 1) else values[0]
        whole = self._grow(Sum(at, group=likeliest, literal=True))
        others = (value * whole.factor for value in values) if whole.last <= at + 1 else ()
        also = tuple(other for other in others if other != whole.value)
        alone = whole.last == at
        weak = is_code(self.tokens, at, self.lexicon) or (
            alone and bool(glued) and not is_unit(self.tokens, at + 1, self.lexicon)
        )
        weak = (
            weak
            or (alone and values[0] in often_unsaid(self.tokens, at))
            or self._is_dozen(whole.last)
        )
        return Numeral(
            at, whole.last, whole.value, also, weak=weak, scale=whole.factor, digits=True
        )

    def _glued_after(self, at: int) -> str:
        following = self.token(at + 1)
        glued = following and following.kind == "word" and not following.spaced
        return following.form if following and glued else ""

    def _from_word(self, at: int, word: NumberWord) -> Numeral:
        if word.role == "decade":
            return Numeral(at, at, word.value, decade=True)
        if word.role == "fraction":
            return self._from_fraction(at, word.value)
        whole = self._grow(begin(at, word))
        alone = whole.last == at
        also: tuple[float, ...] = ()
        if alone and word.role == "scale" and self._form(at).endswith("ا"):
            also = (2 * word.value,)  # «ألفا جندي» is a dual without its nun, «ألفاً» is not
        doubtful = word.role in {"weak", "weak_ordinal"} or is_namesake(
            self.tokens, at, self.lexicon
        )
        doubtful = doubtful or self._is_one_of(at - 1, self.lexicon.weak_after)
        if word.role == "ordinal":  # "a third of them", "one-third"
            before = at - 2 if self._form(at - 1) in DASHES else at - 1
            doubtful = doubtful or self._form(before) in self.lexicon.fractions_after
        weak = (alone and doubtful) or self._is_dozen(whole.last)
        return Numeral(at, whole.last, whole.value, also, whole.ordinal, weak, scale=whole.factor)

    def _from_fraction(self, at: int, value: float) -> Numeral:
        """A half alone is weak (half-time, «نصف نهائي»); half a million is a number."""
        scale_at = at + 1
        while self._form(scale_at) in {*self.lexicon.articles, "of", "-"}:
            scale_at += 1
        found = self.word(scale_at)
        if found and found[0].role in {"scale", "dozen"} and not found[1]:
            half, weak = value * found[0].value, found[0].role == "dozen"
            return Numeral(at, scale_at, half, weak=weak, scale=found[0].value)
        return Numeral(at, at, value, weak=True)

    def _is_dozen(self, at: int) -> bool:
        """A dozen, or three, is as often said for about as many."""
        found = self.word(at)
        return bool(found and found[0].role == "dozen")

    def _grow(self, state: Sum) -> Sum:
        """The state with all following words that are part of the numeral."""
        while True:
            at, joined, hyphen = self._past_joiner(state.last + 1)
            if self._form(at) in self.lexicon.commas and state.group is None and self.word(at + 1):
                at += 1
            grown = self._add(state, at, joined, hyphen)
            if grown is None:
                return state
            if grown is state:
                return state.closed or state
            state = grown

    def _past_joiner(self, at: int) -> tuple[int, bool, bool]:
        """Where the next part would be, whether "and" joins it, and whether a hyphen does."""
        token = self.token(at)
        if token is None or token.form not in self.lexicon.joiners:
            return at, False, False
        if token.kind == "mark":
            return (at, False, False) if token.spaced else (at + 1, False, True)
        return at + 1 + (self._form(at + 1) in self.lexicon.articles), True, False

    def _add(self, state: Sum, at: int, joined: bool, hyphen: bool) -> Sum | None:
        found = self.word(at)
        if found is None:
            return self._add_digits(state, at) if joined else None
        word, prefixed = found
        joined = (joined or prefixed) and not hyphen
        if word.role == "fraction":
            return self._add_fraction(state, at, word.value) if joined else None
        return add(state, at, word, joined, self.lexicon.grammar)

    def _add_digits(self, state: Sum, at: int) -> Sum | None:
        """«و500 ألف» after «3 ملايين», and the «و541» of «45 ألفا و541» with nothing between."""
        token, found = self.token(at), self.word(at + 1)
        if not self.lexicon.grammar.join_required or state.group is not None:
            return None
        values = (
            literal_values(token.text, self.lexicon.language)
            if token and token.kind == "digits"
            else ()
        )
        if not values:
            return None
        scaled = found and found[0].role == "scale" and not found[1]
        limit = found[0].value if found and scaled else values[0]
        hundreds = state.scale == 1_000 and values[0] == int(values[0])
        if limit >= state.scale or not (
            scaled or (hundreds and ends_there(self.tokens, at, self.lexicon))
        ):
            return None
        return replace(state, last=at, group=min(values), literal=True, closed=state)

    def _add_fraction(self, state: Sum, at: int, value: float) -> Sum | None:
        if state.ordinal:
            return None
        grown, found = add_fraction(state, at, value), self.word(at + 1)
        if state.group is None and found and found[0].value == state.scale:
            return replace(grown, last=at + 1)  # «مليون ونصف المليون»
        return grown
