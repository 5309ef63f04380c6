"""Prepares one direction: vocabulary, tokenizer files, and the training text as arrays."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import sentencepiece as spm

from training.translation import corpus, e5, mixing, normalizer, pieces, text
from training.translation.config import TranslationConfig
from training.translation.corpus import Pair
from training.translation.dataset import Dataset

log = logging.getLogger(__name__)
_NEWS = {"ar": "news/ar_headlines.jsonl.xz", "en": "news/en_headlines.jsonl.xz"}
_NEWS_ARTICLES = 3000


def news_texts(root: Path, language: str, articles: int) -> Iterator[str]:
    """Yield the text of news articles, for the vocabulary's counts."""
    for line in islice(corpus.open_lines(root / _NEWS[language]), articles):
        yield text.clean(json.loads(line)["text"])


def vocabulary(
    config: TranslationConfig, root: Path, pairs: list[Pair]
) -> tuple[pieces.Vocabulary, list[int]]:
    """Choose both sides' pieces from the prose that the model will read and write."""
    source = e5.read(e5.bundled_path())
    charsmap = normalizer.compile_charsmap()
    prose = [pair for pair in pairs if pair.origin in mixing.PROSE]

    def used(language: str, size: int) -> list[int]:
        texts = [pair.side(language) for pair in prose]
        texts += news_texts(root, language, _NEWS_ARTICLES)
        return pieces.most_used(source, texts, charsmap, size)

    return pieces.assemble(
        source,
        used(config.target, config.target_pieces),
        used(config.source, config.source_pieces),
        charsmap,
    )


def write_tokenizer(folder: Path, found: pieces.Vocabulary, config: TranslationConfig) -> None:
    """Write the tokenizer in opus-mt's files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.spm").write_bytes(found.source_model)
    (folder / "target.spm").write_bytes(found.target_model)
    ids = {piece: number for number, piece in enumerate(found.pieces)}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    settings = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": config.source,
        "target_lang": config.target,
        "model_max_length": 512,
        "separate_vocabs": False,
        "eos_token": pieces.EOS,
        "unk_token": pieces.UNK,
        "pad_token": pieces.PAD,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


def processor(tokenizer: Path, side: str) -> spm.SentencePieceProcessor:
    """Load the tokenizer of the ``source`` or the ``target`` side."""
    return spm.SentencePieceProcessor(model_file=str(tokenizer / f"{side}.spm"))


def encode(
    pairs: list[Pair], config: TranslationConfig, tokenizer: Path, max_length: int
) -> Dataset:
    """Cut the pairs into ids, `</s>` at each end; pairs longer than ``max_length`` are left out."""
    source, target = processor(tokenizer, "source"), processor(tokenizer, "target")
    # Arabic-Indic digits never reach the target: the target tokenizer writes 0-9.
    left = source.encode([pair.side(config.source) for pair in pairs], add_eos=True)
    wanted = [pair.side(config.target) for pair in pairs]
    if config.target == "en":  # one kind of apostrophe to learn; both are read
        wanted = [text.straight(each) for each in wanted]
    right = target.encode(wanted, add_eos=True)
    names = sorted({pair.origin for pair in pairs})
    rows = [
        (one, two, names.index(pair.origin))
        for one, two, pair in zip(left, right, pairs, strict=True)
        if len(one) <= max_length and len(two) <= max_length
    ]
    return Dataset.from_lists(rows, names)


def write_development(config: TranslationConfig, root: Path, folder: Path) -> None:
    """Write the development set: dev.npz, and its references in dev.txt."""
    rows = corpus.read_tsv(root / corpus.DEVELOPMENT)
    pairs = [Pair(text.clean(arabic), text.clean(english), "dev") for arabic, english in rows]
    encode(pairs, config, folder / "tokenizer", max_length=512).save(folder / "dev.npz")
    lines = [pair.side(config.target) for pair in pairs]
    (folder / "dev.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(config: TranslationConfig, root: Path, folder: Path) -> None:
    """Write ``folder``/tokenizer, rows.npy (E5 rows of the pieces), train.npz and report.json."""
    folder.mkdir(parents=True, exist_ok=True)
    overlap = corpus.Overlap(corpus.evaluation_texts(root))
    pairs, report = corpus.collect(root, config.sources, overlap)
    pairs += list(mixing.mixed(pairs, config.source, config.target, config.seed))
    log.info("kept %d pairs", len(pairs))
    found, rows = vocabulary(config, root, pairs)
    write_tokenizer(folder / "tokenizer", found, config)
    np.save(folder / "rows.npy", np.array(rows, dtype=np.int64))
    dataset = encode(pairs, config, folder / "tokenizer", config.train.max_length)
    dataset.save(folder / "train.npz")
    write_development(config, root, folder)
    shared = sum(pair.ar in overlap or pair.en in overlap for pair in pairs)
    summary = {
        "pairs": len(dataset),
        "vocabulary": len(found.pieces),
        "targets": found.targets,
        "evaluation_overlap_left": shared,
        "sources": {name: dict(tally) for name, tally in report.items()},
    }
    (folder / "report.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    log.info("%s", json.dumps(summary))
