"""Articles with summaries, from files of several shapes, and none that an evaluation set holds."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from service.domain import LANGUAGES, LENGTHS, Language, Length, other
from service.pipeline.segment import split
from service.summary.bands import count
from service.text.normalize import clean_unicode
from service.text.words import matching_words
from training.selector.config import Source

_SHINGLE = 8
_MOST_SHARED = 0.1


@dataclass(frozen=True, slots=True)
class Reference:
    """An article in one language beside summaries that a person wrote in that language.

    Attributes:
        group: the article's id, the same for both of its languages: folds keep it together.
        target: the words of the same sentences in the other language, where they are translated.
        weight: how much it counts in training.
    """

    id: str
    group: str
    source: str
    language: Language
    title: str | None
    sentences: tuple[str, ...]
    summaries: Mapping[Length, str]
    weight: float
    original: bool = True
    translation: tuple[str, ...] = ()


def read(source: Source, corpus: Path) -> Iterator[Reference]:
    """The articles of one source, in file order, both languages of those that are translated."""
    for number, row in enumerate(_rows(corpus / source.path)):
        if "translation" in row:
            yield from _translated(row, source)
        elif found := _monolingual(row, source, number):
            yield found


def sample(
    articles: Iterable[Reference], most: int, share: float, *, top: bool = False
) -> list[Reference]:
    """At most ``most`` articles out of a ``share`` of all, the same ones on every machine.

    Articles are ordered by their ids' hash; the share is taken from the bottom of that order, or
    from its ``top``, so that two shares that sum to one have nothing in common.
    """
    keyed = sorted(
        ((_key(article.group), article.id, article) for article in articles),
        key=lambda row: row[:2],
    )
    inside = [article for key, _, article in keyed if (key >= 1 - share if top else key < share)]
    return inside[:most]


def without_overlap(
    articles: Sequence[Reference], held_out: Sequence[Reference]
) -> tuple[list[Reference], int]:
    """The articles that share next to no run of eight words with a held-out one, and how many went.

    Words are compared in matching form; "next to none" is under a tenth of the article's runs.
    """
    known = {shingle for article in held_out for shingle in _shingles(article)}
    kept = [a for a in articles if _share(_shingles(a), known) < _MOST_SHARED]
    return kept, len(articles) - len(kept)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    reader = lzma.open if path.suffix == ".xz" else open
    with reader(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _translated(row: dict[str, Any], source: Source) -> Iterator[Reference]:
    """Both sides of an article whose sentences and summaries were translated."""
    own = cast("Language", row["lang"])
    for language in LANGUAGES:
        original = language == own
        sides = ("sentences", "translation") if original else ("translation", "sentences")
        yield Reference(
            id=f"{row['id']}.{language}",
            group=row["id"],
            source=source.name,
            language=language,
            title=row["title" if original else "title_translation"] or None,
            sentences=tuple(map(_clean, row[sides[0]])),
            summaries={length: _clean(row[f"{length}_{language}"]) for length in LENGTHS},
            weight=source.weight,
            original=original,
            translation=tuple(map(_clean, row[sides[1]])),
        )


def _monolingual(row: dict[str, Any], source: Source, number: int) -> Reference | None:
    language = cast("Language", row["lang"])
    sentences = tuple(s.text for s in split(clean_unicode(row["text"]), language))
    sentences = sentences[: source.most_sentences]
    summary = _clean(row["summary"])
    if len(sentences) < source.least_sentences or count(summary) < source.least_words:
        return None
    identity = f"{source.name}-{number}"
    # A headline that stands for the summary would give itself away as the title.
    title = _clean(row["title"])
    return Reference(
        id=identity,
        group=identity,
        source=source.name,
        language=language,
        title=title if title and title != summary else None,
        sentences=sentences,
        summaries={source.length: summary},
        weight=source.weight,
    )


def other_language(article: Reference) -> Language:
    """The language of the article's ``translation``."""
    return other(article.language)


def _clean(text: str) -> str:
    return clean_unicode(text).strip()


def _key(group: str) -> float:
    """A number in 0–1 that depends on nothing but the id."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:6]) / 2**48


def _shingles(article: Reference) -> set[str]:
    words = matching_words(" ".join(article.sentences))
    return {" ".join(words[i : i + _SHINGLE]) for i in range(max(len(words) - _SHINGLE + 1, 1))}


def _share(shingles: set[str], known: set[str]) -> float:
    return len(shingles & known) / len(shingles)
