"""What a profile is made of: the value objects that ``service.engines.profiles`` reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from service.domain import LANGUAGES, Language, Strategy, other

EngineName = Literal["ctranslate2", "transformers"]
ComputeType = Literal["auto", "int8", "int8_float16", "float16", "float32"]
Family = Literal["bart", "t5", "mt5"]
Kind = Literal["extractive", "seq2seq"]
Direction = tuple[Language, Language]

DIRECTIONS: tuple[Direction, ...] = tuple((code, other(code)) for code in LANGUAGES)

_COMMIT = re.compile(r"[0-9a-f]{40}")


def is_commit(revision: str) -> bool:
    """Whether a revision is a full commit id, not a branch or tag."""
    return _COMMIT.fullmatch(revision) is not None


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A model that lies in a folder of this machine, sealed with a manifest.json."""

    path: Path


@dataclass(frozen=True, slots=True)
class HubSource:
    """A model of a Hugging Face hub.

    Attributes:
        repo: ``owner/name``.
        revision: a full commit id, or a branch or tag that ``pull`` resolves once and locks.
        files: must all be there.
        weights: the first of these that is there.
        optional: taken where they are there.
    """

    repo: str
    revision: str
    files: tuple[str, ...]
    weights: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def pinned(self) -> bool:
        """Whether the revision is a commit that can never mean anything else."""
        return is_commit(self.revision)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model of a profile.

    Attributes:
        role: its dotted place in the profile, such as ``translation.ar-en``.
        licence: an SPDX identifier.
        restriction: what the licence forbids, in words, shown wherever the model is offered.
        size: bytes to download or that lie in the repository; None where nobody knows.
        language_token: put before the source text, such as ``>>ara<<``.
        clause_tokens: longer sentences are cut at their clauses, though the model could read on.
    """

    role: str
    source: FolderSource | HubSource
    licence: str
    restriction: str | None = None
    size: int | None = None
    language_token: str | None = None
    clause_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class SummarizerSpec:
    """Who summarizes the ``languages``: a selector of sentences, or a seq2seq ``family``."""

    kind: Kind
    languages: tuple[Language, ...]
    model: ModelSpec
    family: Family | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of models and the way that leads from an article to four summaries.

    ``quality`` tells an editor in plain words what to expect; ``draft`` says that no translation
    of it may be printed unread.
    """

    name: str
    title: str
    quality: str
    draft: bool
    strategy: Strategy
    engine: EngineName
    compute_type: ComputeType
    translation: Mapping[Direction, ModelSpec]
    summarizers: tuple[SummarizerSpec, ...]
    path: Path

    @property
    def models(self) -> tuple[ModelSpec, ...]:
        """Every model, translation first."""
        return (*self.translation.values(), *(s.model for s in self.summarizers))

    @property
    def pulled(self) -> bool:
        """Whether any of its models has to be fetched from a hub."""
        return any(isinstance(model.source, HubSource) for model in self.models)

    @property
    def restrictions(self) -> tuple[str, ...]:
        """What the licences of its models forbid, each once."""
        return tuple(dict.fromkeys(m.restriction for m in self.models if m.restriction))
