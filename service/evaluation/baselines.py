"""What any summarizer has to beat: the article's opening, and LexRank.

Both are ``Selector``s, so that the extractive summarizer shows their picks within the very bands
that ours are held to, sentences made lighter in the same way. ``opening`` is the plain lead-k of
the literature, which asks for no band.

LexRank after Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
Summarization" (2004), the continuous form: sentences are each other's neighbours by the cosine of
their tf·idf vectors; a random walk tells which are central. Words are compared in matching form
without prefixes, so that it reads Arabic as well as English; idf is counted over the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from service.domain import Language, Length
from service.engines.protocol import Pick
from service.summary.bands import Room, count
from service.text.words import light_stem, matching_words

# LexRank's own constants: the chance to start anew, and how still the walk has to be.
_DAMPING = 0.15
_STILL = 1e-6
_ROUNDS = 200

# How many sentences of a short and of a long summary the opening is, before the band cuts it.
LEAD: dict[Length, int] = {"short": 1, "long": 5}


def opening(sentences: Sequence[str], length: Length) -> str:
    """Lead-1 for the short summary, lead-5 for the long one, whatever their length."""
    return " ".join(sentences[: LEAD[length]])


class LeadSelector:
    """The first sentences, as many as the band has room for."""

    def select(
        self,
        sentences: Sequence[str],
        language: Language,  # noqa: ARG002 - the place is all that counts
        length: Length,
        title: str | None = None,  # noqa: ARG002
        room: Room | None = None,
    ) -> list[Pick]:
        """Pick from the top; one sentence for the short summary, as many as fit for the long."""
        room = room or Room(length, [[count(text) for text in sentences]])
        most = LEAD[length] if length == "short" else room.max_sentences
        return _fill(room, range(len(sentences)), most)


class LexRankSelector:
    """The most central sentences."""

    def select(
        self,
        sentences: Sequence[str],
        language: Language,  # noqa: ARG002 - words are compared in matching form
        length: Length,
        title: str | None = None,  # noqa: ARG002 - LexRank knows no title
        room: Room | None = None,
    ) -> list[Pick]:
        """Pick by centrality, ties by place, as many as the band has room for."""
        room = room or Room(length, [[count(text) for text in sentences]])
        ranked = np.argsort(-centrality(sentences), kind="stable")
        return _fill(room, (int(index) for index in ranked), room.max_sentences)


def centrality(sentences: Sequence[str]) -> npt.NDArray[np.float64]:
    """How likely the random walk is to be at each sentence; sums to 1."""
    total = len(sentences)
    if not total:
        return np.zeros(0)
    chances = _similarity(sentences)
    chances /= chances.sum(axis=1, keepdims=True)
    place = np.full(total, 1 / total)
    for _ in range(_ROUNDS):
        moved = _DAMPING / total + (1 - _DAMPING) * (chances.T @ place)
        if np.abs(moved - place).sum() < _STILL:
            break
        place = moved
    return place


def _similarity(sentences: Sequence[str]) -> npt.NDArray[np.float64]:
    """Cosines of tf·idf vectors; 1 on the diagonal, so that no row is empty."""
    bags = [Counter(map(light_stem, matching_words(text))) for text in sentences]
    known = {word: place for place, word in enumerate(dict.fromkeys(w for b in bags for w in b))}
    spread = Counter(word for bag in bags for word in bag)
    vectors = np.zeros((len(bags), max(len(known), 1)))
    for row, bag in enumerate(bags):
        for word, times in bag.items():
            vectors[row, known[word]] = times * np.log(1 + len(bags) / spread[word])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(norms, 1e-12)
    cosines: npt.NDArray[np.float64] = vectors @ vectors.T
    np.fill_diagonal(cosines, 1.0)
    return cosines


def _fill(room: Room, ranked: Iterable[int], most: int) -> list[Pick]:
    """The ranked sentences that the room allows, one after another."""
    picked: list[int] = []
    waiting = list(ranked)
    while len(picked) < most and (allowed := room.allowed(picked)).any():
        picked.append(next(index for index in waiting if allowed[index]))
    return [Pick(index, 1.0) for index in picked]
