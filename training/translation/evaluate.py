"""Scores exported checkpoints on the evaluation sets: BLEU and chrF, with their signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from training.translation.corpus import read_tsv
from training.translation.engine import Decoding, Engine

SETS = {
    "ntrex": "eval/ntrex_first1000.ar-en.tsv",
    "flores": "eval/flores_dev533.ar-en.tsv",
}


@dataclass(frozen=True, slots=True)
class Score:
    """A set's scores with the signatures that say how they were counted."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


def score(outputs: Sequence[str], references: Sequence[str]) -> Score:
    """Compare outputs with one reference each."""
    bleu, chrf = BLEU(), CHRF()
    return Score(
        bleu=bleu.corpus_score(list(outputs), [list(references)]).score,
        chrf=chrf.corpus_score(list(outputs), [list(references)]).score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def read_set(corpus: Path, name: str, source: str) -> tuple[list[str], list[str]]:
    """Return (sources, references) of an evaluation set for a direction from ``source``."""
    rows = list(read_tsv(corpus / SETS[name]))
    arabic, english = [row[0] for row in rows], [row[1] for row in rows]
    return (arabic, english) if source == "ar" else (english, arabic)


def evaluate(
    folder: Path, corpus: Path, name: str, *, source: str, decoding: Decoding, threads: int
) -> tuple[Score, list[str]]:
    """Translate a set with an exported checkpoint; return its score and the translations."""
    sources, references = read_set(corpus, name, source)
    outputs = Engine(folder, threads=threads).translate(sources, decoding)
    return score(outputs, references), outputs
