"""BLEU, chrF, chrF++ and TER: the figures of sacrebleu's own command on the same files."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from service.evaluation.measures.base import Case
from service.evaluation.measures.translation import (
    bleu_scores,
    chrf_scores,
    measures,
    ter_scores,
)
from service.evaluation.sets import Article, Output

REFERENCES = [
    "The ministry said on Tuesday that 1.8 billion dollars would be spent on 15,000 stations.",
    "The team won by two goals to one, its third victory in a row.",
    "قالت الوزارة يوم الثلاثاء إنها ستنفق 1.8 مليار دولار على 15000 محطة.",
]
TEXTS = [
    "The ministry announced Tuesday it will spend 1.8 billion dollars on 15,000 stations.",
    "The team won two to one.",
    "ذكرت الوزارة الثلاثاء أنها ستنفق 1.8 مليار دولار على المحطات.",
]
COMMAND = {
    "bleu": ["--metrics", "bleu"],
    "chrf": ["--metrics", "chrf"],
    "chrf++": ["--metrics", "chrf", "--chrf-word-order", "2"],
    "ter": ["--metrics", "ter"],
}


def cases(texts: list[str], references: list[tuple[str, ...]]) -> list[Case]:
    return [
        Case(Article(str(i), "ar", text), Output(str(i), {}, "s"), "translation", text, "en", refs)
        for i, (text, refs) in enumerate(zip(texts, references, strict=True))
    ]


def command(folder: Path, streams: list[list[str]], *options: str) -> dict[str, str]:
    names = []
    for number, lines in enumerate([TEXTS, *streams]):
        names.append(folder / f"{number}.txt")
        names[-1].write_text("\n".join(lines) + "\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", *names[1:], "-i", names[0], "-w", "10", *options],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, str] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.kind.name)
def test_score_and_signature_are_those_of_the_command(measure, tmp_path):
    mine = cases(TEXTS, [(reference,) for reference in REFERENCES])
    theirs = command(tmp_path, [REFERENCES], *COMMAND[measure.kind.name])
    score = measure.aggregate(measure.statistics(mine).sum(axis=0))
    assert float(score) == pytest.approx(float(theirs["score"]), abs=1e-8)
    assert measure.signature(mine) == theirs["signature"]


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.kind.name)
def test_two_references_score_as_with_the_command(measure, tmp_path):
    others = ["The ministry will spend 1.8 billion dollars.", "They won.", "ستنفق الوزارة المال."]
    mine = cases(TEXTS, list(zip(REFERENCES, others, strict=True)))
    theirs = command(tmp_path, [REFERENCES, others], *COMMAND[measure.kind.name])
    score = measure.aggregate(measure.statistics(mine).sum(axis=0))
    assert float(score) == pytest.approx(float(theirs["score"]), abs=1e-8)
    assert "nrefs:2" in measure.signature(mine)


def test_an_article_without_a_reference_changes_no_score():
    for measure in measures():
        with_it = measure.statistics(cases(TEXTS, [(r,) for r in REFERENCES[:2]] + [()]))
        without = measure.statistics(cases(TEXTS[:2], [(r,) for r in REFERENCES[:2]]))
        assert with_it.sum(axis=0).tolist() == without.sum(axis=0).tolist()
        assert np.isnan(measure.aggregate(with_it[2]))


def test_references_in_varying_number_are_named_so():
    measure = measures()[0]
    assert "nrefs:var" in measure.signature(cases(TEXTS[:2], [("a",), ("a", "b")]))


def test_lines_of_an_article_are_one_segment():
    measure = measures()[2]
    one, many = (
        measure.statistics(cases([text], [(REFERENCES[1],)]))
        for text in ("The team won. Two to one.", "The team won.\n\nTwo to one.")
    )
    assert one.tolist() == many.tolist()


counts = st.integers(0, 40)


@given(st.lists(st.tuples(counts, counts), min_size=4, max_size=4), counts, counts)
def test_bleu_formula_is_sacrebleus(pairs, written, expected):
    correct = [min(pair) for pair in pairs]
    total = [max(pair) for pair in pairs]
    assume(written or not sum(total))  # no text has n-grams of no words
    theirs = BLEU()._compute_score_from_stats([written, expected, *correct, *total]).score
    ours = bleu_scores(np.array([written, expected, *correct, *total], dtype=float))
    assert float(ours) == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.tuples(counts, counts, counts), min_size=8, max_size=8))
def test_chrf_formula_is_sacrebleus(rows):
    flat = [value for a, b, m in rows for value in (a, b, min(a, b, m))]
    theirs = CHRF(word_order=2)._compute_score_from_stats(flat).score
    assert float(chrf_scores(np.array(flat, dtype=float))) == pytest.approx(theirs, abs=1e-9)


@given(counts, counts)
def test_ter_formula_is_sacrebleus(edits, length):
    theirs = TER()._compute_score_from_stats([edits, length]).score
    assert float(ter_scores(np.array([edits, length], dtype=float))) == pytest.approx(theirs)
