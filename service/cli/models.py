"""``models``: see what each profile is made of, fetch it, check it, convert and seal one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from service.engines import manifest
from service.engines.profiles import load_profile, profiles
from service.engines.specs import FolderSource, ModelSpec, Profile
from service.engines.store import Installed, Store
from service.errors import ModelError, ModelsMissing
from service.settings import ROOT, Settings

_tell = partial(click.echo, err=True)


@click.group()
def models() -> None:
    """The models of each profile: list, pull, verify, convert, seal."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON array.")
def list_models(as_json: bool) -> None:
    """Show every profile, its models, their licences and whether they are installed."""
    settings = Settings.from_env()
    store = Store(settings)
    found = [(profile, _facts(profile, store)) for profile in profiles(settings).values()]
    if as_json:
        rows = [row for _, facts in found for row in facts]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for profile, facts in found:
        mark = " (default)" if profile.name == settings.profile else ""
        click.echo(f"{profile.name}{mark}: {profile.title}; strategy {profile.strategy}")
        click.echo(_table([[f"  {row['model']}", *_cells(row)] for row in facts]))
        for restriction in profile.restrictions:
            click.echo(f"  take note: {restriction}")
        click.echo(click.wrap_text(profile.quality, 100, "  ", "  ") + "\n")


@models.command()
@click.argument("profile")
@click.option(
    "--from", "origin", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take the files from a folder (OWNER/NAME in it, or a hub cache) instead of the hub.",
)  # fmt: skip
@click.option("--update", is_flag=True, help="Ask anew what branches point to.")
def pull(profile: str, origin: Path | None, update: bool) -> None:
    """Fetch the models of PROFILE, convert them once, and install them whole.

    An interrupted pull is carried on by the same command. HF_ENDPOINT and HF_TOKEN are honoured.
    """
    from service.engines.pull import Pull

    settings = Settings.from_env()
    work = Pull(Store(settings), _tell, origin, update=update)
    installed = work.run(load_profile(profile, settings))
    click.echo(_table(_installed_row(model) for model in installed))


@models.command()
@click.argument("names", metavar="[PROFILE]...", nargs=-1)
def verify(names: Sequence[str]) -> None:
    """Hash every model file of the PROFILEs (of the default one if none is named)."""
    settings = Settings.from_env()
    store = Store(settings)
    broken: list[ModelError] = []
    for name in names or (settings.profile,):
        for result in store.verify(load_profile(name, settings)):
            if isinstance(result, ModelError):
                broken.append(result)
            else:
                click.echo(_table([[name, *_installed_row(result)]]))
    for error in broken[1:]:
        _tell(f"khulasa: {error}")
    if broken:
        raise broken[0]


@models.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--quantization", type=click.Choice(["int8", "float16", "float32"]), default="int8",
    show_default=True, help="How the weights are stored.",
)  # fmt: skip
@click.option("--licence", required=True, help="The checkpoint's licence (SPDX), for the manifest.")
def convert(source: Path, target: Path, quantization: Any, licence: str) -> None:
    """Convert a transformers checkpoint in SOURCE to CTranslate2 in TARGET, and seal it.

    Name TARGET as the folder of a model in a profile of your own to use it.
    """
    from service.engines.convert import convert as convert_checkpoint

    if target.exists():
        raise click.UsageError(f"{target} exists already")
    convert_checkpoint(source, target, quantization)
    about = {"source": source.name, "licence": licence, "quantization": quantization}
    click.echo(f"{target} {manifest.seal(target, about).content}")


@models.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--licence", help="The model's licence (SPDX); what the manifest says is kept.")
def seal(folder: Path, licence: str | None) -> None:
    """Write manifest.json for the model files in FOLDER as they are now."""
    about = dict(manifest.read(folder).about) if (folder / manifest.NAME).is_file() else {}
    if licence is not None:
        about["licence"] = licence
    click.echo(f"{folder} {manifest.seal(folder, about).content}")


def _facts(profile: Profile, store: Store) -> list[dict[str, Any]]:
    return [
        {
            "profile": profile.name,
            "model": spec.role,
            "source": _source(spec),
            "engine": profile.engine,
            "licence": spec.licence,
            "restriction": spec.restriction,
            "bytes": _size(spec, profile, store),
            "state": _state(spec, profile, store),
        }
        for spec in profile.models
    ]


def _source(spec: ModelSpec) -> str:
    if isinstance(spec.source, FolderSource):
        path = spec.source.path
        return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
    return f"{spec.source.repo}@{spec.source.revision[:12]}"


def _size(spec: ModelSpec, profile: Profile, store: Store) -> int | None:
    """Bytes on this disk, or to be fetched where the model is not here."""
    folder = store.folder(spec, profile)
    if folder is None or not folder.is_dir():
        return spec.size
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _state(spec: ModelSpec, profile: Profile, store: Store) -> str:
    try:
        store.require(spec, profile)
    except ModelsMissing:
        return "missing"
    except ModelError:
        return "damaged"
    return "installed"


def _cells(row: dict[str, Any]) -> list[str]:
    size = "" if row["bytes"] is None else f"{row['bytes'] / 1e6:.0f} MB"
    return [row["state"], size, row["licence"], row["source"]]


def _installed_row(model: Installed) -> list[str]:
    return [model.spec.role, "whole", model.manifest.content, str(model.folder)]


def _table(rows: Iterable[Sequence[str]]) -> str:
    """Columns two spaces apart."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)
