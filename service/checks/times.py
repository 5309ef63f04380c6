"""Times of the clock: 12:30, 3 p.m., 1500 GMT, «الساعة 3 عصراً», «الثالثة مساءً»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.checks.lexicon import Lexicon
from service.checks.numbers import Numeral
from service.checks.spans import Span
from service.checks.tokens import Token

_COLON = frozenset(":.")


def read_times(
    tokens: Sequence[Token], numerals: Sequence[Numeral], lexicon: Lexicon
) -> list[Span]:
    """The times in minutes from midnight; those without a half of the day are taken as written."""
    found = [*_read(tokens, {numeral.first: numeral for numeral in numerals}, lexicon)]
    taken = {at for span in found for at in range(span.first, span.last + 1)}
    return [*found, *(span for span in _in_words(tokens, lexicon) if span.first not in taken)]


def _in_words(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Noon and midnight, which the other language may give as 12; as often no time, so weak."""
    endings = tuple({words[0] for words in lexicon.clock_words})
    for at, token in enumerate(tokens):
        if not token.form.endswith(endings):  # most words, told quickly
            continue
        following = tokens[at + 1].form if at + 1 < len(tokens) else ""
        ways = [
            way for stem in lexicon.stems(token) for way in ((stem.form, following), (stem.form,))
        ]
        if words := next((way for way in ways if way in lexicon.clock_words), None):
            minutes = float(lexicon.clock_words[words])
            yield Span(at, at + len(words) - 1, "time", minutes, weak=True)


def _read(
    tokens: Sequence[Token], numerals: dict[int, Numeral], lexicon: Lexicon
) -> Iterator[Span]:
    skip = -1
    for first, numeral in numerals.items():
        if first <= skip or not numeral.value >= 0:
            continue
        hours, minutes, last, colon = _clock(tokens, numerals, first, numeral)
        quarter, end = _quarters(tokens, lexicon, last)
        half, end = _half(tokens, lexicon, end)
        before = tokens[first - 1] if first else None
        cued = before is not None and lexicon.is_one_of(before, lexicon.clock["before"])
        zoned = end < len(tokens) and tokens[end].form in lexicon.clock["zone"]
        if not (colon or half or cued or zoned) or hours >= 24 or minutes >= 60:
            continue
        if half and hours > 12 and not colon:
            continue
        if half == "evening" and hours < 12:
            hours += 12
        elif half == "morning" and hours == 12:
            hours = 0
        skip = max(last, end - 1)
        yield Span(first, skip, "time", float(hours * 60 + minutes + quarter))


def _clock(
    tokens: Sequence[Token], numerals: dict[int, Numeral], first: int, numeral: Numeral
) -> tuple[int, int, int, bool]:
    """Hours, minutes, last token, and whether it is written h:mm."""
    text = tokens[first].text
    if numeral.digits and len(text) == 4 and text.isdecimal():  # 1500 GMT
        return int(text[:2]), int(text[2:]), first, False
    minutes = numerals.get(first + 2)
    colon = first + 1 < len(tokens) and tokens[first + 1].text == ":"
    tight = colon and not tokens[first + 1].spaced
    if minutes and numeral.digits and tight and len(tokens[first + 2].text) == 2:
        return int(numeral.value), int(minutes.value), first + 2, True
    part = round(numeral.value % 1 * 100)  # 15.00, 8,45 and «15ر05», as agencies write it
    if not numeral.digits:  # «الواحدة والنصف»
        part = round(numeral.value % 1 * 60)
    return int(numeral.value), part, numeral.last, False


def _half(tokens: Sequence[Token], lexicon: Lexicon, at: int) -> tuple[str | None, int]:
    """Morning or evening where the next word says so, and the token after it."""
    if at < len(tokens):
        for half in ("plain", "morning", "evening"):
            if tokens[at].form in lexicon.clock[half]:
                return half, at + 1
    return None, at


def _quarters(tokens: Sequence[Token], lexicon: Lexicon, last: int) -> tuple[int, int]:
    """The minutes of «والنصف» after an hour such as «الثالثة», and the token after it."""
    found = lexicon.number(tokens[last + 1]) if last + 1 < len(tokens) else None
    if found and found[1] and found[0].role == "fraction":
        return round(found[0].value * 60), last + 2
    return 0, last + 1
