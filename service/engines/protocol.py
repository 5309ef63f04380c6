"""The one small protocol that every engine speaks.

The pipeline knows these names alone; which library runs below is the profile's business.
All calls are thread-safe. Scores are exp(mean log probability of a token), in 0–1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from service.domain import Language, Length
from service.summary.bands import Room

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model is decoded. ``None`` leaves the checkpoint's own generation settings."""

    beam_size: int | None = None
    length_penalty: float | None = None
    repetition_penalty: float | None = None
    no_repeat_ngram_size: int | None = None
    max_tokens: int | None = None
    min_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """One text that a model wrote."""

    text: str
    score: float
    tokens: int


class Translator(Protocol):
    """A translation model for one direction or several."""

    def max_source_tokens(self) -> int:
        """The most tokens of one source text; longer ones are split by the caller."""

    def count_tokens(self, text: str, source: Language) -> int:
        """The tokens that ``text`` costs, special tokens included."""

    def translate(
        self,
        texts: Sequence[str],
        source: Language,
        target: Language,
        decoding: Decoding | None = None,
    ) -> list[Generated]:
        """Translate each text (a sentence or clause); same order, same count.

        Raises:
            EngineFailed: the model broke.
        """


class Generator(Protocol):
    """A seq2seq model that writes a text for a prompt."""

    def max_source_tokens(self) -> int:
        """The most tokens of one prompt."""

    def count_tokens(self, text: str) -> int:
        """The tokens that ``text`` costs, special tokens included."""

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[Generated]:
        """Write one text for each prompt; same order, same count.

        Raises:
            EngineFailed: the model broke.
        """


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence that the selector chose: its index in the input and how sure it was (0–1)."""

    index: int
    score: float


class Selector(Protocol):
    """The extractive summarizer: picks whole sentences, never writes a word."""

    def select(
        self,
        sentences: Sequence[str],
        language: Language,
        length: Length,
        title: str | None = None,
        room: Room | None = None,
    ) -> list[Pick]:
        """Pick sentences within the length's band, in the order in which they were chosen.

        At least one pick for a non-empty input; cost is linear in the number of sentences.

        Args:
            sentences: the text.
            language: what it is written in.
            length: whose band.
            title: the article's, if it has one.
            room: what may be picked, where that is not just the band over ``sentences``: shown in
                two languages, some sentences barred, some to be made lighter.
        """


class Vectors(Protocol):
    """Multilingual sentence vectors."""

    def embed(self, sentences: Sequence[str]) -> Matrix:
        """Unit vectors, float32, shape (len(sentences), dimensions)."""
