"""Whether an Arabic word can be the Latin one: names by their consonants.

Arabic writes the consonants of a foreign name and, as it pleases, its vowels («بوتين», «بايدن»).
Both sides are cut to a skeleton of consonant classes, each class holding the letters that
transliterators choose among (غ and ج and ك for g), and the skeletons are compared with a small
allowance that grows with their length.
"""

from __future__ import annotations

import re
from functools import lru_cache

from service.checks.lexicon import stems

# Latin spellings, the longest first. A tuple has the skeletons between which a name may choose.
_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tsch", ("X",)), ("sch", ("X", "SK")), ("tch", ("X",)), ("sh", ("X",)),
    ("ch", ("X", "K")), ("cz", ("X", "S")), ("ph", ("F",)), ("kh", ("K",)), ("gh", ("K", "")),
    ("th", ("T", "S", "D")), ("dh", ("D",)), ("ts", ("S", "TS")), ("tz", ("S", "TS")),
    ("zz", ("S", "TS")), ("ck", ("K",)), ("ce", ("S", "X")), ("ci", ("S", "X")), ("cy", ("S",)),
    ("gn", ("N", "KN")), ("wr", ("R",)), ("kn", ("N", "KN")), ("pf", ("F", "BF")),
    ("x", ("KS", "S", "K")), ("j", ("K", "", "X")), ("q", ("K",)), ("c", ("K", "X")),
    ("g", ("K",)), ("k", ("K",)), ("b", ("B",)), ("p", ("B",)), ("f", ("F",)),
    ("v", ("F",)), ("t", ("T",)), ("d", ("D",)), ("s", ("S", "X")), ("z", ("S", "D")),
    ("l", ("L",)), ("m", ("M",)), ("n", ("N",)), ("r", ("R",)),
)  # fmt: skip
_ARABIC = {
    "ب": "B", "پ": "B", "ت": "T", "ط": "T", "ث": "T", "ج": "K", "چ": "X", "خ": "K", "غ": "K",
    "ق": "K", "ك": "K", "گ": "K", "د": "D", "ض": "D", "ذ": "D", "ظ": "D", "ز": "S", "س": "S",
    "ص": "S", "ش": "X", "ف": "F", "ڤ": "F", "ل": "L", "م": "M", "ن": "N", "ر": "R",
}  # fmt: skip
_MOST_SKELETONS = 16
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=8_192)
def latin_skeletons(word: str) -> frozenset[str]:
    """The consonant skeletons that a Latin name may have in Arabic."""
    word = _DOUBLED.sub(r"\1", word.casefold())
    found = {""}
    at = 0
    while at < len(word):
        spelling, choices = next(
            ((s, c) for s, c in _LATIN if word.startswith(s, at)), (word[at], ("",))
        )
        if len(found) * len(choices) > _MOST_SKELETONS:
            choices = choices[:1]
        found = {head + tail for head in found for tail in choices}
        at += len(spelling)
    return frozenset(_DOUBLED.sub(r"\1", skeleton) for skeleton in found)


@lru_cache(maxsize=8_192)
def arabic_skeletons(form: str) -> frozenset[str]:
    """The skeletons of an Arabic word in matching form, with and without its particles."""
    if " " in form:  # two words of a text: «داود أوغلو»
        return frozenset({_arabic(form)}) - {""}
    return frozenset(_arabic(stem.form) for stem in stems(form)) - {""}


def _arabic(form: str) -> str:
    letters = form.replace("تش", "چ").replace("دج", "ج")
    return _DOUBLED.sub(r"\1", "".join(_ARABIC.get(letter, "") for letter in letters))


def may_be(latin: str, form: str) -> bool:
    """Whether the Arabic word (in matching form) may be the Latin name."""
    return any(_near(one, two) for one in latin_skeletons(latin) for two in arabic_skeletons(form))


@lru_cache(maxsize=4_096)
def _near(one: str, two: str) -> bool:
    allowed = 0 if min(len(one), len(two)) < 4 else 1 if len(one) < 7 else 2
    return abs(len(one) - len(two)) <= allowed and _distance(one, two) <= allowed


def _distance(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
