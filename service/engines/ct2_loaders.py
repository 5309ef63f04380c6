"""CTranslate2's conversion of four families, where it falls behind transformers 5.

Importing this module registers the loaders in place of the library's own. It needs torch. Each
says what it mends; a test converts every family and compares tokens and scores, so that a release
which mends one by itself is noticed.
"""

from __future__ import annotations

from typing import Any

from ctranslate2.converters.transformers import (
    BartLoader,
    MarianMTLoader,
    ModelLoader,
    MT5Loader,
    T5Loader,
    register_loader,
)
from ctranslate2.specs.model_spec import OPTIONAL


@register_loader("BartConfig")
class _Bart(BartLoader):  # type: ignore[misc]
    """transformers 5 dropped two BART settings that CTranslate2 asks for; every BART has these."""

    def get_model_spec(self, model: Any) -> Any:
        model.config.normalize_before = False
        model.config.normalize_embedding = True
        return super().get_model_spec(model)


@register_loader("MarianConfig")
class _Marian(MarianMTLoader):  # type: ignore[misc]
    """CTranslate2 gives both sides the source's vocabulary, also where the target has its own."""

    def __call__(self, model: Any, tokenizer: Any) -> Any:
        if model.config.share_encoder_decoder_embeddings:
            return super().__call__(model, tokenizer)
        spec = self.get_model_spec(model)
        self.set_config(spec.config, model, tokenizer)
        spec.register_source_vocabulary(self.get_vocabulary(model, tokenizer))
        tokens = sorted(tokenizer.target_encoder, key=tokenizer.target_encoder.__getitem__)
        if tokens[-1] == "<pad>":
            tokens.pop()
        spec.register_target_vocabulary(tokens)
        _cut_rows([spec.decoder.embeddings, spec.decoder.projection], len(tokens))
        return spec


def _cut_rows(layers: list[Any], rows: int) -> None:
    for layer in layers:
        layer.weight = layer.weight[:rows]
        bias = getattr(layer, "bias", None)
        if bias is not None and not isinstance(bias, str):  # a str is CTranslate2's "left out"
            layer.bias = bias[:rows]


class _Mended:
    """For T5 and mT5.

    CTranslate2 scales the output wherever embeddings are tied, and transformers 5 ties them
    always. It also names the rows beyond the tokenizer's last token, which only pad the matrix
    to a round size, so that some tokens have two rows; here those rows are left out.
    """

    def __call__(self, model: Any, tokenizer: Any) -> Any:
        spec = self.get_model_spec(model)  # type: ignore[attr-defined]
        if not getattr(model.config, "scale_decoder_outputs", False):
            spec.decoder.scale_outputs = OPTIONAL
        self.set_config(spec.config, model, tokenizer)  # type: ignore[attr-defined]
        tokens = ModelLoader.get_vocabulary(self, model, tokenizer)[: model.config.vocab_size]
        self.set_vocabulary(spec, tokens)  # type: ignore[attr-defined]
        embeddings = [spec.encoder.embeddings[0], spec.decoder.embeddings]
        _cut_rows([*embeddings, spec.decoder.projection], len(tokens))
        return spec


@register_loader("T5Config")
class _T5(_Mended, T5Loader):  # type: ignore[misc]
    """T5 1.0 scales its output, T5 1.1 does not."""


@register_loader("MT5Config")
class _MT5(_Mended, MT5Loader):  # type: ignore[misc]
    """mT5 never scales its output."""
