"""From an article with a reference summary to what the network learns from: good and bad picks."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain import Language, Length
from service.engines.extractive import Task
from service.engines.features import Article, describe
from service.engines.protocol import Matrix
from service.summary.bands import Room
from service.summary.extractive import Side, room_for, side_of, written
from training.selector.articles import Reference, other_language
from training.selector.scores import common, score, tokens

# Of a longer article the opening and what shares most with the reference are combined.
_OPENING, _LIKELY, _COMBINED = 5, 9, 13
_MOST_SETS = 400


@dataclass(frozen=True, slots=True)
class Example:
    """One summary to be learned.

    Attributes:
        article: whose it is; ``article.group`` keeps an article's examples in one fold.
        sides: the languages in which the picks are shown: one, or both at once.
        picks: sequences of picks that the room allows, best first as far as they are known.
        rewards: what each earns: a blend of ROUGE against the references of all sides.
    """

    article: Reference
    length: Length
    sides: tuple[Side, ...]
    task: Task
    picks: tuple[tuple[int, ...], ...]
    rewards: npt.NDArray[np.float32]

    @property
    def paired(self) -> bool:
        """Whether one choice has to serve both languages."""
        return len(self.sides) > 1


Vectors = Mapping[str, Matrix]


def examples(
    article: Reference, vectors: Vectors, references: Mapping[Language, Mapping[Length, str]]
) -> Iterator[Example]:
    """The examples of one article: each length, and for translated ones both languages at once.

    Args:
        article: to be read in its language.
        vectors: by text, of all its sentences and its title.
        references: the summaries by language; beside the article's own, its translation's.
    """
    described = _described(article, vectors)
    for length in article.summaries:
        own = side_of(article.sentences, article.language, length)
        yield _example(article, described, length, (own,), references)
        if article.original and article.translation:
            shown = side_of(article.translation, other_language(article), length)
            yield _example(article, described, length, (own, shown), references)


def shown_tokens(sides: Sequence[Side], picks: Sequence[int], length: Length) -> list[list[str]]:
    """The tokens of the summary that is shown for picks, side by side."""
    return [
        [token for sentence in written(side, picks, length) for token in tokens(sentence.text)]
        for side in sides
    ]


def _described(article: Reference, vectors: Vectors) -> Article:
    own = np.stack([vectors[text] for text in article.sentences])
    title = article.title
    return describe(
        article.sentences, article.language, own, title, vectors[title] if title else None
    )


def _example(
    article: Reference,
    described: Article,
    length: Length,
    sides: tuple[Side, ...],
    references: Mapping[Language, Mapping[Length, str]],
) -> Example:
    room = room_for(sides, length)
    wanted = [tokens(references[side.language][length]) for side in sides]
    merits = [
        sum(_merit(tokens(side.shown[i]), want) for side, want in zip(sides, wanted, strict=True))
        for i in range(len(article.sentences))
    ]
    picks = list(_sets(room, merits, random.Random(article.id)))
    rewards = [
        np.mean(
            [
                score(found, want).blend
                for found, want in zip(shown_tokens(sides, each, length), wanted, strict=True)
            ]
        )
        for each in picks
    ]
    return Example(
        article,
        length,
        sides,
        Task.of(described, article.language, room),
        tuple(picks),
        np.array(rewards, dtype=np.float32),
    )


def _merit(sentence: Sequence[str], wanted: Sequence[str]) -> int:
    """What a sentence has of the reference, in tokens; order counts double."""
    return 2 * common(sentence, wanted) + len(set(sentence) & set(wanted))


def _sets(room: Room, merits: Sequence[int], chance: random.Random) -> Iterator[tuple[int, ...]]:
    """Sets of picks that the room allows, each in the order of its sentences' merits."""
    free = [int(i) for i in room.allowed([]).nonzero()[0]]
    if len(free) > _COMBINED:
        likely = sorted(free, key=lambda i: -merits[i])[:_LIKELY]
        free = sorted({*free[:_OPENING], *likely})
    for size in range(room.min_sentences, room.max_sentences + 1):
        found = [c for c in itertools.combinations(free, size) if room.holds(c)]
        found.sort(key=lambda c: -sum(merits[i] for i in c))
        if len(found) > _MOST_SETS:
            half = _MOST_SETS // 2
            found = found[:half] + chance.sample(found[half:], half)
        for each in found:
            yield tuple(sorted(each, key=lambda i: -merits[i]))
