"""A translation model's configuration, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.domain import Language
from training.translation.engine import Decoding


@dataclass(frozen=True, slots=True)
class Source:
    """A file or files of pairs, how often they are seen, whose they are, and what is refused."""

    name: str
    paths: tuple[str, ...]
    weight: float
    licence: str = ""
    min_words: int = 1
    plain: bool = False


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Which E5 layers the encoder and the decoder start from; the rest follows E5's widths."""

    encoder: tuple[int, ...]
    decoder: tuple[int, ...]
    cross: tuple[int, ...]
    embedding_gain: float
    dropout: float


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of training: its length in target tokens, its rate from start to end."""

    name: str
    tokens: int
    rate: tuple[float, float]
    warmup: int = 0
    frozen_encoder: bool = False
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What holds through all phases."""

    batch_tokens: int
    max_length: int
    label_smoothing: float
    encoder_rate: float
    muon: float
    ema: float
    save_minutes: float
    check_minutes: float
    patience: int


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """Which model translates how much news back, and among how many pieces it samples.

    Attributes:
        reverse: name of the published model of the other direction.
        sentences: how many, from the one numbered ``after`` on: so each run can see others.
        sampling_topk: 1 takes the likeliest piece.
        after: how many sentences of the corpus earlier runs have used.
    """

    reverse: str
    sentences: int
    sampling_topk: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class TranslationConfig:
    """Everything that one direction's model is made from."""

    name: str
    source: Language
    target: Language
    licence: str
    seed: int
    sources: tuple[Source, ...]
    source_pieces: int
    target_pieces: int
    model: ModelShape
    train: TrainSettings
    phases: tuple[Phase, ...]
    decoding: Decoding
    backtranslation: BackTranslation


def load(path: Path) -> TranslationConfig:
    """Read a configuration; KeyError or TypeError name what is missing or unknown."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = tomllib.loads((path.parent / raw["sources"]).read_text(encoding="utf-8"))
    shape = raw["model"]
    return TranslationConfig(
        name=raw["name"],
        source=raw["source"],
        target=raw["target"],
        licence=raw["licence"],
        seed=raw["seed"],
        sources=tuple(_source(entry) for entry in listed["source"]),
        source_pieces=raw["vocabulary"]["source_pieces"],
        target_pieces=raw["vocabulary"]["target_pieces"],
        model=ModelShape(
            encoder=tuple(shape["encoder"]),
            decoder=tuple(shape["decoder"]),
            cross=tuple(shape["cross"]),
            embedding_gain=shape["embedding_gain"],
            dropout=shape["dropout"],
        ),
        train=TrainSettings(**raw["train"]),
        phases=tuple(_phase(entry) for entry in raw["phase"]),
        decoding=Decoding(**raw.get("decoding", {})),
        backtranslation=BackTranslation(**raw["backtranslation"]),
    )


def _source(entry: dict[str, Any]) -> Source:
    paths = entry.pop("path")
    return Source(paths=(paths,) if isinstance(paths, str) else tuple(paths), **entry)


def _phase(entry: dict[str, Any]) -> Phase:
    first, last = entry.pop("rate")
    return Phase(rate=(float(first), float(last)), **entry)
