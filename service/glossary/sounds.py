"""Words of a translation that can only be a name's, by their consonants."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from service.checks.names import gazetteer
from service.checks.tokens import Token, fold, tokenize
from service.checks.transliterate import arabic_skeletons, latin_skeletons
from service.domain import Language
from service.text.words import PROCLITICS

# Replacing a word needs more evidence than excusing one: so many consonants, and the very same.
_FEWEST_CONSONANTS = 3


def names_the_same(latin: str, arabic: str) -> bool:
    """Whether a folded name is the other script's: not «عبدالعزيز» that of King Salman."""
    return not latin_skeletons(latin).isdisjoint(arabic_skeletons(arabic))


def written_on(token: Token, word: str, preferred: str) -> int:
    """How many letters of an Arabic word are conjunction and preposition before the name."""
    first = fold(preferred)[0]
    sizes = range(len(token.form) if len(token.text) == len(token.form) else 0)
    for size in takewhile(lambda size: set(token.form[:size]) <= PROCLITICS, sizes):
        rest = token.form[size:]
        begins = rest[0] == first != rest[1:2]  # the first ب of «ببوتين» is a preposition
        if begins and latin_skeletons(word.casefold()) & arabic_skeletons(rest):
            return size
    return 0


def runs_like(target: str, wanted: Sequence[str], language: Language) -> list[list[Token]]:
    """The runs of words in the target with the consonants of the wanted ones, none overlapping."""
    tokens = [token for token in tokenize(target) if token.kind == "word"]
    runs: list[list[Token]] = []
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        free = not runs or run[0].start >= runs[-1][-1].end
        together = all(not target[a.end : b.start].strip(" -‑") for a, b in pairwise(run))
        if free and together and _sound_like(run, wanted, language):
            runs.append(run)
    return runs


def _sound_like(run: Sequence[Token], wanted: Sequence[str], language: Language) -> bool:
    """Whether each word can be the wanted one, all together by enough consonants."""
    shared = [_shared(token, word, language) for token, word in zip(run, wanted, strict=True)]
    if not all(shared) or sum(map(len, shared)) < _FEWEST_CONSONANTS:
        return False
    if language == "ar":
        return True
    capitals = all(token.text[0].isupper() for token in run)
    return capitals and not all(gazetteer().is_common(token.form) for token in run)


def _shared(token: Token, word: str, language: Language) -> str:
    """The skeleton that both have, empty without one."""
    if language == "ar":
        both = latin_skeletons(word.casefold()) & arabic_skeletons(token.form)
    else:
        both = latin_skeletons(token.form) & arabic_skeletons(fold(word))
    return max(both, key=len, default="")
