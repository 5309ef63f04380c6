"""Writes a model's card: what it is, what it was made from, how good it is, where it fails."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import Any

from training.translation import backtranslate, evaluate, mixing
from training.translation.config import TranslationConfig
from training.translation.dataset import Dataset
from training.translation.published import Past, Round

_LANGUAGES = {"ar": "Arabic", "en": "English"}
# A sentence of each hundred: a reader sees what the model does, not what it does best.
_SAMPLES = range(50, 1000, 100)


def write(config: TranslationConfig, folder: Path, corpus: Path) -> str:
    """Return the card of a run that has been exported and evaluated, as Markdown."""
    template = Template((Path(__file__).parent / "card.md").read_text(encoding="utf-8"))
    made = Past.read(folder / "export/int8").rounds
    shape = config.model
    return template.substitute(
        name=config.name,
        source=_LANGUAGES[config.source],
        target=_LANGUAGES[config.target],
        encoder=len(shape.encoder),
        decoder=len(shape.decoder),
        vocabulary=f"{_report(folder)['vocabulary']:,}",
        targets=f"{_report(folder)['targets']:,}",
        size=f"{(folder / 'export/int8/model.bin').stat().st_size / 1e6:.1f}",
        tokens=f"{sum(entry.tokens for entry in made) / 1e6:.1f} million",
        steps=f"{sum(entry.steps for entry in made):,}",
        hours=f"{sum(entry.cpu_seconds for entry in made) / 3600:.1f}",
        rounds=_rounds(made),
        phases=_phases(config),
        pairs=f"{_report(folder)['pairs']:,}",
        overlap=_report(folder)["evaluation_overlap_left"],
        data=_data(config, folder),
        scores=_scores(folder),
        signatures=_signatures(folder),
        samples=_samples(config, folder, corpus),
    )


def _report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found


def _rounds(made: tuple[Round, ...]) -> str:
    parts = [f"{entry.tokens / 1e6:.1f} million in {entry.steps:,} steps" for entry in made]
    return "; then ".join(parts)


def _phases(config: TranslationConfig) -> str:
    lines = ["| phase | target tokens at most | rate | weights that differ |", "|---|---|---|---|"]
    for phase in config.phases:
        first, last = phase.rate
        weights = ", ".join(f"{name} ×{weight:g}" for name, weight in phase.weights.items())
        lines.append(f"| {phase.name} | {phase.tokens:,} | {first:g} to {last:g} | {weights} |")
    return "\n".join(lines)


def _data(config: TranslationConfig, folder: Path) -> str:
    counts = _report(folder)["sources"]
    lines = ["| source | pairs | seen in a pass | licence or origin |", "|---|---|---|---|"]
    for source in config.sources:
        kept = counts[source.name]["kept"]
        lines.append(f"| {source.name} | {kept:,} | ×{source.weight:g} | {source.licence} |")
    made = {
        mixing.ORIGIN: "pairs of above whose source has names as the target writes them",
        backtranslate.ORIGIN: "news © its publishers; sources machine-translated by "
        + config.backtranslation.reverse,
    }
    dataset = Dataset.load(folder / "train.npz")
    for origin, licence in made.items():
        if count := dataset.count(origin):
            weight = config.phases[-1].weights.get(origin, 0.0)
            lines.append(f"| {origin} | {count:,} | ×{weight:g} | {licence} |")
    return "\n".join(lines)


def _scores(folder: Path) -> str:
    found = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    lines = ["| set | weights | BLEU | chrF |", "|---|---|---|---|"]
    for title, score in found.items():
        name, kind = title.split()
        lines.append(f"| {name} | {kind} | {score['bleu']:.2f} | {score['chrf']:.2f} |")
    return "\n".join(lines)


def _signatures(folder: Path) -> str:
    found = next(iter(json.loads((folder / "scores.json").read_text(encoding="utf-8")).values()))
    return f"BLEU `{found['bleu_signature']}`, chrF `{found['chrf_signature']}`"


def _samples(config: TranslationConfig, folder: Path, corpus: Path) -> str:
    sources, references = evaluate.read_set(corpus, "ntrex", config.source)
    outputs = (folder / "ntrex.int8.txt").read_text(encoding="utf-8").splitlines()
    blocks = [
        f"**{number + 1}** {sources[number]}  \n*reference:* {references[number]}  \n"
        f"*model:* {outputs[number]}"
        for number in _SAMPLES
        if number < len(outputs)
    ]
    return "\n\n".join(blocks)
