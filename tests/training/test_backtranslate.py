from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.translation import backtranslate, corpus, prepare
from training.translation import config as settings
from training.translation.config import TranslationConfig
from training.translation.dataset import Dataset
from training.translation.engine import Decoding


def test_loops_are_seen_in_both_languages() -> None:
    assert backtranslate.loops("he said that he said that he said that he said that")
    assert backtranslate.loops("قال إن الرئيس قال إن الرئيس قال إن الرئيس")
    assert not backtranslate.loops("قال الرئيس إن الحكومة سوف تعلن القرار يوم الأحد")


def news(folder: Path, text: str) -> Path:
    for name in ("news/en_headlines.jsonl.xz", "news/bbc_news_summary.jsonl.xz"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as lines:
            lines.write(json.dumps({"text": text}) + "\n")
    return folder


def test_an_abbreviation_ends_no_sentence(tmp_path: Path) -> None:
    text = "The visit began on Nov. 4 in the capital. Mr. Brown of the U.S. Senate was there too."
    found = backtranslate.sentences(news(tmp_path, text), "en")
    assert list(found) == [
        "The visit began on Nov. 4 in the capital.",
        "Mr. Brown of the U.S. Senate was there too.",
    ]


def test_a_source_with_another_year_is_left_out(config: TranslationConfig) -> None:
    targets = ["The war began in 2022 and went on", "It cost 15,000 dollars in all"]
    made = ["بدأت الحرب عام 2023 واستمرت", "كلف الأمر 15000 دولار في المجمل"]
    assert [pair.en for pair in backtranslate.pair_up(targets, made, config)] == targets[1:]


class Reverse:
    """A reverse model that knows the tiny corpus by heart, and loops on one writer."""

    def __init__(self, folder: Path, seed: int) -> None:
        rows = corpus.read_tsv(folder / "authored/sentences.tsv")
        self.known = {english: arabic for arabic, english in rows}

    def translate(self, texts: Sequence[str], decoding: Decoding) -> list[str]:
        assert decoding.sampling_topk == 3
        return ["كتب كاتب " * 8 if "wrote 10" in text else self.known[text] for text in texts]


@pytest.fixture
def config(
    config_path: Path,
    corpus_root: Path,
    e5_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> TranslationConfig:
    """Of a run that is prepared in ``tmp_path``."""
    monkeypatch.setattr(backtranslate, "_WORDS", range(2, 9))
    monkeypatch.setattr(backtranslate, "Engine", Reverse)
    found = settings.load(config_path)
    prepare.run(found, corpus_root, tmp_path)
    return found


def test_news_is_added_once_with_real_targets(
    config: TranslationConfig, corpus_root: Path, tmp_path: Path
) -> None:
    before = Dataset.load(tmp_path / "train.npz")
    for _ in range(2):
        added = backtranslate.run(config, corpus_root, tmp_path, reverse=corpus_root)
        after = Dataset.load(tmp_path / "train.npz")
        assert len(after) == len(before) + added
    assert added == 9  # twelve asked for; three looped
    assert np.array_equal(after.without("backtranslated").target, before.target)
    written = after.target[after.target_at[len(before)] : after.target_at[len(before) + 1]]
    writer = prepare.processor(tmp_path / "tokenizer", "target")
    assert writer.decode(written.tolist()) == "a writer wrote 11"


def test_a_later_run_takes_other_news(
    config: TranslationConfig, corpus_root: Path, tmp_path: Path
) -> None:
    written = []
    for after in (0, config.backtranslation.sentences):
        plan = replace(config.backtranslation, after=after)
        backtranslate.run(replace(config, backtranslation=plan), corpus_root, tmp_path, corpus_root)
        news = Dataset.load(tmp_path / "train.npz").without("authored")
        starts = zip(news.target_at, news.target_at[1:], strict=False)
        written.append({tuple(news.target[start:end]) for start, end in starts})
    assert all(written)
    assert not written[0] & written[1]
