"""The warm start must compute what E5 computes: checked against a BERT written out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.translation import e5, warmstart
from training.translation.config import ModelShape

torch = pytest.importorskip("torch", reason="requirements-models.txt is not installed")
pytestmark = pytest.mark.torch

SHAPE = ModelShape(encoder=(0, 1), decoder=(0,), cross=(1,), embedding_gain=6.5, dropout=0.0)
ROWS = [2, 3, *range(4, 40)]


def _norm(x: np.ndarray, source: e5.E5File, name: str) -> np.ndarray:
    x = x - x.mean(-1, keepdims=True)
    x = x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-12)
    return x * source.tensor(f"{name}.w") + source.tensor(f"{name}.b")


def _linear(x: np.ndarray, source: e5.E5File, name: str) -> np.ndarray:
    return x @ source.matrix(f"{name}.w", x.shape[-1]).T + source.tensor(f"{name}.b")


def _bert_layer(x: np.ndarray, source: e5.E5File, layer: int) -> np.ndarray:
    size = source.width // source.heads
    heads = []
    q, k, v = (_linear(x, source, f"l{layer}.{name}") for name in "qkv")
    for head in range(source.heads):
        part = slice(head * size, (head + 1) * size)
        weights = q[:, part] @ k[:, part].T / np.sqrt(size)
        weights = np.exp(weights - weights.max(-1, keepdims=True))
        heads.append(weights / weights.sum(-1, keepdims=True) @ v[:, part])
    x = _norm(x + _linear(np.hstack(heads), source, f"l{layer}.ao"), source, f"l{layer}.aln")
    inner = torch.nn.functional.gelu(torch.tensor(_linear(x, source, f"l{layer}.fi"))).numpy()
    return _norm(x + _linear(inner, source, f"l{layer}.fo"), source, f"l{layer}.oln")


@pytest.fixture
def source(e5_path: Path) -> e5.E5File:
    return e5.read(e5_path)


def test_encoder_without_positions_equals_e5(source: e5.E5File) -> None:
    model = warmstart.build(source, ROWS, 20, SHAPE).eval()
    model.model.encoder.embed_positions.weight.data.zero_()
    ids = [5, 9, 30, 12, 0]
    with torch.no_grad():
        found = model.model.encoder(torch.tensor([ids])).last_hidden_state[0].numpy()
    rows = np.array(ROWS)[ids]
    x = source.matrix("emb.word", source.width)[rows]
    x = x + source.matrix("emb.pos", source.width)[2:66].mean(0)
    x = x + source.matrix("emb.type", source.width)[0]
    x = _norm(x, source, "emb.ln")
    for layer in range(source.layers):
        x = _bert_layer(x, source, layer)
    assert np.allclose(found, x, atol=2e-3)


def test_pad_is_zero_and_the_output_is_tied(source: e5.E5File) -> None:
    model = warmstart.build(source, ROWS, 20, SHAPE)
    assert not model.model.shared.weight[len(ROWS)].any()
    assert model.lm_head.weight is model.model.shared.weight
    assert model.model.decoder.embed_tokens.weight is model.model.shared.weight


def test_source_only_pieces_are_never_generated(source: e5.E5File) -> None:
    model = warmstart.build(source, ROWS, 20, SHAPE).eval()
    ids = torch.tensor([[5, 9, 30, 0], [35, 36, 37, 0]])
    output = model.generate(ids, max_length=30, num_beams=2, do_sample=False)
    assert (output[:, 1:] < 20).logical_or(output[:, 1:] == len(ROWS)).all()


def test_a_layer_that_e5_lacks_is_named(source: e5.E5File) -> None:
    shape = ModelShape(encoder=(0, 7), decoder=(0,), cross=(1,), embedding_gain=6.5, dropout=0.0)
    with pytest.raises(KeyError, match=r"l7\.q\.w"):
        warmstart.build(source, ROWS, 20, shape)
