"""Builds a MarianMTModel whose weights come from multilingual-e5-small.

BERT and Marian layers are both post-norm, so E5's layers fit as they are. What differs is the
input: BERT normalises the sum of word, position and type embeddings; Marian adds sinusoids to
scaled embeddings and normalises nothing. So a row holds what BERT would give the first layer,
``gain`` times larger to keep the sinusoids small beside it, and the first layers' attention is
told of the gain. Rows are divided by sqrt(width), which Marian's ``scale_embedding`` multiplies
back: a tied output matrix with rows of ordinary size learns at an ordinary rate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from training.translation.config import ModelShape
from training.translation.e5 import E5File, FloatArray

_FIRST_POSITIONS = 64
_ATTENTION = {"q_proj": "q", "k_proj": "k", "v_proj": "v", "out_proj": "ao"}
# Logits of a fresh model should be about as wide as a standard Marian's: std 1.
_LOGIT_STD = 1.0


def embedding_rows(source: E5File, rows: Sequence[int], gain: float) -> FloatArray:
    """Return the embedding matrix (len(rows) + 1, width); the last row, `<pad>`, is zero."""
    width = source.width
    table = source.matrix("emb.word", width)[np.asarray(rows)]
    table = table + source.matrix("emb.pos", width)[2 : 2 + _FIRST_POSITIONS].mean(axis=0)
    table = table + source.matrix("emb.type", width)[0]
    centred = table - table.mean(axis=1, keepdims=True)
    normal = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
    normal = normal * source.tensor("emb.ln.w") + source.tensor("emb.ln.b")
    scaled = gain / math.sqrt(width) * normal
    padded: FloatArray = np.vstack([scaled, np.zeros((1, width))]).astype(np.float32)
    return padded


def attention(
    source: E5File, layer: int, name: str, norm: str, gain: float = 1.0
) -> Iterable[tuple[str, FloatArray]]:
    """Yield a Marian attention block's tensors from an E5 layer whose input is ``gain`` larger."""
    width = source.width
    for marian, ours in _ATTENTION.items():
        weight = source.matrix(f"l{layer}.{ours}.w", width)
        bias = source.tensor(f"l{layer}.{ours}.b")
        if ours == "ao":
            weight, bias = weight * gain, bias * gain
        else:
            weight = weight / gain
        yield f"{name}.{marian}.weight", weight
        yield f"{name}.{marian}.bias", bias
    yield f"{norm}.weight", source.tensor(f"l{layer}.aln.w")
    yield f"{norm}.bias", source.tensor(f"l{layer}.aln.b")


def feed_forward(source: E5File, layer: int, name: str) -> Iterable[tuple[str, FloatArray]]:
    """Yield a layer's feed-forward tensors and the norm after it."""
    yield f"{name}.fc1.weight", source.matrix(f"l{layer}.fi.w", source.width)
    yield f"{name}.fc1.bias", source.tensor(f"l{layer}.fi.b")
    yield f"{name}.fc2.weight", source.matrix(f"l{layer}.fo.w", source.ffn)
    yield f"{name}.fc2.bias", source.tensor(f"l{layer}.fo.b")
    yield f"{name}.final_layer_norm.weight", source.tensor(f"l{layer}.oln.w")
    yield f"{name}.final_layer_norm.bias", source.tensor(f"l{layer}.oln.b")


def tensors(source: E5File, rows: Sequence[int], shape: ModelShape) -> dict[str, FloatArray]:
    """Return the Marian tensors by name; positions and the output bias are not among them."""
    table = embedding_rows(source, rows, shape.embedding_gain)
    found: dict[str, FloatArray] = {"model.shared.weight": table}
    for number, layer in enumerate(shape.encoder):
        name = f"model.encoder.layers.{number}"
        gain = shape.embedding_gain if number == 0 else 1.0
        norm = f"{name}.self_attn_layer_norm"
        found |= dict(attention(source, layer, f"{name}.self_attn", norm, gain))
        found |= dict(feed_forward(source, layer, name))
    for number, (layer, cross) in enumerate(zip(shape.decoder, shape.cross, strict=True)):
        name = f"model.decoder.layers.{number}"
        gain = shape.embedding_gain if number == 0 else 1.0
        norm = f"{name}.self_attn_layer_norm"
        found |= dict(attention(source, layer, f"{name}.self_attn", norm, gain))
        norm = f"{name}.encoder_attn_layer_norm"
        found |= dict(attention(source, cross, f"{name}.encoder_attn", norm))
        found |= dict(feed_forward(source, layer, name))
    last = f"model.decoder.layers.{len(shape.decoder) - 1}.final_layer_norm"
    size = float(np.linalg.norm(table[:-1], axis=1).mean())
    found[f"{last}.weight"] = np.full(source.width, _LOGIT_STD / size, dtype=np.float32)
    found[f"{last}.bias"] = np.zeros(source.width, dtype=np.float32)
    return found


def build(source: E5File, rows: Sequence[int], targets: int, shape: ModelShape) -> Any:
    """Return a warm-started MarianMTModel of ``len(rows) + 1`` pieces.

    Pieces from ``targets`` on are for reading only: their output bias keeps them from being
    written, in transformers and, as it is part of the checkpoint, in CTranslate2.
    """
    from transformers import MarianConfig, MarianMTModel

    pad = len(rows)
    config = MarianConfig(
        vocab_size=pad + 1,
        d_model=source.width,
        encoder_layers=len(shape.encoder),
        decoder_layers=len(shape.decoder),
        encoder_attention_heads=source.heads,
        decoder_attention_heads=source.heads,
        encoder_ffn_dim=source.ffn,
        decoder_ffn_dim=source.ffn,
        activation_function="gelu",
        dropout=shape.dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        max_position_embeddings=512,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        pad_token_id=pad,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
    )
    model = MarianMTModel(config)
    load(model, tensors(source, rows, shape))
    model.final_logits_bias[0, targets:] = -1e4
    return model


def load(model: Any, values: Mapping[str, FloatArray]) -> None:
    """Put tensors into a MarianMTModel.

    Raises:
        ValueError: a tensor is missing or too many, or has another shape.
    """
    import torch

    found = {name: torch.tensor(value) for name, value in values.items()}
    try:
        missing, unexpected = model.load_state_dict(found, strict=False)
    except RuntimeError as error:  # torch's word for shapes that differ
        raise ValueError(f"the weights do not fit: {error}") from error
    strangers = [name for name in missing if not _derived(name)]
    if strangers or unexpected:
        raise ValueError(f"the weights do not fit: {strangers} {unexpected}")
    model.tie_weights()


def _derived(name: str) -> bool:
    tied = ("embed_tokens.weight", "lm_head.weight", "embed_positions.weight")
    return name.endswith((*tied, "final_logits_bias"))
