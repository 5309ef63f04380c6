"""A loaded model behind ``Translator`` and ``Generator``, whichever engine runs it."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import Protocol

from service.domain import Language
from service.engines.checkpoint import CheckpointFacts
from service.engines.protocol import Decoding, Generated


class TextModel(Protocol):
    """A seq2seq model that an engine has loaded."""

    facts: CheckpointFacts

    def encode(self, text: str) -> Sized:
        """The tokens of one source text, special and language tokens included."""

    def run(self, texts: Sequence[str], decoding: Decoding | None) -> list[Generated]:
        """Write one text for each of the batch.

        Raises:
            EngineFailed: a text is longer than the model reads, or the model broke.
        """


class ModelTranslator:
    """A MarianMT model of one direction behind the ``Translator`` protocol.

    Args:
        model: the loaded model.
        clause_tokens: the longest source that it translates well, where that is known to be
            shorter than the longest that it can read.
    """

    def __init__(self, model: TextModel, clause_tokens: int | None = None) -> None:
        self._model = model
        limit = model.facts.max_source_tokens
        self._longest = min(limit, clause_tokens or limit)

    def max_source_tokens(self) -> int:
        """The positions that the model has, or what it translates well if that is less."""
        return self._longest

    def count_tokens(self, text: str, source: Language) -> int:  # noqa: ARG002
        """The tokens of ``text``, language and end token included."""
        return len(self._model.encode(text))

    def translate(
        self,
        texts: Sequence[str],
        source: Language,  # noqa: ARG002
        target: Language,  # noqa: ARG002
        decoding: Decoding | None = None,
    ) -> list[Generated]:
        """Translate one batch; the direction is the model's own."""
        return self._model.run(texts, decoding)


class ModelGenerator:
    """A BART, T5 or mT5 behind the ``Generator`` protocol."""

    def __init__(self, model: TextModel) -> None:
        self._model = model

    def max_source_tokens(self) -> int:
        """The most tokens of one prompt."""
        return self._model.facts.max_source_tokens

    def count_tokens(self, text: str) -> int:
        """The tokens of ``text``, special tokens included."""
        return len(self._model.encode(text))

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[Generated]:
        """Write one text for each prompt of the batch."""
        return self._model.run(prompts, decoding)
