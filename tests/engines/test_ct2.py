"""What the default engine does beyond agreeing with the reference (test_agreement.py)."""

import concurrent.futures
import logging
import random
import shutil

import pytest

from service.engines.adapters import ModelGenerator, ModelTranslator
from service.engines.convert import convert
from service.engines.ct2 import Ct2Model, Hardware
from service.engines.protocol import Decoding
from service.engines.sharing import BatchingTranslator
from service.errors import EngineFailed, ModelDamaged, ModelsMissing
from tests.engines import checkpoints

pytestmark = pytest.mark.torch
CPU = Hardware(device="cpu", intra_threads=1)
SHORT = Decoding(max_tokens=24)
TEXTS = (*checkpoints.ENGLISH, *checkpoints.ARABIC, "One.", "نعم.")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    pytest.importorskip("transformers")
    root = tmp_path_factory.mktemp("converted")
    convert(checkpoints.marian(root / "hub"), root / "marian")
    convert(checkpoints.bart(root / "bart-hub"), root / "bart")
    return root


@pytest.fixture(scope="module")
def marian(folders):
    return Ct2Model(folders / "marian", hardware=CPU)


def test_int8_outputs_are_the_same_bytes_in_any_company_and_on_one_or_two_threads(folders, marian):
    alone = [marian.run([text], SHORT)[0] for text in TEXTS]
    for threads in (1, 2):
        hardware = Hardware(device="cpu", compute_type="int8", intra_threads=threads)
        model = Ct2Model(folders / "marian", hardware=hardware)
        for seed in range(3):
            order = random.Random(seed).sample(range(len(TEXTS)), len(TEXTS))
            size = 2 + 3 * seed
            groups = [order[start : start + size] for start in range(0, len(order), size)]
            for group in groups:
                outputs = model.run([TEXTS[i] for i in group], SHORT)
                assert outputs == [alone[i] for i in group]


def test_many_threads_get_what_one_gets(marian):
    translator = ModelTranslator(marian)
    shared = BatchingTranslator(translator)
    expected = {text: marian.run([text], SHORT)[0] for text in TEXTS}

    def ask(seed):
        texts = random.Random(seed).choices(TEXTS, k=5)
        chosen = shared if seed % 2 else translator
        return texts, chosen.translate(texts, "en", "ar", SHORT)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for texts, outputs in pool.map(ask, range(24)):
            assert outputs == [expected[text] for text in texts]
    shared.close()


def test_scores_are_probabilities_and_texts_show_no_special_token(marian):
    for output in marian.run(TEXTS, SHORT):
        assert 0 < output.score <= 1
        assert not {"</s>", "<pad>", "<unk>", "▁"} & set(output.text.split())
        assert "⁇" not in output.text


def test_lengths_asked_for_are_kept(folders):
    generator = ModelGenerator(Ct2Model(folders / "bart", hardware=CPU))
    for output in generator.generate(TEXTS[:4], Decoding(min_tokens=9, max_tokens=14)):
        assert 9 <= output.tokens <= 14


def test_a_text_over_the_limit_is_refused_not_cut(marian):
    limit = ModelTranslator(marian).max_source_tokens()
    text = "word " * limit
    assert ModelTranslator(marian).count_tokens(text, "en") > limit
    with pytest.raises(EngineFailed, match=str(limit)):
        marian.run([text], None)


@pytest.mark.parametrize(("asked", "told"), [(None, 512), (40, 40), (9999, 512)])
def test_a_profile_may_have_sentences_cut_shorter_than_the_model_could_read(marian, asked, told):
    assert ModelTranslator(marian, asked).max_source_tokens() == told


def test_no_text_is_no_work(marian):
    assert marian.run([], None) == []


def test_a_folder_without_a_model_is_missing(tmp_path):
    with pytest.raises(ModelsMissing):
        Ct2Model(tmp_path)


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "vocab.json", "checkpoint.json"])
def test_a_broken_file_is_damage(folders, tmp_path, name):
    broken = shutil.copytree(folders / "marian", tmp_path / "broken")
    (broken / name).write_bytes(b"rubbish")
    with pytest.raises(ModelDamaged):
        Ct2Model(broken, hardware=CPU)


def test_a_language_token_that_the_model_lacks_is_damage(folders):
    with pytest.raises(ModelDamaged, match=">>ara<<"):
        Ct2Model(folders / "marian", language_token=">>ara<<", hardware=CPU)


def test_settings_that_cannot_be_honoured_are_told(folders, tmp_path, caplog):
    odd = shutil.copytree(folders / "marian", tmp_path / "odd")
    (odd / "generation_config.json").write_text('{"encoder_no_repeat_ngram_size": 3}')
    with caplog.at_level(logging.WARNING):
        Ct2Model(odd, hardware=CPU)
    assert "encoder_no_repeat_ngram_size" in caplog.text
