"""How well evidence is found, and how often its lack is: python -m bench.evidence HELD_OUT.jsonl

The articles have every sentence translated and four summaries by hand. A summary's sentences are
traced in the article as it was published, so half of them across languages.

- support: sentences of an article's own summary; none should be flagged ``unsupported``.
- strangers: sentences of another article's summary, any or the one most alike; all should be.
- best: is the best evidence the sentence that shares most with the summary's sentence by ROUGE-1,
  told on the article's side that is in the summary's language?

``--fit TRAIN.jsonl`` fits the logistic models anew and prints their weights.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from service.domain import LANGUAGES, LENGTHS, Language, other
from service.pipeline.segment import split
from service.summary import evidence
from service.text.normalize import clean_unicode
from training.selector.data import embed_texts
from training.selector.scores import score, tokens

Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of a summary and an article that it is traced in.

    Attributes:
        rows: cosine, values and words in common with each of the article's sentences.
        gold: the sentence that it rests on; None in a stranger's article.
    """

    across: bool
    kind: str
    rows: Rows
    gold: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the set, cleaned."""

    language: Language
    sides: dict[Language, list[str]]
    summaries: dict[Language, list[str]]

    @property
    def own(self) -> list[str]:
        """The sentences as they were published."""
        return self.sides[self.language]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("held_out", type=Path)
    parser.add_argument("--fit", type=Path, help="articles to fit the models on")
    parser.add_argument("--articles", type=int, default=60, help="of them at most")
    parser.add_argument("--vectors", type=Path, default=Path("runs/evidence"))
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if options.fit:
        cases = list(cases_of(read(options.fit)[: options.articles], options.vectors))
        for across in (False, True):
            print("across languages" if across else "one language", fitted(cases, across))
    began = time.process_time()
    cases = list(cases_of(read(options.held_out), options.vectors))
    for across in (False, True):
        report([case for case in cases if case.across == across], across)
    print(f"{len(cases)} cases, {time.process_time() - began:.0f} s of CPU")


def read(path: Path) -> list[Story]:
    return [_story(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _story(row: dict[str, Any]) -> Story:
    language: Language = "ar" if row["lang"] == "ar" else "en"
    own, translated = (
        [clean_unicode(text).strip() for text in row[name]] for name in ("sentences", "translation")
    )
    summaries = {
        code: [
            sentence.text
            for length in LENGTHS
            for sentence in split(clean_unicode(row[f"{length}_{code}"]), code)
        ]
        for code in LANGUAGES
    }
    return Story(language, {language: own, other(language): translated}, summaries)


def cases_of(stories: Sequence[Story], folder: Path) -> Iterator[Case]:
    """Every summary's sentence in its own article, in the likest other and in the next one."""
    texts = (
        text
        for story in stories
        for texts in (story.own, *story.summaries.values())
        for text in texts
    )
    vectors = embed_texts(texts, folder)
    centres = np.stack([np.mean([vectors[t] for t in story.own], axis=0) for story in stories])
    alike = centres @ centres.T
    np.fill_diagonal(alike, -1)
    for at, story in enumerate(stories):
        articles = {
            "support": story,
            "likest stranger": stories[int(alike[at].argmax())],
            "stranger": stories[(at + 1) % len(stories)],
        }
        for code in LANGUAGES:
            for text in story.summaries[code]:
                for kind, article in articles.items():
                    rows = [
                        (float(vectors[text] @ vectors[s]), *evidence.shared(text, s))
                        for s in article.own
                    ]
                    gold = _gold(text, story.sides[code]) if kind == "support" else None
                    yield Case(code != article.language, kind, np.array(rows), gold)


def _gold(text: str, side: Sequence[str]) -> int:
    wanted = tokens(text)
    return int(np.argmax([score(tokens(sentence), wanted).one for sentence in side]))


def fitted(cases: Sequence[Case], across: bool) -> Rows:
    """Weights of (cosine, values, words, 1): gold pairs against strangers' nearest sentences."""
    rows, wanted = [], []
    for case in cases:
        if case.across == across:
            at = int(case.rows[:, 0].argmax()) if case.gold is None else case.gold
            rows.append(case.rows[at])
            wanted.append(float(case.gold is not None))
    return _logistic(np.array(rows), np.array(wanted))


def _logistic(inputs: Rows, wanted: Rows) -> Rows:
    """Newton's method with a little ridge, on standardised inputs."""
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0)
    scaled = np.column_stack([(inputs - mean) / spread, np.ones(len(inputs))])
    weights = np.zeros(scaled.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chances - wanted) + 0.5 * weights
        curve = (scaled * (chances * (1 - chances))[:, None]).T @ scaled
        weights -= np.linalg.solve(curve + 0.5 * np.eye(len(weights)), slope)
    plain = weights[:-1] / spread
    return np.round(np.append(plain, weights[-1] - plain @ mean), 2)


def report(cases: Sequence[Case], across: bool) -> None:
    model = evidence.ACROSS if across else evidence.SAME_LANGUAGE
    print("across languages" if across else "one language")
    for kind in ("support", "likest stranger", "stranger"):
        here = [case for case in cases if case.kind == kind]
        chances = [[model.chance(*row) for row in case.rows.tolist()] for case in here]
        flagged = np.mean([max(row) < evidence.SUPPORTED for row in chances])
        line = f"  {kind}: {len(here)} sentences, {flagged:.1%} flagged unsupported"
        if kind == "support":
            ranks = [
                int((np.array(row) > row[case.gold]).sum())
                for row, case in zip(chances, here, strict=True)
                if case.gold is not None
            ]
            first, third = (np.mean([rank < most for rank in ranks]) for most in (1, 3))
            line += f"; the best evidence is right in {first:.1%}, one of three in {third:.1%}"
        print(line)


if __name__ == "__main__":
    main()
