"""Pairs whose source has names as the target writes them, so that the model learns to copy them.

Arabic news writes a brand in Latin letters («أعلنت شركة Nvidia»), and a desk's term is written into
the source where the model would spell it otherwise (``service.glossary``): a model that has never
seen that garbles both. After Dinu et al. 2019, "Training neural machine translation to apply
terminology constraints"; half of the names are invented, so that copying is all that helps.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.text.words import PROCLITICS
from training.translation.corpus import Pair
from training.translation.text import clean, words

ORIGIN = "mixed"
PROSE = frozenset({"authored", "articles", "general"})
_NAMES = "names"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # what is left of a word without what is written onto it, if it is to be a name
_MOST = 3  # names of a pair that are changed


@dataclass(frozen=True, slots=True)
class Name:
    """Where a name stands in both texts."""

    source: tuple[int, int]
    target: tuple[int, int]


class Names:
    """A dictionary of names: rows of (source, target), single words."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._known: dict[str, set[str]] = {}
        spellings: dict[str, None] = {}
        for source, target in rows:
            self._known.setdefault(_folded(source), set()).add(_folded(target))
            spellings[target] = None
        self.spellings = tuple(spellings)

    def find(self, source: str, target: str) -> list[Name]:
        """The names that both texts have, in the source's order; neighbours are joined."""
        free = [word for word in _WORD.finditer(target) if _may_be_name(word[0])]
        found: list[Name] = []
        for word in _WORD.finditer(source):
            if not _may_be_name(word[0]):
                continue
            match = self._match(word, free)
            if match is None:
                continue
            name, other = match
            free.remove(other)
            if found and _neighbours(found[-1], name, source, target):
                first = found.pop()
                name = Name((first.source[0], name.source[1]), (first.target[0], name.target[1]))
            found.append(name)
        return found

    def _match(
        self, word: re.Match[str], others: Sequence[re.Match[str]]
    ) -> tuple[Name, re.Match[str]] | None:
        for start, form in _forms(word):
            wanted = self._known.get(form, ())
            for other in others:
                for begin, theirs in _forms(other):
                    if theirs in wanted:
                        return Name((start, word.end()), (begin, other.end())), other
        return None


def mixed(pairs: Sequence[Pair], source: str, target: str, seed: int) -> Iterator[Pair]:
    """Yield, of each pair of prose that has names, one with some of them written in the source.

    Args:
        pairs: all pairs; those of origin ``names`` are the dictionary.
        source: the language that is read, and ``target`` the one that is written.
        seed: the same gives the same pairs.
    """
    names = Names((p.side(source), p.side(target)) for p in pairs if p.origin == _NAMES)
    chance = random.Random(seed)
    for pair in pairs:
        if pair.origin in PROSE:
            left, right = pair.side(source), pair.side(target)
            if found := names.find(left, right):
                left, right = _mix(left, right, found, names.spellings, chance)
                arabic, english = (left, right) if source == "ar" else (right, left)
                yield Pair(arabic, english, ORIGIN)


def _mix(
    source: str,
    target: str,
    found: Sequence[Name],
    spellings: Sequence[str],
    chance: random.Random,
) -> tuple[str, str]:
    """Both texts with some of the names as the target writes them, half of them made up."""
    spelled: dict[Name, str] = {}
    for name in chance.sample(found, min(len(found), chance.randint(1, _MOST))):
        own = target[slice(*name.target)]
        made_up = chance.random() < 0.5
        spelled[name] = invented(spellings, len(own.split()), chance) if made_up else own
    return (
        _replaced(source, {name.source: text for name, text in spelled.items()}),
        _replaced(target, {name.target: text for name, text in spelled.items()}),
    )


def _replaced(text: str, spelled: Mapping[tuple[int, int], str]) -> str:
    for (start, end), name in sorted(spelled.items(), reverse=True):
        text = text[:start] + name + text[end:]
    return text


def invented(spellings: Sequence[str], size: int, chance: random.Random) -> str:
    """A name of so many words, now and then in the forms of brands: XYZ, SomeName, Name 7."""
    chosen = [chance.choice(spellings) for _ in range(size)]
    if chosen[0].isascii():
        form = chance.random()
        if form < 0.1:
            return chosen[0][: chance.randint(2, 5)].upper()
        if form < 0.2:
            return chosen[0] + chance.choice(spellings)
        if form < 0.3:
            return f"{' '.join(chosen)} {chance.randint(1, 99)}"
    return " ".join(chosen)


def _folded(word: str) -> str:
    return "".join(words(clean(word)))


def _may_be_name(word: str) -> bool:
    """Arabic has no capitals to tell by."""
    return not word.isascii() or word[0].isupper()


def _forms(word: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Where the word begins and what it is, as it stands and without what is written onto it."""
    text = _folded(word[0])
    yield word.start(), text
    if text and text[0] in PROCLITICS and len(text) > _SHORTEST:
        yield word.start() + 1, text[1:]


def _neighbours(first: Name, second: Name, source: str, target: str) -> bool:
    return (
        source[first.source[1] : second.source[0]] == " "
        and target[first.target[1] : second.target[0]] == " "
    )
