from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.engines.vectors import DIMENSIONS, E5Vectors

PAIRS = [
    (
        "وصل الرئيس الروسي إلى بكين صباح اليوم.",
        "The Russian president arrived in Beijing this morning.",
    ),
    ("ارتفعت أسعار النفط بنسبة ٣٪ يوم الخميس.", "Oil prices rose 3 percent on Thursday."),
    ("فاز المنتخب المصري بهدفين دون رد.", "Egypt's national team won 2-0."),
]


@pytest.fixture(scope="module")
def vectors():
    return E5Vectors()


def test_vectors_are_unit_float32(vectors):
    found = vectors.embed([text for pair in PAIRS for text in pair])
    assert found.shape == (6, DIMENSIONS)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(6), abs=1e-5)


def test_a_sentence_is_nearest_to_its_own_translation(vectors):
    arabic = vectors.embed([ar for ar, _ in PAIRS])
    english = vectors.embed([en for _, en in PAIRS])
    assert list((arabic @ english.T).argmax(axis=1)) == [0, 1, 2]


def test_the_same_bytes_from_any_batch_and_thread():
    texts = [text for pair in PAIRS for text in pair]
    expected = E5Vectors().embed(texts).tobytes()
    assert np.stack([E5Vectors().embed([t])[0] for t in texts]).tobytes() == expected
    shared = E5Vectors(remember=2)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: shared.embed(texts).tobytes(), range(8)))
    assert set(found) == {expected}


def test_nothing_gives_no_rows(vectors):
    assert vectors.embed([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "😀", "كلمة " * 3000])
def test_odd_texts_still_have_a_vector(vectors, text):
    assert np.isfinite(vectors.embed([text])).all()


def test_no_more_is_remembered_than_was_asked_for():
    small = E5Vectors(remember=3)
    small.embed([str(n) for n in range(10)])
    assert len(small._known) == 3
