"""The sample set, and systems made from its references: a perfect one, and one planted worse."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from service.evaluation.collect import SystemRun
from service.evaluation.compare import compare
from service.evaluation.measures import Measure, standard
from service.evaluation.report import Report
from service.evaluation.sets import SUMMARIES, Article, Output, read_articles
from service.pipeline.segment import split
from tests.evaluation.word_vectors import WordVectors


@pytest.fixture(scope="session")
def measures() -> tuple[Measure, ...]:
    """The standard measures, with cheap vectors."""
    return standard(vectors=WordVectors())


SAMPLES = Path(__file__).parents[2] / "seeds" / "samples.jsonl"


@pytest.fixture(scope="session")
def sample_set() -> tuple[Article, ...]:
    return read_articles(SAMPLES)


@pytest.fixture(scope="session")
def references_run(sample_set: Sequence[Article]) -> SystemRun:
    """A system that writes the (last) reference itself."""
    outputs = {
        a.id: Output(a.id, {p: texts[-1] for p, texts in a.references.items()}, "gold", 2.0)
        for a in sample_set
    }
    return SystemRun("gold", outputs)


@pytest.fixture(scope="session")
def worse_run(sample_set: Sequence[Article], references_run: SystemRun) -> SystemRun:
    """The same with one sentence dropped in a tenth of the summaries, each of another article."""
    outputs = dict(references_run.outputs)
    to_do = len(sample_set) * len(SUMMARIES) // 10
    for article in sample_set[:to_do]:
        output = outputs[article.id]
        language = article.language
        part = "long_ar" if language == "ar" else "long_en"
        sentences = [s.text for s in split(output.parts[part], language)]
        assert len(sentences) > 2
        shorter = " ".join(sentences[:1] + sentences[2:])
        outputs[article.id] = replace(output, parts={**output.parts, part: shorter})
    return SystemRun("worse", outputs)


@pytest.fixture(scope="session")
def planted(
    sample_set: Sequence[Article],
    references_run: SystemRun,
    worse_run: SystemRun,
    measures: tuple[Measure, ...],
) -> Report:
    """The comparison of the two."""
    return compare(sample_set, references_run, worse_run, measures)
