"""The SentencePiece normalizer of the shipped tokenizers: nmt_nfkc, and Arabic news habits.

Beyond nmt_nfkc it drops Arabic short vowels and tatweel, and writes Arabic-Indic and Persian
digits as 0-9. The rules live in source.spm and target.spm themselves, so whoever loads those
files (MarianTokenizer, CTranslate2 users, the service) cuts text exactly as in training.
"""

from __future__ import annotations

import io
import sys
import tempfile
import unicodedata
from pathlib import Path

import sentencepiece as spm

from training.translation.pieces import model_pb2
from training.translation.text import MARKS

_SEPARATORS = {"٫": ".", "٬": ",", "٪": "%"}


def rules() -> dict[str, str]:
    """Return the rewriting rules, source string to target string."""
    base = spm.SentencePieceNormalizer(
        rule_name="nmt_nfkc",
        add_dummy_prefix=False,
        escape_whitespaces=False,
        remove_extra_whitespaces=False,
    )
    table: dict[str, str] = {}
    for point in range(1, sys.maxunicode + 1):
        char = chr(point)
        if unicodedata.category(char) in {"Cn", "Cs", "Co"}:
            continue
        plain = base.normalize(char)
        if plain != char:
            table[char] = plain
        apart = unicodedata.normalize("NFD", char)
        if 1 < len(apart) <= 3 and unicodedata.normalize("NFC", apart) == char:
            table[apart] = plain
    table.update(dict.fromkeys(MARKS, ""))
    for char in [*map(chr, range(0x0660, 0x066A)), *map(chr, range(0x06F0, 0x06FA))]:
        table[char] = str(unicodedata.digit(char))
    return table | _SEPARATORS


def compile_charsmap() -> bytes:
    """Compile the rules with SentencePiece's own builder, by training a toy model with them."""
    lines = [f"{_hex(source)}\t{_hex(target)}\n" for source, target in sorted(rules().items())]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rules.tsv"
        table.write_text("".join(lines), encoding="utf-8")
        model = io.BytesIO()
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(["one two three four five six"] * 8),
            model_writer=model,
            vocab_size=20,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(table),
            minloglevel=2,
        )
    proto = model_pb2.ModelProto.FromString(model.getvalue())
    return bytes(proto.normalizer_spec.precompiled_charsmap)


def _hex(text: str) -> str:
    return " ".join(f"{ord(char):X}" for char in text)
