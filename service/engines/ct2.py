"""The default engine: CTranslate2, int8 on the CPU and float16 on CUDA.

It runs what ``service.engines.convert`` wrote; no torch, no transformers. Both classes are
thread-safe: CTranslate2 queues calls, ``inter_threads`` of which run at once.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ctranslate2

from service.engines.checkpoint import CheckpointFacts
from service.engines.codec import Codec, load_codec
from service.engines.decoding import GenerationSettings
from service.engines.protocol import Decoding, Generated
from service.errors import EngineFailed, ModelDamaged, ModelsMissing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """Where and how CTranslate2 computes.

    Attributes:
        device: ``cpu``, ``cuda``, or ``auto``: CUDA where there is a device.
        compute_type: ``auto`` is int8 on the CPU and float16 on CUDA.
        intra_threads: threads of one batch; 0 takes the cores that this process may use.
        inter_threads: batches at once, each with ``intra_threads`` of its own.
    """

    device: str = "auto"
    compute_type: str = "auto"
    intra_threads: int = 0
    inter_threads: int = 1

    def options(self) -> dict[str, Any]:
        """The constructor's keywords."""
        device = self.device
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        compute_type = self.compute_type
        if compute_type == "auto":
            compute_type = "float16" if device == "cuda" else "int8"
        return {
            "device": device,
            "compute_type": compute_type,
            "intra_threads": self.intra_threads or len(os.sched_getaffinity(0)),
            "inter_threads": self.inter_threads,
        }


class Ct2Model:
    """A loaded seq2seq model: tokens in, tokens out; a ``TextModel``.

    Args:
        folder: what ``convert`` wrote.
        language_token: put before every source of a multilingual opus-mt, such as ``>>ara<<``.
        hardware: where it computes.

    Raises:
        ModelsMissing: the folder has no model.
        ModelDamaged: the model or its tokenizer cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language_token: str | None = None,
        hardware: Hardware | None = None,
    ) -> None:
        if not (folder / "model.bin").is_file():
            raise ModelsMissing(f"there is no converted model in {folder}")
        self.facts = CheckpointFacts.read(folder)
        self.settings = GenerationSettings.read(folder)
        self.codec: Codec = load_codec(folder, language_token)
        if self.settings.unsupported:
            log.warning(
                "%s asks for %s, which CTranslate2 does not have: left out",
                folder.name, ", ".join(self.settings.unsupported),
            )  # fmt: skip
        try:
            self._translator = ctranslate2.Translator(
                str(folder), **(hardware or Hardware()).options()
            )
        except (RuntimeError, ValueError) as error:
            raise ModelDamaged(f"the model in {folder} cannot be loaded: {error}") from None

    @cached_property
    def _suppressed(self) -> list[list[str]]:
        """What is never generated: special tokens, and what the checkpoint itself forbids."""
        sequences = [[token] for token in self.codec.never_written]
        for ids in self.settings.suppressed:
            tokens = [self.codec.token(index) for index in ids]
            if None not in tokens and "<pad>" not in tokens:
                sequences.append([token for token in tokens if token is not None])
        return sequences

    def encode(self, text: str) -> list[str]:
        """The tokens of one source text, language and end token included."""
        return self.codec.encode(text)

    def run(self, texts: Sequence[str], decoding: Decoding | None) -> list[Generated]:
        """One batch, as it is given: the caller has sorted and sized it.

        Raises:
            EngineFailed: a text is longer than the model reads, or the model broke.
        """
        if not texts:
            return []
        sources = [self.encode(text) for text in texts]
        longest = max(map(len, sources))
        if longest > self.facts.max_source_tokens:
            raise EngineFailed(
                f"a text of {longest} tokens reached a model of {self.facts.max_source_tokens}"
            )
        settings = self.settings.merged(decoding)
        try:
            results = self._translator.translate_batch(sources, **self._options(settings, sources))
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(f"the model broke: {error}") from error
        return [self._generated(result, settings) for result in results]

    def _options(self, settings: GenerationSettings, sources: list[list[str]]) -> dict[str, Any]:
        prefix = self._prefix(settings)
        return {
            "target_prefix": [prefix] * len(sources) if prefix else None,
            "beam_size": settings.beam_size,
            "length_penalty": settings.length_penalty,
            "repetition_penalty": settings.repetition_penalty,
            "no_repeat_ngram_size": settings.no_repeat_ngram_size,
            "max_decoding_length": settings.max_tokens + len(prefix),
            "min_decoding_length": settings.min_tokens + len(prefix),
            "max_input_length": 0,
            "suppress_sequences": self._suppressed,
            "return_scores": True,
            "return_end_token": True,
        }

    def _prefix(self, settings: GenerationSettings) -> list[str]:
        first = None if settings.first_token is None else self.codec.token(settings.first_token)
        return [] if first is None else [first]

    def _generated(self, result: Any, settings: GenerationSettings) -> Generated:
        """CTranslate2's lengths count the prefix; its score is a sum over length ** penalty."""
        tokens: list[str] = result.hypotheses[0]
        written = len(tokens) - len(self._prefix(settings))
        if written <= 0:
            return Generated("", 0.0, 0)
        total: float = result.scores[0] * len(tokens) ** settings.length_penalty
        return Generated(
            text=self.codec.decode(tokens),
            score=round(min(1.0, math.exp(total / written)), 4),
            tokens=written,
        )
