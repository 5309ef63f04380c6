"""The default engine against the reference one, on the same checkpoint in float32."""

import pytest

from service.engines.convert import convert
from service.engines.ct2 import Ct2Model, Hardware
from service.engines.protocol import Decoding
from service.engines.transformers_engine import TransformersModel
from tests.engines import checkpoints

pytestmark = pytest.mark.torch

FAMILIES = {
    "marian": lambda folder: checkpoints.marian(folder, target_tokens=[">>ara<<"]),
    "marian-separate": lambda folder: checkpoints.marian(folder, separate_vocabularies=True),
    "bart": checkpoints.bart,
    "t5": checkpoints.t5,
    "t5-unscaled": lambda folder: checkpoints.t5(folder, tie_word_embeddings=False),
    "mt5": checkpoints.mt5,
}
TEXTS = (
    *checkpoints.ENGLISH[:3],
    *checkpoints.ARABIC[:3],
    "قال «نعم»؟",
    "emoji 😀 and 漢字, then ﷺ",
    " two  spaces \u200f and marks ",
)


@pytest.fixture(scope="module", params=FAMILIES)
def engines(request, tmp_path_factory):
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp(request.param)
    checkpoint = FAMILIES[request.param](folder / "hub")
    convert(checkpoint, folder / "ct2", "float32")
    token = ">>ara<<" if request.param == "marian" else None
    plain = Hardware(device="cpu", compute_type="float32", intra_threads=1)
    return (
        Ct2Model(folder / "ct2", language_token=token, hardware=plain),
        TransformersModel(checkpoint, language_token=token),
    )


def test_both_read_the_same_tokens(engines):
    ct2, reference = engines
    vocabulary = reference.tokenizer.get_vocab()
    unknown = reference.tokenizer.unk_token_id
    for text in TEXTS:
        mine = [vocabulary.get(token, unknown) for token in ct2.codec.encode(text)]
        assert mine == reference.encode(text)


@pytest.mark.parametrize(
    "decoding",
    [
        Decoding(beam_size=1, no_repeat_ngram_size=0, max_tokens=24, min_tokens=0),
        Decoding(beam_size=1, no_repeat_ngram_size=2, max_tokens=24, min_tokens=0),
        Decoding(beam_size=1, no_repeat_ngram_size=3, max_tokens=24, min_tokens=12),
    ],
    ids=["plain", "no-bigram-twice", "at-least-12"],
)
def test_greedy_outputs_are_the_same_token_for_token(engines, decoding):
    ct2, reference = engines
    mine, theirs = ct2.run(TEXTS, decoding), reference.run(TEXTS, decoding)
    assert [g.text for g in mine] == [g.text for g in theirs]
    assert [g.tokens for g in mine] == [g.tokens for g in theirs]
    assert [g.score for g in mine] == pytest.approx([g.score for g in theirs], abs=2e-4)
    if decoding.no_repeat_ngram_size:
        assert len({g.text for g in mine}) > len(TEXTS) / 2, "outputs should vary with the input"


def test_beams_score_alike_where_both_stop_alike(engines):
    """With early_stopping, which CTranslate2 always does, the beams are the same too."""
    ct2, reference = engines
    if not reference.settings.early_stopping:
        pytest.skip("this checkpoint lets Hugging Face search on; CTranslate2 cannot")
    decoding = Decoding(max_tokens=24)
    mine, theirs = ct2.run(TEXTS, decoding), reference.run(TEXTS, decoding)
    assert [g.text for g in mine] == [g.text for g in theirs]
    assert [g.score for g in mine] == pytest.approx([g.score for g in theirs], abs=2e-4)
