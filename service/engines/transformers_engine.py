"""The reference engine: Hugging Face's own classes, float32, one text after the other.

Slow and plain on purpose: it is what the default engine is held against, and what runs a
checkpoint that nobody wants to convert. Needs requirements-models.txt (torch, transformers).
"""

from __future__ import annotations

import math
import threading
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from service.engines.checkpoint import CheckpointFacts
from service.engines.decoding import GenerationSettings
from service.engines.protocol import Decoding, Generated
from service.errors import ConfigurationError, EngineFailed, ModelDamaged


class TransformersModel:
    """A checkpoint folder as ``AutoModelForSeq2SeqLM`` (MarianMTModel among them) reads it.

    Args:
        folder: config.json, weights and tokenizer as they come from the hub.
        language_token: put before every source of a multilingual opus-mt, such as ``>>ara<<``.

    Raises:
        ConfigurationError: torch or transformers are not installed.
        ModelDamaged: the checkpoint cannot be read.
    """

    def __init__(self, folder: Path, *, language_token: str | None = None) -> None:
        try:
            import torch
            import transformers
        except ImportError as error:
            raise ConfigurationError(
                f"the transformers engine needs requirements-models.txt ({error.name} is missing)"
            ) from None
        self.facts = CheckpointFacts.read(folder)
        self.settings = GenerationSettings.read(folder)
        self._prefix = language_token or ""
        # One call at a time: torch takes every core for one, and generate() is not promised to
        # be safe for two.
        self._turn = threading.Lock()
        self._load(folder, torch, transformers)

    def _load(self, folder: Path, torch: Any, transformers: Any) -> None:
        self._torch, self._generation_config = torch, transformers.GenerationConfig
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # "Recommended: pip install sacremoses."
            try:
                self.tokenizer = transformers.AutoTokenizer.from_pretrained(
                    folder, local_files_only=True
                )
                self._model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                    folder, local_files_only=True, dtype=torch.float32
                ).eval()
            except (OSError, ValueError, KeyError, RuntimeError) as error:
                raise ModelDamaged(f"{folder} cannot be loaded: {error}") from None
        # generate() fills what a call leaves out from here: everything is said per call.
        self._ids = self._model.generation_config
        self._model.generation_config = self._generation_config()

    def encode(self, text: str) -> list[int]:
        """The ids of one source text, special tokens included."""
        ids: list[int] = self.tokenizer(self._prefix + text, truncation=False).input_ids
        return ids

    def run(self, texts: Sequence[str], decoding: Decoding | None) -> list[Generated]:
        """Write one text for each.

        Raises:
            EngineFailed: a text is longer than the model reads, or the model broke.
        """
        settings = self.settings.merged(decoding)
        return [self._one(self.encode(text), settings) for text in texts]

    def _one(self, ids: list[int], settings: GenerationSettings) -> Generated:
        if len(ids) > self.facts.max_source_tokens:
            raise EngineFailed(
                f"a text of {len(ids)} tokens reached a model of {self.facts.max_source_tokens}"
            )
        start = [self._ids.decoder_start_token_id]
        if settings.first_token is not None:
            start.append(settings.first_token)
        with self._turn, self._torch.inference_mode():
            try:
                output = self._model.generate(
                    self._torch.tensor([ids]),
                    decoder_input_ids=self._torch.tensor([start]),
                    generation_config=self._config(settings),
                )
            except (RuntimeError, ValueError) as error:
                raise EngineFailed(f"the model broke: {error}") from error
            return self._generated(output, len(start), settings)

    def _config(self, settings: GenerationSettings) -> Any:
        beams = settings.beam_size > 1
        return self._generation_config(
            do_sample=False, num_beams=settings.beam_size,
            length_penalty=settings.length_penalty if beams else None,
            early_stopping=settings.early_stopping if beams else None,
            repetition_penalty=settings.repetition_penalty,
            no_repeat_ngram_size=settings.no_repeat_ngram_size,
            max_new_tokens=settings.max_tokens, min_new_tokens=settings.min_tokens or None,
            suppress_tokens=self._never_written,
            bad_words_ids=[list(ids) for ids in settings.suppressed] or None,
            renormalize_logits=beams,
            decoder_start_token_id=self._ids.decoder_start_token_id,
            eos_token_id=self._ids.eos_token_id, pad_token_id=self._ids.pad_token_id,
            output_scores=True, return_dict_in_generate=True,
        )  # fmt: skip

    @cached_property
    def _never_written(self) -> list[int]:
        """Ids that a reader must never see: special and language tokens, and rows of no token."""
        config, tokenizer = self._model.config, self.tokenizer
        rows = getattr(config, "decoder_vocab_size", None) or config.vocab_size
        special = {tokenizer.pad_token, tokenizer.unk_token, tokenizer.bos_token,
                   tokenizer.mask_token, None}  # fmt: skip
        return [
            index
            for index in range(rows)
            if (token := tokenizer.convert_ids_to_tokens(index)) in special
            or token.startswith(">>")
            or index == self._ids.pad_token_id
        ]

    def _generated(self, output: Any, start: int, settings: GenerationSettings) -> Generated:
        """Decode what was written; the tokenizer of a Marian with two vocabularies cannot itself
        tell the target's special tokens from its words."""
        ids: list[int] = output.sequences[0, start:].tolist()
        end = self._ids.eos_token_id
        kept = [index for index in ids if index != end and index not in self._never_written]
        text = str(self.tokenizer.decode(kept)).strip()
        if settings.beam_size > 1:  # a sum of log probabilities over length ** penalty
            total = float(output.sequences_scores[0]) * len(ids) ** settings.length_penalty
        else:
            steps = zip(output.scores, ids, strict=True)
            total = sum(float(step[0].log_softmax(-1)[index]) for step, index in steps)
        return Generated(text, round(min(1.0, math.exp(total / len(ids))), 4), len(ids))
