"""The shipped translation checkpoints: same bytes whatever the threads, the right script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.translation import text
from training.translation.engine import Decoding, Engine

MODELS = Path(__file__).parents[2] / "models"
TEXTS = {
    "ar": [
        "قال الرئيس المصري إن الحكومة ستعلن القرار يوم الأحد المقبل.",
        "أعلنت وزارة الصحة تسجيل ٢٥ حالة جديدة في العاصمة بيروت.",
        "فاز الفريق بالمباراة النهائية بعد أن سجل هدفين في الشوط الثاني.",
    ],
    "en": [
        "The Egyptian president said the government would announce the decision next Sunday.",
        "The health ministry reported 25 new cases in the capital, Beirut.",
        "The team won the final after scoring two goals in the second half.",
    ],
}

pytestmark = [
    pytest.mark.models,
    pytest.mark.parametrize("pair", ["ar-en", "en-ar"]),
]


def _folder(pair: str) -> Path:
    folder = MODELS / f"translation-{pair}"
    if not (folder / "model.bin").exists():
        pytest.skip(f"{folder.name} is not in this checkout")
    return folder


def test_same_bytes_across_runs_and_threads(pair: str) -> None:
    folder = _folder(pair)
    texts = TEXTS[pair[:2]]
    decoding = Decoding.read(folder)
    once = Engine(folder, threads=1).translate(texts, decoding)
    assert Engine(folder, threads=1).translate(texts, decoding) == once
    assert Engine(folder, threads=2).translate(texts, decoding) == once


def test_writes_the_target_language_and_copies_numbers(pair: str) -> None:
    folder = _folder(pair)
    outputs = Engine(folder).translate(TEXTS[pair[:2]], Decoding.read(folder))
    assert all(text.share(output, pair[3:]) > 0.9 for output in outputs)
    assert "25" in outputs[1]


def test_ids_are_one_vocabulary(pair: str) -> None:
    folder = _folder(pair)
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    shared = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    assert [vocabulary[piece] for piece in shared] == list(range(len(shared)))
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert settings["vocab_size"] == len(vocabulary) == len(shared) + 1
