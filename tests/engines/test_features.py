import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engines.features import NAMES, describe


def vectors_of(number, size=8):
    found = np.random.default_rng(3).normal(size=(number, size)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def column(article, name):
    return article.features[:, NAMES.index(name)]


TEXTS = {
    "ar": ["أعلنت القاهرة رفع الفائدة 3%.", "وأضاف أن القرار نهائي.", "«لن نتراجع عن القرار."],
    "en": ["Cairo announced a 3% rise.", "He added that it was final.", "“No one will go back."],
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_signs_are_read_alike_in_both_languages(language):
    found = describe(TEXTS[language], language, vectors_of(3))
    assert list(column(found, "has_number")) == [1, 0, 0]
    assert list(column(found, "leans")) == [0, 1, 0]
    assert list(column(found, "unpaired")) == [0, 0, 1]
    assert list(column(found, "first")) == [1, 0, 0]
    assert list(column(found, "last")) == [0, 0, 1]
    assert not column(found, "has_title").any()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sentence_that_the_title_repeats_stands_out(language):
    vectors = vectors_of(3)
    found = describe(TEXTS[language], language, vectors, TEXTS[language][0], vectors[0])
    assert column(found, "title_recall").argmax() == 0
    assert column(found, "title_cosine").argmax() == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12), st.sampled_from(["ar", "en"]))
def test_any_text_has_finite_features(texts, language):
    found = describe(texts, language, vectors_of(len(texts)), texts[0], vectors_of(1)[0])
    assert found.features.shape == (len(texts), len(NAMES))
    assert found.features.dtype == np.float32
    assert np.isfinite(found.features).all()
