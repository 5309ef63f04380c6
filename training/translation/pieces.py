"""Prunes E5's 250,002 pieces to those a translation direction uses, as SentencePiece models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2

from training.translation.e5 import E5File

# Protobuf makes this module's classes at run time, out of a type checker's sight.
model_pb2: Any = sentencepiece_model_pb2

EOS, UNK, PAD = "</s>", "<unk>", "<pad>"
_SPECIAL = {"<s>", "<pad>", "</s>", "<unk>"}
# A number is read and written digit by digit: every number can be copied, none must be learnt.
_JOINED_DIGITS = re.compile(r"\d.|.\d")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One direction's vocabulary.

    ``pieces`` holds `</s>`, `<unk>`, the pieces the target writes, the pieces only the source
    reads, `<pad>`; the position is the id. The first ``targets`` of them may be generated.
    """

    pieces: tuple[str, ...]
    targets: int
    source_model: bytes
    target_model: bytes


def usable(piece: str) -> bool:
    """Say whether a piece may enter a vocabulary: no special, no number of several digits."""
    return piece not in _SPECIAL and not _JOINED_DIGITS.search(piece.lstrip("▁") or piece)


def build_model(pieces: Sequence[str], scores: Sequence[float], charsmap: bytes) -> bytes:
    """Return a SentencePiece unigram model; ids are `</s>` 0, `<unk>` 1, then the pieces."""
    model = model_pb2.ModelProto()
    kind = model_pb2.ModelProto.SentencePiece
    model.pieces.add(piece=EOS, score=0.0, type=kind.CONTROL)
    model.pieces.add(piece=UNK, score=0.0, type=kind.UNKNOWN)
    for piece, score in zip(pieces, scores, strict=True):
        model.pieces.add(piece=piece, score=float(score))
    trainer = model.trainer_spec
    trainer.model_type = model_pb2.TrainerSpec.UNIGRAM
    trainer.vocab_size = len(pieces) + 2
    trainer.unk_id, trainer.eos_id, trainer.bos_id, trainer.pad_id = 1, 0, -1, -1
    model.normalizer_spec.name = "user_defined"
    model.normalizer_spec.precompiled_charsmap = charsmap
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    return bytes(model.SerializeToString())


def most_used(
    source: E5File, texts: Iterable[str], charsmap: bytes, size: int, rounds: int = 2
) -> list[int]:
    """Return E5 ids of the ``size`` most used pieces of the texts, every usable character kept.

    Each round cuts the texts with what the round before kept, so that the counts are those of
    the pieces that really remain.
    """
    lines = list(texts)
    kept = [i for i, piece in enumerate(source.pieces) if usable(piece)]
    for _ in range(rounds):
        model = build_model(
            [source.pieces[i] for i in kept], [source.scores[i] for i in kept], charsmap
        )
        counts = _count(model, lines)
        order = np.argsort(-counts, kind="stable")
        singles = {
            k for k, i in enumerate(kept) if counts[k] and len(source.pieces[i].lstrip("▁")) <= 1
        }
        chosen = set(order[: max(size - len(singles), 0)].tolist()) | singles
        kept = [i for k, i in enumerate(kept) if k in chosen and counts[k]]
    return kept


def _count(model: bytes, lines: list[str]) -> np.ndarray:
    processor = spm.SentencePieceProcessor(model_proto=model)
    counts = np.zeros(processor.vocab_size(), dtype=np.int64)
    tally: Counter[int] = Counter()
    for start in range(0, len(lines), 2000):
        for ids in processor.encode(lines[start : start + 2000]):
            tally.update(ids)
    for piece, count in tally.items():
        counts[piece] = count
    return counts[2:]


def assemble(
    source: E5File, target_ids: Sequence[int], source_ids: Sequence[int], charsmap: bytes
) -> tuple[Vocabulary, list[int]]:
    """Lay a vocabulary out, target pieces first; also return each piece's E5 row (without pad)."""
    target = sorted(target_ids)
    extra = sorted(set(source_ids) - set(target))
    rows = [source.eos, source.unk, *target, *extra]
    everything = [*target, *extra]

    def model(ids: Sequence[int]) -> bytes:
        return build_model(
            [source.pieces[i] for i in ids], [float(source.scores[i]) for i in ids], charsmap
        )

    vocabulary = Vocabulary(
        pieces=(EOS, UNK, *(source.pieces[i] for i in everything), PAD),
        targets=len(target) + 2,
        source_model=model(everything),
        target_model=model(target),
    )
    return vocabulary, rows
