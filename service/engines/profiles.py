"""Profiles: named sets of models, read from TOML. The format is told in docs/profiles.md.

A profile says which model translates each direction, who summarizes which language, by which
engine, and how the four summaries come about (``service.domain.Strategy``). Shipped ones lie in
service/profiles; a house's own in the folder of KHULASA_PROFILES_DIR, where one of the same name
takes the place of a shipped one. Nothing here touches a model file: that is the store's work.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from service.domain import LANGUAGES, Language, Strategy
from service.engines.specs import (
    DIRECTIONS,
    ComputeType,
    Direction,
    EngineName,
    Family,
    FolderSource,
    HubSource,
    Kind,
    ModelSpec,
    Profile,
    SummarizerSpec,
)
from service.errors import ConfigurationError, NotFound
from service.settings import ROOT, Settings
from service.tables import Table, read_toml

SHIPPED = Path(__file__).resolve().parent.parent / "profiles"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_REPO = re.compile(r"[\w.-]+/[\w.-]+")


def load_profile(name: str, settings: Settings) -> Profile:
    """The profile of that name.

    Raises:
        NotFound: there is none; the message lists those there are.
        ConfigurationError: its file is wrong; the message names the file and the key.
    """
    files = _files(settings)
    if name not in files:
        raise NotFound(f"there is no profile {name!r}; there are: {', '.join(files)}", name=name)
    return read_profile(files[name])


def profiles(settings: Settings) -> dict[str, Profile]:
    """Every profile by name, shipped ones first.

    Raises:
        ConfigurationError: a file is wrong; the message names the file and the key.
    """
    return {name: read_profile(path) for name, path in _files(settings).items()}


def read_profile(path: Path) -> Profile:
    """Read and check one file; folders in it are relative to the repository or to the file.

    Raises:
        ConfigurationError: naming the file and the key.
    """
    table = read_toml(path)
    name = table.text("name")
    if name != path.stem or not _NAME.fullmatch(name):
        table.fail("name", f"must be the file's name {path.stem!r}: small letters, digits, hyphens")
    profile = Profile(
        name=name,
        title=table.text("title"),
        quality=table.text("quality"),
        draft=table.boolean("draft"),
        strategy=table.choice("strategy", Strategy),
        engine=table.choice("engine", EngineName, "ctranslate2"),
        compute_type=table.choice("compute_type", ComputeType, "auto"),
        translation=_translation(table),
        summarizers=tuple(_summarizer(entry) for entry in table.tables("summarizer")),
        path=path,
    )
    table.close()
    _check_strategy(profile, table)
    return profile


def _files(settings: Settings) -> dict[str, Path]:
    found = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    if settings.profiles_dir is not None:
        if not settings.profiles_dir.is_dir():
            raise ConfigurationError(
                f"KHULASA_PROFILES_DIR={settings.profiles_dir} is not a folder"
            )
        found |= {path.stem: path for path in sorted(settings.profiles_dir.glob("*.toml"))}
    return found


def _translation(table: Table) -> dict[Direction, ModelSpec]:
    translation = table.table("translation")
    specs = {}
    for source, target in DIRECTIONS:
        entry = translation.table(f"{source}-{target}")
        specs[source, target] = _model(entry, f"translation.{source}-{target}")
        entry.close()
    translation.close()
    return specs


def _summarizer(table: Table) -> SummarizerSpec:
    kind: Kind = table.choice("kind", Kind)
    languages = table.choices("languages", Language)
    spec = SummarizerSpec(
        kind=kind,
        languages=languages,
        model=_model(table, f"summarizer.{'-'.join(languages)}"),
        family=table.choice("family", Family) if kind == "seq2seq" else None,
    )
    table.close()
    return spec


def _model(table: Table, role: str) -> ModelSpec:
    if table.has("folder") == table.has("hub"):
        table.fail("folder", "give either a folder or a hub repository")
    return ModelSpec(
        role=role,
        source=_folder(table) if table.has("folder") else _hub(table),
        licence=table.text("licence"),
        restriction=table.optional_text("restriction"),
        size=table.number("size", 1, 10**12) if table.has("size") else None,
        language_token=table.optional_text("language_token"),
        clause_tokens=table.number("clause_tokens", 8, 96) if table.has("clause_tokens") else None,
    )


def _folder(table: Table) -> FolderSource:
    base = ROOT if table.path.is_relative_to(SHIPPED) else table.path.parent
    return FolderSource((base / Path(table.text("folder")).expanduser()).resolve())


def _hub(table: Table) -> HubSource:
    if not _REPO.fullmatch(table.text("hub")):
        table.fail("hub", "must be owner/name")
    source = HubSource(
        repo=table.text("hub"),
        revision=table.text("revision"),
        files=table.texts("files"),
        weights=table.texts("weights"),
        optional=table.texts("optional", ()),
    )
    for key in ("files", "weights", "optional"):
        for name in getattr(source, key):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                table.fail(key, f"{name!r} would leave the model's folder")
    if not source.weights:
        table.fail("weights", "must name at least one file")
    return source


def _check_strategy(profile: Profile, table: Table) -> None:
    served = [language for spec in profile.summarizers for language in spec.languages]
    if len(set(served)) < len(served):
        table.fail("summarizer", "a language has two summarizers")
    if profile.strategy != "pivot" and set(served) != set(LANGUAGES):
        table.fail("summarizer", f"{profile.strategy!r} needs one for each of ar and en")
    if profile.strategy == "parallel" and any(s.kind != "extractive" for s in profile.summarizers):
        table.fail("strategy", "'parallel' shows the picked sentences: it needs kind = extractive")
