"""From text to a model's tokens and back, without torch or transformers.

Two kinds of file sets are read: MarianMT's two SentencePiece models, and the tokenizer.json that
the conversion writes for every other family. Both give the very tokens that the checkpoint's own
Hugging Face tokenizer gives (a test holds them to it), end token included.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import sentencepiece
import tokenizers

from service.errors import ModelDamaged

END, UNKNOWN = "</s>", "<unk>"


class Codec(Protocol):
    """A checkpoint's tokenizer; thread-safe."""

    #: Tokens that a reader must never see, the end token not among them.
    never_written: tuple[str, ...]

    def encode(self, text: str) -> list[str]:
        """The tokens of one source text, special tokens included."""

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of generated tokens; special ones are left out."""

    def token(self, index: int) -> str | None:
        """The target token with that id, if there is one."""


class MarianCodec:
    """The tokenizer of an opus-mt checkpoint.

    Args:
        folder: holds source.spm, target.spm, vocab.json and, where the two sides do not share
            a vocabulary, target_vocab.json.
        language_token: put before every source, such as ``>>ara<<``.
    """

    def __init__(self, folder: Path, language_token: str | None = None) -> None:
        try:
            self._source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
            self._target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))
            vocabulary = json.loads((folder / "vocab.json").read_text("utf-8"))
            separate = folder / "target_vocab.json"
            written = json.loads(separate.read_text("utf-8")) if separate.is_file() else vocabulary
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelDamaged(f"the tokenizer in {folder} cannot be read: {error}") from None
        if language_token is not None and language_token not in vocabulary:
            raise ModelDamaged(f"the model in {folder} does not know the token {language_token}")
        self._prefix = [] if language_token is None else [language_token]
        self._written = {index: token for token, index in written.items()}
        languages = (token for token in written if token.startswith(">>"))
        self.never_written = (UNKNOWN, *sorted(languages))
        self._never = frozenset((*self.never_written, END, "<pad>"))

    def encode(self, text: str) -> list[str]:
        """The language token if there is one, the pieces, the end."""
        return [*self._prefix, *self._source.encode(text, out_type=str), END]

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target pieces."""
        pieces = [token for token in tokens if token not in self._never]
        # A shared vocabulary has pieces that the target's model does not know and leaves as is.
        return str(self._target.decode_pieces(pieces)).replace("▁", " ").strip()

    def token(self, index: int) -> str | None:
        """By the target's vocabulary."""
        return self._written.get(index)


class JsonCodec:
    """The tokenizer in a tokenizer.json (BART, T5, mT5)."""

    def __init__(self, folder: Path) -> None:
        path = folder / "tokenizer.json"
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelDamaged(f"the tokenizer in {folder} cannot be read: {error}") from None
        # A file may carry both from training; cutting a text is the caller's decision.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        added = self._tokenizer.get_added_tokens_decoder().values()
        self.never_written = tuple(t.content for t in added if t.special and t.content != END)

    def encode(self, text: str) -> list[str]:
        """The tokens with those that the model expects around them."""
        return list(self._tokenizer.encode(text).tokens)

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of generated tokens."""
        ids = (self._tokenizer.token_to_id(token) for token in tokens)
        known = [index for index in ids if index is not None]
        return str(self._tokenizer.decode(known, skip_special_tokens=True)).strip()

    def token(self, index: int) -> str | None:
        """By the one vocabulary."""
        token: str | None = self._tokenizer.id_to_token(index)
        return token


def load_codec(folder: Path, language_token: str | None = None) -> Codec:
    """The tokenizer of a checkpoint folder, by the files that lie there.

    Raises:
        ModelDamaged: no known file set, or an unreadable one.
    """
    if (folder / "source.spm").is_file():
        return MarianCodec(folder, language_token)
    return JsonCodec(folder)
