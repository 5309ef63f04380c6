"""The corpus of a selector: read, cleared of what evaluation sets hold, embedded once."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from service.domain import Language, Length
from service.engines.protocol import Matrix
from service.engines.vectors import E5Vectors
from training.selector.articles import Reference, read, sample, without_overlap
from training.selector.config import Config
from training.selector.examples import Example, examples

log = logging.getLogger(__name__)

_SAVE_EVERY = 256


@dataclass(frozen=True, slots=True)
class Data:
    """Articles to learn from, and articles that are for tests alone, by source."""

    train: tuple[Reference, ...]
    tests: Mapping[str, tuple[Reference, ...]]

    @property
    def articles(self) -> Iterator[Reference]:
        """All of them."""
        yield from self.train
        for articles in self.tests.values():
            yield from articles


def load(config: Config, corpus: Path) -> Data:
    """Read all sources; whatever shares text with a test set is not learned from."""
    everything = {
        source.name: list(read(source, corpus))
        for source in config.sources
        if source.weight or source.use != "train"
    }
    tests = {
        source.name: sample(everything[source.name], source.most_test, source.share_for_tests)
        for source in config.sources
        if source.use != "train"
    }
    held_out = [article for articles in tests.values() for article in articles]
    train: list[Reference] = []
    for source in config.sources:
        if source.use == "test" or not source.weight:
            continue
        kept = sample(everything[source.name], source.most, 1 - source.share_for_tests, top=True)
        clear, gone = without_overlap(kept, held_out)
        log.info("%s: %d to learn from, %d left out for overlap", source.name, len(clear), gone)
        train += clear
    again, left = without_overlap(train, held_out)
    assert not left
    return Data(tuple(again), {name: tuple(articles) for name, articles in tests.items()})


def embed(articles: Iterable[Reference], folder: Path) -> Mapping[str, Matrix]:
    """Vectors of all sentences and titles by text; see ``embed_texts``."""
    return embed_texts(
        (
            text
            for article in articles
            for text in (*article.sentences, *([article.title] if article.title else []))
        ),
        folder,
    )


def embed_texts(texts: Iterable[str], folder: Path) -> Mapping[str, Matrix]:
    """Vectors by text, kept in ``folder`` and made only once."""
    known = _stored(folder)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    engine = E5Vectors(remember=0)
    for start in range(0, len(missing), _SAVE_EVERY):
        part = missing[start : start + _SAVE_EVERY]
        known.update(zip(part, engine.embed(part), strict=True))
        _store(folder, known)
        log.info("vectors: %d of %d", start + len(part), len(missing))
    return known


def build(
    articles: Sequence[Reference], vectors: Mapping[str, Matrix], processes: int
) -> list[Example]:
    """The examples of all articles; a translated one is judged in both of its languages."""
    groups: dict[str, dict[Language, Mapping[Length, str]]] = {}
    for article in articles:
        groups.setdefault(article.group, {})[article.language] = article.summaries
    jobs = [(article, _own(article, vectors), groups[article.group]) for article in articles]
    with ProcessPoolExecutor(processes) as pool:
        return [one for found in pool.map(_examples, jobs, chunksize=8) for one in found]


def _own(article: Reference, vectors: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """Its vectors alone, which is all that has to travel to another process."""
    texts = [*article.sentences, *([article.title] if article.title else [])]
    return {text: vectors[text] for text in texts}


def _examples(
    job: tuple[Reference, Mapping[str, Matrix], Mapping[Language, Mapping[Length, str]]],
) -> list[Example]:
    return list(examples(*job))


def _stored(folder: Path) -> dict[str, Matrix]:
    texts = folder / "texts.json"
    if not texts.exists():
        return {}
    rows = np.load(folder / "vectors.npy")
    return dict(zip(json.loads(texts.read_text("utf-8")), rows, strict=True))


def _store(folder: Path, known: Mapping[str, Matrix]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "vectors.part.npy"
    np.save(part, np.stack(list(known.values())))
    (folder / "texts.part.json").write_text(json.dumps(list(known), ensure_ascii=False), "utf-8")
    part.replace(folder / "vectors.npy")
    (folder / "texts.part.json").replace(folder / "texts.json")
