"""Install a profile's hub models: fetch, convert once, seal, and put in place in one rename.

Whatever ends a pull early (a cut line, a full disk, Ctrl-C, two pulls at once) leaves either the
whole model or none; what was fetched stays in data_dir/models/.staging and is carried on.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from service.engines import hub, manifest
from service.engines.convert import Quantization, convert
from service.engines.specs import HubSource, ModelSpec, Profile, is_commit
from service.engines.store import Installed, Store, quantization
from service.errors import ModelDamaged, ModelsMissing

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pull:
    """How a pull is done.

    Attributes:
        store: where to.
        say: told each step, a sentence at a time.
        origin: a folder to take the files from in place of the hub.
        endpoint: another hub; None leaves it to huggingface_hub (HF_ENDPOINT).
        update: resolve branches anew rather than use the commit of the last pull.
    """

    store: Store
    say: Say
    origin: Path | None = None
    endpoint: str | None = None
    update: bool = False

    def run(self, profile: Profile) -> list[Installed]:
        """Install what is not there yet, whole; models of folders are only checked.

        Raises:
            ModelsMissing: something could not be fetched or converted; running the same command
                again carries on.
            ModelDamaged: a model that does not come from a hub is damaged.
        """
        if quantization(profile) is not None and profile.pulled:
            _check_tools()
        return [self._install(spec, profile) for spec in profile.models]

    def _install(self, spec: ModelSpec, profile: Profile) -> Installed:
        from filelock import FileLock

        source = spec.source
        if not isinstance(source, HubSource):
            return self.store.require(spec, profile, quick=False)
        self.say(f"{source.repo} ({spec.role}): licence {spec.licence}")
        if spec.restriction:
            self.say(f"  take note: {spec.restriction}")
        staging = self._staging(source)
        staging.mkdir(parents=True, exist_ok=True)
        # Two profiles may share a model, and two people a machine: one works, the other waits.
        with FileLock(staging.with_name(f"{staging.name}.lock")):
            return self._install_locked(spec, source, profile)

    def _install_locked(self, spec: ModelSpec, source: HubSource, profile: Profile) -> Installed:
        if not self.update and (found := self._whole(spec, profile)):
            return found
        commit, bring = self._locate(source)
        place = self.store.place(source, commit, profile)
        if not _is_whole(place):
            checkpoint = self._staging(source) / commit
            for stale in checkpoint.parent.iterdir():
                if stale != checkpoint:
                    shutil.rmtree(stale, ignore_errors=True)
            self.say(f"  fetching commit {commit}")
            bring(checkpoint)
            form = quantization(profile)
            self._build(checkpoint, place, form, _about(spec, source, commit, form))
            shutil.rmtree(checkpoint, ignore_errors=True)
        self.store.record(source, commit)
        self.say(f"  installed: {place}")
        return self.store.require(spec, profile)

    def _whole(self, spec: ModelSpec, profile: Profile) -> Installed | None:
        try:
            found = self.store.require(spec, profile, quick=False)
        except ModelsMissing:
            return None
        except ModelDamaged as error:
            self.say(f"  damaged, so fetched anew: {error.details.get('file')}")
            return None
        self.say(f"  already there, whole: {found.folder}")
        return found

    def _locate(self, source: HubSource) -> tuple[str, Callable[[Path], None]]:
        """The commit that is to be installed, and what brings its files into a folder."""
        if self.origin is not None:
            folder = hub.local_folder(source, self.origin)
            self.say(f"  taken from {folder}")
            return hub.local_commit(source, folder), lambda into: hub.copy(source, folder, into)
        locked = None if self.update else self.store.commit(source)
        revision = locked if locked and is_commit(locked) else source.revision
        remote = hub.resolve(source, revision, self.endpoint)
        return remote.commit, lambda into: hub.download(remote, into, self.endpoint)

    def _build(
        self, checkpoint: Path, place: Path, form: Quantization | None, about: dict[str, str]
    ) -> None:
        with tempfile.TemporaryDirectory(dir=checkpoint.parent) as temp:
            built = Path(temp, "built")
            try:
                if form is not None:
                    self.say(f"  converting to CTranslate2 {form}")
                    convert(checkpoint, built, form)
                else:
                    shutil.copytree(checkpoint, built, copy_function=_link)
                manifest.seal(built, about)
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.exists():
                    place.rename(Path(temp, "damaged"))
                built.rename(place)
            except OSError as error:
                raise ModelsMissing(f"{place} could not be written: {error}") from error

    def _staging(self, source: HubSource) -> Path:
        return self.store.root / ".staging" / source.repo.replace("/", "--")


def _check_tools() -> None:
    """Refuse before the first byte is fetched where the conversion could not run."""
    missing = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if missing:
        raise ModelsMissing(
            f"converting a model needs {' and '.join(missing)}. "
            "Run: pip install -r requirements-models.txt"
        )


def _link(source: str, target: str) -> None:
    """A second name for a file, which takes no room; a copy where the disk knows no such thing."""
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _is_whole(folder: Path) -> bool:
    try:
        manifest.check(folder)
    except ModelDamaged:
        return False
    return True


def _about(
    spec: ModelSpec, source: HubSource, commit: str, form: Quantization | None
) -> dict[str, str]:
    about = {"source": source.repo, "commit": commit, "licence": spec.licence}
    if spec.restriction:
        about["restriction"] = spec.restriction
    if form is not None:
        tools = ", ".join(f"{name} {version(name)}" for name in ("ctranslate2", "transformers"))
        about |= {"quantization": form, "made_by": tools}
    return about
