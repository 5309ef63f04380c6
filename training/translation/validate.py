"""How good the averaged weights are on the development set, while training goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece as spm
from sacrebleu.metrics.chrf import CHRF

from training.translation.dataset import Dataset
from training.translation.loss import sequence_loss

_BATCH = 32
_LONGEST = 96


@dataclass(frozen=True, slots=True)
class Development:
    """The development pairs as ids, their references, and the tokenizer that writes text."""

    pairs: Dataset
    references: tuple[str, ...]
    writer: spm.SentencePieceProcessor

    @classmethod
    def load(cls, folder: Path) -> Development:
        """Read what `prepare` wrote into a run's folder."""
        references = (folder / "dev.txt").read_text(encoding="utf-8").splitlines()
        writer = spm.SentencePieceProcessor(model_file=str(folder / "tokenizer" / "target.spm"))
        return cls(Dataset.load(folder / "dev.npz"), tuple(references), writer)


def mean_loss(model: Any, pairs: Dataset, targets: int, device: str) -> float:
    """Return the cross entropy a target token, unsmoothed."""
    import torch

    total, count = 0.0, 0
    pad = model.config.pad_token_id
    with torch.no_grad(), torch.autocast(device, torch.bfloat16):
        for start in range(0, len(pairs), _BATCH):
            rows = np.arange(start, min(start + _BATCH, len(pairs)))
            batch = pairs.batch(rows, pad)
            source = torch.from_numpy(batch.source).long().to(device)
            target = torch.from_numpy(batch.target).long().to(device)
            loss = sequence_loss(model, source, target, targets=targets, smoothing=0.0, frozen=True)
            tokens = int((batch.target != pad).sum())
            total, count = total + float(loss) * tokens, count + tokens
    return total / count


def greedy_chrf(model: Any, development: Development, sentences: int, device: str) -> float:
    """Return chrF of greedy translations of the first ``sentences`` development sources."""
    import torch

    pad = model.config.pad_token_id
    outputs: list[str] = []
    rows = np.arange(min(sentences, len(development.pairs)))
    for part in np.array_split(rows, max(1, len(rows) // _BATCH)):
        source = torch.from_numpy(development.pairs.batch(part, pad).source).long().to(device)
        with torch.no_grad(), torch.autocast(device, torch.bfloat16):
            found = model.generate(
                source,
                attention_mask=(source != pad).long(),
                num_beams=1,
                do_sample=False,
                max_length=_LONGEST,
            )
        kept = [[i for i in line if i not in {0, pad}] for line in found.tolist()]
        outputs.extend(development.writer.decode(kept))
    references = list(development.references[: len(outputs)])
    return float(CHRF().corpus_score(outputs, [references]).score)
