from dataclasses import replace

import pytest

from service import flags
from service.cache import SqliteCache
from service.pipeline.reuse import SentenceCache
from tests.builders import bitext, document

PAIRS = [("جملة أولى.", "First."), ("جملة ثانية.", "Second.")]


@pytest.fixture
def cache(tmp_path):
    cache = SqliteCache(tmp_path / "c.sqlite", 1_000_000)
    yield cache
    cache.close()


def test_a_sentence_is_recalled_in_another_article_at_another_place(cache):
    sentences = SentenceCache(cache, "maker")
    flag = flags.make("repetition", "translation.sentences.1", target="x")
    sentences.remember(bitext(PAIRS), [flag], skip=())
    found = sentences.recall(document(["جديدة.", "أخرى.", "جملة ثانية."]))
    assert list(found) == [2]
    assert (found[2].sentence.id, found[2].sentence.text) == (2, "Second.")
    assert found[2].flags == (replace(flag, where="translation.sentences.2"),)


def test_another_makers_work_is_not_reused(cache):
    SentenceCache(cache, "one").remember(bitext(PAIRS), [], skip=())
    assert SentenceCache(cache, "two").recall(document([PAIRS[0][0]])) == {}


def test_a_text_of_both_languages_is_recalled_in_its_own_direction_alone(cache):
    sentences = SentenceCache(cache, "maker")
    sentences.remember(bitext([("Nvidia 2024", "إنفيديا 2024")], "en"), [], skip=())
    assert list(sentences.recall(document(["Nvidia 2024"], "en"))) == [0]
    assert sentences.recall(document(["Nvidia 2024"], "ar")) == {}


def test_an_editors_word_is_not_kept_as_the_models(cache):
    sentences = SentenceCache(cache, "maker")
    approved = bitext(PAIRS)
    first = replace(approved.sentences[0], origin="memory")
    sentences.remember(replace(approved, sentences=(first, approved.sentences[1])), [], skip={1})
    assert sentences.recall(approved.document) == {}
