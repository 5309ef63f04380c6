"""What the selector knows of a sentence beside its vector. Shared by training and run time.

Everything is computed in time linear in the article's length. ``einsum`` stands for ``@``: BLAS may
add in another order with another number of threads, and the same text is to give the same bytes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.domain import Language
from service.engines.protocol import Matrix
from service.text.words import light_stem, matching_words

# A change of what is computed below makes old weights useless: raise it, train anew.
VERSION = 1

_DIGIT = re.compile(r"\d")
_OPENING_QUOTE = re.compile(r"^[\"“«‘']")
_ANY_QUOTE = re.compile(r"[\"“”«»]")
_CAPITAL = re.compile(r"(?<=\s)[A-Z][\w-]+")
_FINISHED = re.compile(r"[.!?؟…][\"”»’)]*$")
_WEB = re.compile(r"https?:|www\.|@\w|#\w")
# The sentence leans on the one before it: a pronoun or a connective opens it.
_LEANS = {
    "ar": re.compile(
        r"^(?:و|ف)?(?:أضاف|أضافت|تابع|تابعت|أردف|استطرد|أوضح|أوضحت|أشار|أشارت|هو|هي|هم|هذا|هذه|ذلك|تلك|"
        r"لكنه?ا?م?|كما|لذلك|بذلك|قال|قالت|أكد|أكدت|بين|لفت|شدد|كان|كانت)\b"
    ),
    "en": re.compile(
        r"^[\"“]?(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|But|And|So|However|Also|Then|"
        r"There|We|I|Asked|Still|Yet|In addition|Meanwhile)\b"
    ),
}
_SAYS = {
    "ar": re.compile(
        r"(?:^|\s)[وف]?(?:قال|قالت|أكد|أكدت|أعلن|أعلنت|أوضح|أضاف|ذكر|ذكرت|أشار|أفاد|صرح)\b"
    ),
    "en": re.compile(r"\b(?:said|says|told|added|announced|reported|stated|according to)\b"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the selector sees it.

    Attributes:
        vectors: unit vectors of the sentences, float32 (n, dimensions).
        features: float32 (n, len(NAMES)).
        stems: each sentence's distinct stems.
    """

    vectors: Matrix
    features: Matrix
    stems: tuple[frozenset[str], ...]


NAMES = (
    "first", "second", "third", "reciprocal_place", "place", "last", "log_sentences",
    "words", "log_words", "over_band", "stub",
    "has_title", "title_cosine", "title_recall", "title_precision",
    "centroid_cosine", "first_cosine", "previous_cosine", "next_cosine",
    "salience", "salience_mean", "shared_with_first", "new_stems",
    "numbers", "has_number", "capitals", "quoted", "opens_quote", "unpaired", "question",
    "unfinished", "leans", "says", "brackets", "web", "centroid_rank",
)  # fmt: skip


def describe(
    sentences: Sequence[str],
    language: Language,
    vectors: Matrix,
    title: str | None = None,
    title_vector: Matrix | None = None,
) -> Article:
    """The article's features; ``title_vector`` has shape (dimensions,) and goes with ``title``."""
    stems = tuple(frozenset(map(light_stem, matching_words(text))) for text in sentences)
    titled = frozenset(map(light_stem, matching_words(title))) if title else frozenset()
    columns = [
        *_places(len(sentences)),
        *_sizes(sentences),
        *_titles(stems, titled, vectors, title_vector if titled else None),
        *_cosines(vectors),
        *_saliences(stems),
        *_signs(sentences, language),
        _ranks(vectors),
    ]
    features = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return Article(vectors, features, stems)


def _places(total: int) -> list[Matrix]:
    place = np.arange(total, dtype=np.float32)
    return [
        *((place == k).astype(np.float32) for k in range(3)),
        1 / (1 + place),
        place / max(total - 1, 1),
        (place == total - 1).astype(np.float32),
        np.full(total, math.log(max(total, 1)) / 4, dtype=np.float32),
    ]


def _sizes(sentences: Sequence[str]) -> list[Matrix]:
    words = np.array([len(text.split()) for text in sentences], dtype=np.float32)
    return [
        np.minimum(words / 45, 2),
        np.log1p(words) / 4,
        (words > 45).astype(np.float32),
        (words < 8).astype(np.float32),
    ]


def _titles(
    stems: Sequence[frozenset[str]],
    title: frozenset[str],
    vectors: Matrix,
    title_vector: Matrix | None,
) -> list[Matrix]:
    if title_vector is None:
        return [np.zeros(len(stems), dtype=np.float32)] * 4
    shared = [len(title & own) for own in stems]
    return [
        np.ones(len(stems), dtype=np.float32),
        spread(np.einsum("ij,j->i", vectors, title_vector)),
        np.array([n / len(title) for n in shared], dtype=np.float32),
        np.array([n / max(len(s), 1) for n, s in zip(shared, stems, strict=True)], np.float32),
    ]


def spread(cosines: Matrix) -> Matrix:
    """E5's cosines crowd between .7 and 1: pulled apart to about 0–1."""
    spread: Matrix = ((cosines - 0.75) * 4).astype(np.float32)
    return spread


def _cosines(vectors: Matrix) -> list[Matrix]:
    centre = vectors.mean(axis=0)
    centre = centre / max(float(np.sqrt((centre * centre).sum())), 1e-6)
    neighbours = spread((vectors[1:] * vectors[:-1]).sum(axis=1))
    return [
        spread(np.einsum("ij,j->i", vectors, centre)),
        spread(np.einsum("ij,j->i", vectors, vectors[0])),
        np.concatenate([np.zeros(1, np.float32), neighbours]),
        np.concatenate([neighbours, np.zeros(1, np.float32)]),
    ]


def _ranks(vectors: Matrix) -> Matrix:
    centre = np.einsum("ij,j->i", vectors, vectors.mean(axis=0))
    ranks = np.argsort(np.argsort(-centre, kind="stable"), kind="stable")
    found: Matrix = (1 / (1 + ranks)).astype(np.float32)
    return found


def _saliences(stems: Sequence[frozenset[str]]) -> list[Matrix]:
    """How much of a sentence's matter is spoken of elsewhere in the article."""
    frequency = Counter(stem for own in stems for stem in own if len(stem) > 2)
    total, seen = max(len(stems), 1), set[str]()
    salience, mean, with_first, new = [], [], [], []
    for own in stems:
        weights = [
            (frequency[s] - 1) / total for s in own if 1 < frequency[s] <= max(0.6 * total, 3)
        ]
        salience.append(math.log1p(sum(weights)))
        mean.append(sum(weights) / max(len(own), 1))
        with_first.append(len(own & stems[0]) / max(len(own), 1))
        new.append(len(own - seen) / max(len(own), 1))
        seen |= own
    return [np.array(column, dtype=np.float32) for column in (salience, mean, with_first, new)]


def _signs(sentences: Sequence[str], language: Language) -> list[Matrix]:
    rows = [_signs_of(text, language) for text in sentences]
    return list(np.array(rows, dtype=np.float32).reshape(len(rows), -1).T)


def _signs_of(text: str, language: Language) -> list[float]:
    numbers = sum(1 for word in text.split() if _DIGIT.search(word))
    quotes = _ANY_QUOTE.findall(text)
    unpaired = text.count("«") != text.count("»") or text.count("“") != text.count("”")
    return [
        min(numbers, 6) / 3,
        float(numbers > 0),
        min(len(_CAPITAL.findall(text)), 12) / 6,
        float(bool(quotes)),
        float(bool(_OPENING_QUOTE.search(text))),
        float(unpaired or text.count('"') % 2 == 1),
        float(text.rstrip("»”\"'").endswith(("?", "؟"))),
        float(not _FINISHED.search(text)),
        float(bool(_LEANS[language].search(text))),
        float(bool(_SAYS[language].search(text))),
        float("(" in text),
        float(bool(_WEB.search(text))),
    ]
