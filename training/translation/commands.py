"""The steps of a translation model, as `python -m training` calls them."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

from training.registry import Command, Options
from training.translation import backtranslate, card, evaluate, export, prepare, trainer
from training.translation import config as settings
from training.translation.config import TranslationConfig

log = logging.getLogger(__name__)


def _open(options: Options) -> tuple[TranslationConfig, Path]:
    config = settings.load(options.config)
    return config, options.runs / config.name


def prepare_run(options: Options) -> None:
    """Filter the corpus and write the run's data."""
    config, folder = _open(options)
    prepare.run(config, options.corpus, folder)


def train_run(options: Options) -> None:
    """Train to the end of the phases, or for ``minutes``; ``onward`` from what is published."""
    import torch

    torch.set_num_threads(options.threads)
    config, folder = _open(options)
    before = options.models / config.name if options.onward else None
    run = trainer.start(config, folder, options.device, before)
    trainer.train(run, options.minutes)


def export_run(options: Options) -> None:
    """Export the run's averaged weights and publish the int8 checkpoint."""
    config, folder = _open(options)
    paths = export.export(config, folder, config.decoding)
    export.publish(paths["int8"], options.models / config.name, config.licence)


def evaluate_run(options: Options) -> None:
    """Score the exported checkpoint, float32 and int8; write scores.json and the card."""
    config, folder = _open(options)
    scores: dict[str, dict[str, object]] = {}
    for name in evaluate.SETS:
        for kind in ("float32", "int8"):
            found, outputs = evaluate.evaluate(
                folder / "export" / kind,
                options.corpus,
                name,
                source=config.source,
                decoding=config.decoding,
                threads=options.threads,
            )
            scores[f"{name} {kind}"] = asdict(found)
            (folder / f"{name}.{kind}.txt").write_text("\n".join(outputs) + "\n", encoding="utf-8")
            log.info("%s %s: BLEU %.2f chrF %.2f", name, kind, found.bleu, found.chrf)
            log.info("%s | %s", found.bleu_signature, found.chrf_signature)
    (folder / "scores.json").write_text(json.dumps(scores, indent=2) + "\n")
    place = options.models / config.name
    place.mkdir(parents=True, exist_ok=True)
    text = card.write(config, folder, options.corpus)
    (place / "README.md").write_text(text, encoding="utf-8")


def backtranslate_run(options: Options) -> None:
    """Add news translated by the reverse model, which must have been exported, to the data."""
    config, folder = _open(options)
    reverse = options.models / config.backtranslation.reverse
    count = backtranslate.run(config, options.corpus, folder, reverse)
    log.info("%d pairs added", count)


COMMANDS: dict[str, Command] = {
    "prepare": prepare_run,
    "train": train_run,
    "export": export_run,
    "evaluate": evaluate_run,
    "backtranslate": backtranslate_run,
}
