"""How a checkpoint wants to be decoded, read from its own files, the same for every engine.

The names on disk are Hugging Face's (generation_config.json; older checkpoints such as
csebuetnlp/mT5_multilingual_XLSum keep them in config.json). What carries over to CTranslate2:

======================  ==========================  ===========================================
on disk                 here                        CTranslate2
======================  ==========================  ===========================================
num_beams               beam_size                   beam_size
length_penalty          length_penalty              length_penalty: the same formula
repetition_penalty      repetition_penalty          the same formula; the decoder's start token
                                                    is not counted as said before
no_repeat_ngram_size    no_repeat_ngram_size        the same, with the same exception
max_length, min_length  max_tokens, min_tokens      one less: the start token is not counted
max_new_tokens, …       max_tokens, min_tokens      as they are
forced_bos_token_id     first_token                 a target prefix of one token
bad_words_ids           suppressed                  suppress_sequences
early_stopping = true   (always)                    CTranslate2 stops when beam_size texts ended
======================  ==========================  ===========================================

Greedy decoding (beam_size 1) is therefore the same token for token. Beam search differs where
early_stopping is false, as in opus-mt: Hugging Face then goes on while a running text might still
win. Sampling is never used, as the same input must give the same bytes, and forced_eos_token_id
is left out: a text that reaches max_tokens ends as it is. What else changes the output and has no
counterpart is listed in ``GenerationSettings.unsupported``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from service.engines.protocol import Decoding
from service.errors import ModelDamaged

# Hugging Face falls back on 20 tokens, which would cut nearly every sentence.
DEFAULT_MAX_TOKENS = 256

_NEUTRAL: Mapping[str, Any] = {
    "do_sample": False,
    "num_beam_groups": 1,
    "diversity_penalty": 0.0,
    "encoder_no_repeat_ngram_size": 0,
    "encoder_repetition_penalty": 1.0,
    "exponential_decay_length_penalty": None,
    "penalty_alpha": None,
    "sequence_bias": None,
    "force_words_ids": None,
    "forced_decoder_ids": None,
}


@dataclass(frozen=True, slots=True)
class GenerationSettings:
    """A checkpoint's decoding settings; tokens are counted as generated, the end among them."""

    beam_size: int = 1
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    max_tokens: int = DEFAULT_MAX_TOKENS
    min_tokens: int = 0
    early_stopping: bool = False
    first_token: int | None = None
    suppressed: tuple[tuple[int, ...], ...] = ()
    unsupported: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> GenerationSettings:
        """The settings of a checkpoint folder; defaults where it says nothing.

        Raises:
            ModelDamaged: a file is not JSON of the known shape.
        """
        found = _read_json(folder / "config.json") | _read_json(folder / "generation_config.json")
        said = {key: value for key, value in found.items() if value is not None}
        try:
            return cls(
                beam_size=int(said.get("num_beams", 1)),
                length_penalty=float(said.get("length_penalty", 1.0)),
                repetition_penalty=float(said.get("repetition_penalty", 1.0)),
                no_repeat_ngram_size=int(said.get("no_repeat_ngram_size", 0)),
                max_tokens=_limit(said, "max", DEFAULT_MAX_TOKENS),
                min_tokens=_limit(said, "min", 0),
                early_stopping=said.get("early_stopping") is True,
                first_token=said.get("forced_bos_token_id"),
                suppressed=tuple(tuple(ids) for ids in said.get("bad_words_ids", ())),
                unsupported=tuple(
                    key for key, neutral in _NEUTRAL.items() if said.get(key, neutral) != neutral
                ),
            )
        except (TypeError, ValueError) as error:
            raise ModelDamaged(
                f"the decoding settings in {folder} are unreadable: {error}"
            ) from None

    def merged(self, decoding: Decoding | None) -> GenerationSettings:
        """These settings with what the caller asks for in their place."""
        if decoding is None:
            return self
        asked = {
            name: value
            for name in Decoding.__slots__
            if (value := getattr(decoding, name)) is not None
        }
        return replace(self, **asked)


def _limit(said: Mapping[str, Any], end: str, default: int) -> int:
    if f"{end}_new_tokens" in said:
        return int(said[f"{end}_new_tokens"])
    if f"{end}_length" in said:
        return max(0, int(said[f"{end}_length"]) - 1)
    return default


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ModelDamaged(f"{path} is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise ModelDamaged(f"{path} does not hold a JSON object")
    return content
