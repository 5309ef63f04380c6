"""Writes a run's averaged weights in opus-mt's file set, and as CTranslate2 int8."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from service.engines.manifest import seal
from training.translation import e5, warmstart
from training.translation.config import TranslationConfig
from training.translation.engine import Decoding
from training.translation.published import Past, Round

TOKENIZER = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
_QUANTIZATION = ("int8", "float32")


def averaged_model(config: TranslationConfig, folder: Path) -> tuple[Any, Past]:
    """Return the run's model with its averaged weights, and how it came about."""
    import torch

    targets = json.loads((folder / "report.json").read_text())["targets"]
    rows = np.load(folder / "rows.npy").tolist()
    model = warmstart.build(e5.read(e5.bundled_path()), rows, targets, config.model)
    found = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    model.load_state_dict(found["average"], strict=False)
    model.tie_weights()
    progress = found["progress"]
    made = Round(progress["tokens"], progress["steps"], progress["cpu_seconds"])
    return model.eval(), Past.read(folder).then(progress["phase"], made)


def generation_settings(model: Any, decoding: Decoding) -> dict[str, Any]:
    """Return generation_config.json's content; transformers and the service both read it."""
    pad = model.config.pad_token_id
    return {
        "bad_words_ids": [[pad], [1]],
        "bos_token_id": 0,
        "decoder_start_token_id": pad,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
        "pad_token_id": pad,
        "length_penalty": decoding.length_penalty,
        "max_length": decoding.max_length,
        "no_repeat_ngram_size": decoding.no_repeat_ngram,
        "num_beams": decoding.beam,
        "repetition_penalty": decoding.repetition_penalty,
    }


def write_transformers(model: Any, tokenizer: Path, folder: Path, decoding: Decoding) -> None:
    """Write the files that MarianMTModel and MarianTokenizer load."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    for name in TOKENIZER:
        shutil.copyfile(tokenizer / name, folder / name)
    settings = generation_settings(model, decoding)
    text = json.dumps(settings, indent=2) + "\n"
    (folder / "generation_config.json").write_text(text, encoding="utf-8")


def convert(checkpoint: Path, folder: Path, quantization: str) -> None:
    """Convert a transformers checkpoint to CTranslate2, tokenizer files beside it.

    Both formats name their settings config.json. Their keys are disjoint and each loader passes
    over the other's, so the file holds both.
    """
    import ctranslate2

    converter = ctranslate2.converters.TransformersConverter(str(checkpoint))
    converter.convert(str(folder), quantization=quantization, force=True)
    for name in (*TOKENIZER, "generation_config.json"):
        shutil.copyfile(checkpoint / name, folder / name)
    engine = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    marian = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    text = json.dumps(marian | engine, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")


def export(config: TranslationConfig, folder: Path, decoding: Decoding) -> dict[str, Path]:
    """Export a run under its folder; return the paths: transformers, int8, float32."""
    paths = {"transformers": folder / "export" / "transformers"}
    model, past = averaged_model(config, folder)
    write_transformers(model, folder / "tokenizer", paths["transformers"], decoding)
    for kind in _QUANTIZATION:
        paths[kind] = folder / "export" / kind
        convert(paths["transformers"], paths[kind], kind)
        past.write(paths[kind])
    return paths


def publish(exported: Path, folder: Path, licence: str) -> None:
    """Put an exported checkpoint in its place, beside its card, and seal its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(exported.iterdir()):
        part = folder / f".{path.name}.part"
        shutil.copyfile(path, part)
        part.replace(folder / path.name)
    seal(folder, {"licence": licence})
