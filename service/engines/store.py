"""Where models lie, and whether they are whole.

    embedded, local   the folder that the profile names
    from a hub        data_dir/models/OWNER--NAME/COMMIT-FORM, put there by ``service.engines.pull``

FORM is the quantization of a CTranslate2 model, or ``checkpoint`` for the transformers engine.
What a revision means here is looked up in data_dir/models/models.lock.json, which ``pull`` writes:
a branch means the commit that it had when it was pulled, until ``pull --update`` asks anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.engines import manifest
from service.engines.convert import Quantization
from service.engines.manifest import Manifest
from service.engines.specs import (
    FolderSource,
    HubSource,
    ModelSpec,
    Profile,
    is_commit,
)
from service.errors import ModelDamaged, ModelError, ModelsMissing
from service.settings import ROOT, Settings

LOCK = "models.lock.json"


@dataclass(frozen=True, slots=True)
class Installed:
    """A model whose every file is the one that was sealed."""

    spec: ModelSpec
    folder: Path
    manifest: Manifest


class Store:
    """The models of one house."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.data_dir / "models"
        self._memory = self.root / "verified.json"

    def lock(self) -> Mapping[str, str]:
        """The commit by ``owner/name@revision``, as the last pull resolved it.

        Raises:
            ModelDamaged: the lock file cannot be read.
        """
        path = self.root / LOCK
        try:
            content = json.loads(path.read_text("utf-8"))
            return {str(key): str(commit) for key, commit in content.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError) as error:
            raise ModelDamaged(f"{path} cannot be read: {error}", file=str(path)) from None

    def record(self, source: HubSource, commit: str) -> None:
        """Lock a revision to a commit; safe beside other processes that do the same."""
        from filelock import FileLock

        self.root.mkdir(parents=True, exist_ok=True)
        with FileLock(self.root / f".{LOCK}.guard"):
            content = dict(self.lock()) | {f"{source.repo}@{source.revision}": commit}
            text = json.dumps(content, indent=2, sort_keys=True) + "\n"
            manifest.write_whole(self.root / LOCK, text)

    def commit(self, source: HubSource) -> str | None:
        """The commit that a source means here, None if it was never resolved."""
        locked = self.lock().get(f"{source.repo}@{source.revision}")
        return locked or (source.revision if source.pinned else None)

    def folder(self, spec: ModelSpec, profile: Profile) -> Path | None:
        """Where the model lies or would lie; None if its revision was never resolved."""
        if isinstance(spec.source, FolderSource):
            return spec.source.path
        commit = self.commit(spec.source)
        return None if commit is None else self.place(spec.source, commit, profile)

    def place(self, source: HubSource, commit: str, profile: Profile) -> Path:
        """Where a pulled model lies, by commit and form."""
        form = quantization(profile) or "checkpoint"
        short = commit[:12] if is_commit(commit) else commit
        return self.root / source.repo.replace("/", "--") / f"{short}-{form}"

    def require(self, spec: ModelSpec, profile: Profile, *, quick: bool = True) -> Installed:
        """The model, checked; ``quick`` trusts an earlier slow check of unchanged files.

        Raises:
            ModelsMissing: it is not installed; the message names the command that does it.
            ModelDamaged: a file is missing or differs; the message names it and what to do.
        """
        folder = self.folder(spec, profile)
        if folder is None or not folder.is_dir():
            raise _missing(spec, profile, folder)
        try:
            found = manifest.check(folder, self._memory if quick else None)
        except ModelDamaged as error:
            remedy = _remedy(spec, profile)
            details = error.details | {"profile": profile.name, "model": spec.role}
            raise ModelDamaged(f"{error}. {remedy}", **details) from None
        return Installed(spec, folder, found)

    def verify(self, profile: Profile) -> list[Installed | ModelError]:
        """Hash every file of every model: what is whole, and what is wrong with the others."""
        results: list[Installed | ModelError] = []
        for spec in profile.models:
            try:
                results.append(self.require(spec, profile, quick=False))
            except ModelError as error:
                results.append(error)
        return results


def quantization(profile: Profile) -> Quantization | None:
    """The quantization that models of the profile are stored in; None if not converted at all."""
    if profile.engine == "transformers":
        return None
    if profile.compute_type in ("float16", "float32"):
        return profile.compute_type
    return "int8"


def _missing(spec: ModelSpec, profile: Profile, folder: Path | None) -> ModelsMissing:
    what = f"the profile {profile.name!r} lacks its model {spec.role}"
    where = "" if folder is None else f" ({folder})"
    return ModelsMissing(
        f"{what}{where}. {_remedy(spec, profile)}", profile=profile.name, model=spec.role
    )


def _remedy(spec: ModelSpec, profile: Profile) -> str:
    if isinstance(spec.source, HubSource):
        return f"Run: python -m service models pull {profile.name}"
    if spec.source.path.is_relative_to(ROOT):
        return f"It comes with the repository: git checkout -- {spec.source.path.relative_to(ROOT)}"
    return f"Put it there, or mend the folder in {profile.path}"
