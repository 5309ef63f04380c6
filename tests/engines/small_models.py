"""Fixtures: a hub that serves small checkpoints under the names of the published ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from service.engines.profiles import profiles
from service.engines.pull import Pull
from service.engines.specs import HubSource
from service.engines.store import Store
from service.settings import ROOT, Settings
from tests.engines.hub_server import Hub, serving

EXAMPLES = ROOT / "docs" / "examples"


def _files(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """Random weights, but every file and class of the published models, by repository."""
    torch = pytest.importorskip("torch", reason="needs requirements-models.txt")
    torch.set_num_threads(1)  # models this small only wait for one another
    from tests.engines import checkpoints

    folder = tmp_path_factory.mktemp("checkpoints")
    return {
        "Helsinki-NLP/opus-mt-ar-en": _files(checkpoints.marian(folder / "ar-en", weights="bin")),
        "Helsinki-NLP/opus-mt-en-ar": _files(
            checkpoints.marian(folder / "en-ar", target_tokens=[">>ara<<"], seed=1)
        ),
        "facebook/bart-large-cnn": _files(checkpoints.bart(folder / "bart")),
        "csebuetnlp/mT5_multilingual_XLSum": _files(checkpoints.mt5(folder / "mt5")),
    }


@pytest.fixture(scope="session")
def small_hub(small_models: Mapping[str, Mapping[str, bytes]]) -> Iterator[Hub]:
    """A hub with them, at the revisions that the profiles ask for."""
    with serving() as hub:
        for profile in profiles(Settings(profiles_dir=EXAMPLES)).values():
            for spec in profile.models:
                if isinstance(spec.source, HubSource):
                    repo, files = hub.repo(spec.source.repo), small_models[spec.source.repo]
                    commit = repo.commit(files)
                    if spec.source.pinned:
                        repo.commits[spec.source.revision] = repo.commits[commit]
        yield hub


@pytest.fixture(scope="session")
def _pulled(small_hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(profiles_dir=EXAMPLES, data_dir=tmp_path_factory.mktemp("data"))
    pull = Pull(Store(settings), lambda line: None, endpoint=small_hub.url)
    for profile in profiles(settings).values():
        if profile.pulled:
            pull.run(profile)
    return settings.data_dir


@pytest.fixture
def small_house(_pulled: Path, tmp_path: Path) -> Settings:
    """A house of its own, with every hub profile pulled and converted."""
    data = tmp_path / "data"
    shutil.copytree(_pulled, data)
    # One thread: these models are too small to share out, and tests run side by side.
    return Settings(profiles_dir=EXAMPLES, data_dir=data, intra_threads=1)
