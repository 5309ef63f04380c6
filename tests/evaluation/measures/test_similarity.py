"""Nearness in meaning, by the real vectors: reworded is near, unrelated is far."""

import pytest

from service.engines.vectors import E5Vectors
from service.evaluation.measures.base import Case
from service.evaluation.measures.similarity import Similarity
from service.evaluation.sets import Article, Output

REFERENCES = ("رفعت الحكومة أسعار الوقود بنسبة عشرة في المئة.", "الحكومة ترفع سعر البنزين.")


def case(text: str, references: tuple[str, ...] = REFERENCES) -> Case:
    return Case(Article("1", "ar", "-"), Output("1", {}, ""), "short_ar", text, "ar", references)


@pytest.fixture(scope="module")
def similarity() -> Similarity:
    return Similarity(E5Vectors())


def test_the_nearer_in_meaning_scores_higher(similarity):
    cases = [
        case(REFERENCES[0]),
        case("زادت الحكومة ثمن الوقود عشرة بالمئة."),
        case("فاز المنتخب بكأس آسيا لكرة القدم."),
        case("  "),
        case("نص", ()),
    ]
    rows = similarity.statistics(cases)
    same, reworded, unrelated, empty = rows[:4, 0]
    assert same == pytest.approx(1, abs=1e-6)
    assert 1 > reworded > unrelated > 0
    assert empty == 0
    assert rows[3, 1] == 1
    assert rows[4].tolist() == [0, 0]


def test_the_signature_names_the_vectors(similarity):
    assert "vectors:multilingual-e5-small" in similarity.signature([])
