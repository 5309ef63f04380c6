"""Runs an exported checkpoint with CTranslate2 and the SentencePiece files beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a translation is searched for."""

    beam: int = 4
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    max_length: int = 256
    sampling_topk: int = 1

    @classmethod
    def read(cls, folder: Path) -> Decoding:
        """Read the settings from a checkpoint's generation_config.json."""
        found = json.loads((folder / "generation_config.json").read_text(encoding="utf-8"))
        return cls(
            beam=found["num_beams"],
            length_penalty=found["length_penalty"],
            repetition_penalty=found["repetition_penalty"],
            no_repeat_ngram=found["no_repeat_ngram_size"],
            max_length=found["max_length"],
        )


class Engine:
    """A loaded translator: texts in, texts out, the same bytes whatever the thread count."""

    def __init__(self, folder: Path, threads: int = 1, seed: int | None = None) -> None:
        import ctranslate2
        import sentencepiece as spm

        if seed is not None:
            ctranslate2.set_random_seed(seed)

        self._translator: Any = ctranslate2.Translator(
            str(folder), device="cpu", intra_threads=threads
        )
        self._source = spm.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self._target = spm.SentencePieceProcessor(model_file=str(folder / "target.spm"))

    def translate(self, texts: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate each text."""
        cut = [[*self._source.encode(text, out_type=str), "</s>"] for text in texts]
        results = self._translator.translate_batch(
            cut,
            beam_size=decoding.beam,
            length_penalty=decoding.length_penalty,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            max_decoding_length=decoding.max_length,
            sampling_topk=decoding.sampling_topk,
            disable_unk=True,
            max_batch_size=2048,
            batch_type="tokens",
        )
        return [str(self._target.decode(result.hypotheses[0])) for result in results]
