"""Pulling through the real huggingface_hub client, from a hub that runs in the test.

The transformers engine is asked for here, which takes a checkpoint as it is; that real checkpoints
are converted on the way is in test_pull_models.py.
"""

from __future__ import annotations

import errno
import json
import shutil
import threading
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.engines import hub as hub_module
from service.engines import manifest
from service.engines.profiles import read_profile
from service.engines.pull import Pull
from service.engines.specs import HubSource, Profile
from service.engines.store import LOCK, Installed, Store
from service.errors import ModelDamaged, ModelsMissing
from service.settings import Settings
from tests.engines.hub_server import Hub, serving

AR_EN = {
    "config.json": b'{"model_type": "marian"}',
    "source.spm": b"pieces" * 50,
    "README.md": b"# not asked for",
    "tf_model.h5": b"not asked for",
    "pytorch_model.bin": bytes(range(256)) * 4000,
}
EN_AR = AR_EN | {"model.safetensors": b"weights" * 1000, "generation_config.json": b"{}"}

PROFILE = """
name = "hubbed"
title = "From a hub"
quality = "Untested."
strategy = "pivot"
engine = "transformers"

[translation.ar-en]
hub = "lab/ar-en"
revision = "main"
files = ["config.json", "source.spm"]
weights = ["model.safetensors", "pytorch_model.bin"]
optional = ["generation_config.json"]
licence = "Apache-2.0"

[translation.en-ar]
hub = "lab/en-ar"
revision = "main"
files = ["config.json", "source.spm"]
weights = ["model.safetensors", "pytorch_model.bin"]
optional = ["generation_config.json"]
licence = "Apache-2.0"

[[summarizer]]
kind = "seq2seq"
family = "bart"
languages = ["en"]
hub = "lab/en-ar"
revision = "main"
files = ["config.json"]
weights = ["model.safetensors"]
licence = "CC-BY-NC-SA-4.0"
restriction = "not for commercial use"
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving() as hub:
        hub.repo("lab/ar-en").commit(AR_EN)
        hub.repo("lab/en-ar").commit(EN_AR)
        # The client writes in pieces of 10 MB; models of a test are smaller.
        monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 100_000)
        yield hub


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    path = tmp_path / "hubbed.toml"
    path.write_text(PROFILE, "utf-8")
    return read_profile(path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Settings(data_dir=tmp_path / "data"))


def pull(
    store: Store,
    profile: Profile,
    hub: Hub,
    *,
    origin: Path | None = None,
    update: bool = False,
    said: list[str] | None = None,
) -> list[Installed]:
    say = (lambda line: None) if said is None else said.append
    return Pull(store, say, origin, hub.url, update).run(profile)


def only_ar_en(profile: Profile) -> Profile:
    spec = profile.translation["ar", "en"]
    return replace(profile, translation={("ar", "en"): spec}, summarizers=())


def installed_folders(store: Store) -> list[str]:
    """What a reader of the models' folder sees, staging aside."""
    if not store.root.is_dir():
        return []
    return sorted(
        f"{repo.name}/{model.name}"
        for repo in store.root.iterdir()
        if repo.is_dir() and not repo.name.startswith(".")
        for model in repo.iterdir()
    )


def test_a_pull_installs_the_files_that_are_asked_for_and_no_other(
    hub: Hub, store: Store, profile: Profile
) -> None:
    ar_en, en_ar, _ = pull(store, profile, hub)
    assert sorted(ar_en.manifest.files) == ["config.json", "pytorch_model.bin", "source.spm"]
    assert sorted(en_ar.manifest.files) == [
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "source.spm",
    ]
    for name in ar_en.manifest.files:
        assert (ar_en.folder / name).read_bytes() == AR_EN[name]
    commit = hub.repo("lab/ar-en").refs["main"]
    assert ar_en.manifest.about == {
        "source": "lab/ar-en", "commit": commit, "licence": "Apache-2.0",
    }  # fmt: skip
    assert not list((store.root / ".staging").glob("lab--*/*"))


def test_licence_and_restriction_are_shown(hub: Hub, store: Store, profile: Profile) -> None:
    said: list[str] = []
    pull(store, profile, hub, said=said)
    assert "lab/en-ar (summarizer.en): licence CC-BY-NC-SA-4.0" in said
    assert "  take note: not for commercial use" in said


def test_a_repository_of_two_roles_is_fetched_once(
    hub: Hub, store: Store, profile: Profile
) -> None:
    _, translation, summarizer = pull(store, profile, hub)
    assert translation.folder == summarizer.folder
    assert len(hub.sent("model.safetensors")) == 1


def test_a_branch_is_locked_to_its_commit_until_an_update(
    hub: Hub, store: Store, profile: Profile
) -> None:
    profile = only_ar_en(profile)
    first = hub.repo("lab/ar-en").refs["main"]
    pull(store, profile, hub)
    assert json.loads((store.root / LOCK).read_text()) == {"lab/ar-en@main": first}
    second = hub.repo("lab/ar-en").commit(AR_EN | {"source.spm": b"other"})

    shutil.rmtree(store.root / "lab--ar-en")
    (again,) = pull(store, profile, hub)
    assert again.manifest.about["commit"] == first

    (updated,) = pull(store, profile, hub, update=True)
    assert updated.manifest.about["commit"] == second
    assert store.lock() == {"lab/ar-en@main": second}


def test_a_second_pull_asks_the_hub_for_nothing(hub: Hub, store: Store, profile: Profile) -> None:
    pull(store, profile, hub)
    hub.requests.clear()
    said: list[str] = []
    pull(store, profile, hub, said=said)
    assert hub.requests == []
    assert sum("already there, whole" in line for line in said) == 3


def test_a_line_that_drops_is_picked_up_where_it_dropped(
    hub: Hub, store: Store, profile: Profile
) -> None:
    hub.cut_after, hub.cuts_left = 300_000, 1
    (model,) = pull(store, only_ar_en(profile), hub)
    assert (model.folder / "pytorch_model.bin").read_bytes() == AR_EN["pytorch_model.bin"]
    assert [h.get("Range") for h in hub.sent("pytorch_model.bin")][-1] == "bytes=300000-"


@pytest.mark.parametrize("ignores_range", [False, True])
def test_an_interrupted_pull_is_carried_on_by_the_next(
    hub: Hub,
    store: Store,
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
    ignores_range: bool,
) -> None:
    profile = only_ar_en(profile)
    hub.cut_after, hub.cuts_left = 300_000, 1
    with monkeypatch.context() as patch:
        # Ctrl-C while the client waits to try again.
        patch.setattr("huggingface_hub.file_download.time.sleep", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            pull(store, profile, hub)
    assert installed_folders(store) == []
    (part,) = (store.root / ".staging").rglob("*.part")
    assert part.stat().st_size == 300_000

    hub.ignores_range = ignores_range
    (model,) = pull(store, profile, hub)
    assert hub.sent("pytorch_model.bin")[-1].get("Range") == "bytes=300000-"
    assert (model.folder / "pytorch_model.bin").read_bytes() == AR_EN["pytorch_model.bin"]


def _interrupt(seconds: float) -> None:
    raise KeyboardInterrupt


def test_what_is_not_what_the_hub_lists_is_thrown_away(
    hub: Hub, store: Store, profile: Profile
) -> None:
    hub.rubbish = True
    with pytest.raises(ModelsMissing, match=r"lab/ar-en could not be fetched: .*hash differs"):
        pull(store, only_ar_en(profile), hub)
    assert installed_folders(store) == []
    assert not list((store.root / ".staging").rglob("*.part"))


def test_a_full_disk_leaves_nothing_half_installed(
    hub: Hub, store: Store, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path, **options: object) -> None:
        target.mkdir()
        (target / "config.json").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("service.engines.pull.shutil.copytree", full)
        with pytest.raises(ModelsMissing, match="No space left on device"):
            pull(store, only_ar_en(profile), hub)
    assert installed_folders(store) == []
    assert store.lock() == {}
    pull(store, only_ar_en(profile), hub)
    assert len(installed_folders(store)) == 1


def test_too_little_room_is_said_before_the_first_byte(
    hub: Hub, store: Store, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(
        hub_module.shutil, "disk_usage", lambda path: usage(10**6, 10**6 - 1000, 1000)
    )
    with pytest.raises(ModelsMissing, match=r"lab/ar-en needs .* GB of disk"):
        pull(store, only_ar_en(profile), hub)
    assert hub.sent("pytorch_model.bin") == []


def test_a_gated_repository_asks_for_consent_and_a_token(
    hub: Hub, store: Store, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repo("lab/ar-en").gated = True
    monkeypatch.setenv("HF_TOKEN", "hf_of_somebody_else")
    for _ in range(2):
        with pytest.raises(ModelsMissing, match=r"consent first.*HF_TOKEN"):
            pull(store, only_ar_en(profile), hub)
        monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_TOKEN", hub.token)
    pull(store, only_ar_en(profile), hub)
    assert all("authorization" not in map(str.lower, h) for h in hub.sent("pytorch_model.bin"))
    assert any("authorization" in map(str.lower, h) for h in hub.sent("config.json"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('hub = "lab/ar-en"', 'hub = "lab/none"'), "no such repository"),
        (('revision = "main"', 'revision = "v9"'), "no such revision"),
        (('"config.json", "source.spm"', '"config.json", "vocab.json"'), "has no vocab.json"),
        (
            ('["model.safetensors", "pytorch_model.bin"]', '["flax_model.msgpack"]'),
            "has no flax_model.msgpack",
        ),
    ],
)
def test_what_the_hub_does_not_have_is_named(
    hub: Hub, store: Store, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    path = tmp_path / "hubbed.toml"
    path.write_text(PROFILE.replace(*change, 1), "utf-8")
    with pytest.raises(ModelsMissing, match=says):
        pull(store, read_profile(path), hub)
    assert installed_folders(store) == []


def test_a_hub_out_of_reach_is_said(hub: Hub, store: Store, profile: Profile) -> None:
    with pytest.raises(ModelsMissing, match=r"the line to the hub failed.*HF_ENDPOINT.*--from"):
        Pull(store, print, endpoint="http://127.0.0.1:9").run(profile)


def test_a_damaged_model_is_named_and_the_next_pull_mends_it(
    hub: Hub, store: Store, profile: Profile
) -> None:
    profile = only_ar_en(profile)
    (model,) = pull(store, profile, hub)
    weights = model.folder / "pytorch_model.bin"
    weights.write_bytes(AR_EN["pytorch_model.bin"][:-1] + b"!")
    with pytest.raises(ModelDamaged) as caught:
        store.require(model.spec, profile)
    assert str(weights) in str(caught.value)
    assert "python -m service models pull hubbed" in str(caught.value)
    pull(store, profile, hub)
    assert store.require(model.spec, profile).manifest == model.manifest


def test_two_pulls_at_once_fetch_once(hub: Hub, store: Store, profile: Profile) -> None:
    profile = only_ar_en(profile)
    found: list[Installed] = []
    threads = [
        threading.Thread(target=lambda: found.extend(pull(store, profile, hub))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({model.folder for model in found}) == 1
    assert len(found) == 4
    assert len(hub.sent("pytorch_model.bin")) == 1


def test_pulls_of_different_models_at_once_lock_both(
    hub: Hub, store: Store, profile: Profile
) -> None:
    sources = [spec.source for spec in profile.translation.values()]
    threads = [
        threading.Thread(target=store.record, args=(replace(source, revision=str(i)), "c"))
        for source in sources
        for i in range(8)
        if isinstance(source, HubSource)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.lock()) == 16


def test_what_an_older_pull_left_behind_is_cleared_away_and_no_neighbours(
    hub: Hub, store: Store, profile: Profile
) -> None:
    staging = store.root / ".staging"
    for folder in ("lab--ar-en/0123", "lab--ar-en/tmpkilled", "lab--ar-en-big/0123"):
        (staging / folder).mkdir(parents=True)
    pull(store, only_ar_en(profile), hub)
    assert [str(p.relative_to(staging)) for p in sorted(staging.glob("*/*"))] == [
        "lab--ar-en-big/0123"
    ]


@pytest.mark.parametrize("layout", ["lab/ar-en", "ar-en"])
def test_a_local_folder_takes_the_place_of_the_hub(
    hub: Hub, store: Store, profile: Profile, tmp_path: Path, layout: str
) -> None:
    profile = only_ar_en(profile)
    folder = tmp_path / "disk" / layout
    folder.mkdir(parents=True)
    for name, content in AR_EN.items():
        (folder / name).write_bytes(content)
    (model,) = pull(store, profile, hub, origin=tmp_path / "disk")
    assert hub.requests == []
    assert model.manifest.about["commit"].startswith("local-")
    assert store.require(model.spec, profile).folder == model.folder
    (folder / "source.spm").unlink()
    with pytest.raises(ModelsMissing, match=r"has no source\.spm"):
        pull(store, profile, hub, origin=tmp_path / "disk", update=True)


def test_a_hub_cache_takes_the_place_of_the_hub_with_its_commit(
    hub: Hub, store: Store, profile: Profile, tmp_path: Path
) -> None:
    from huggingface_hub import snapshot_download

    cache = tmp_path / "cache"
    snapshot_download("lab/ar-en", cache_dir=cache, endpoint=hub.url)
    hub.requests.clear()
    (model,) = pull(store, only_ar_en(profile), hub, origin=cache)
    assert hub.requests == []
    assert model.manifest.about["commit"] == hub.repo("lab/ar-en").refs["main"]


def test_a_local_folder_without_the_model_is_named(
    hub: Hub, store: Store, profile: Profile, tmp_path: Path
) -> None:
    with pytest.raises(ModelsMissing, match="neither lab/ar-en, nor ar-en"):
        pull(store, profile, hub, origin=tmp_path)


def test_conversion_tools_are_asked_for_before_anything_is_fetched(
    hub: Hub, store: Store, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.engines.pull.find_spec", lambda name: None)
    converted = replace(profile, engine="ctranslate2")
    with pytest.raises(ModelsMissing, match=r"pip install -r requirements-models\.txt"):
        pull(store, converted, hub)
    assert hub.requests == []
    pull(store, profile, hub)


def test_the_whole_store_can_be_verified(hub: Hub, store: Store, profile: Profile) -> None:
    assert [type(result) for result in store.verify(profile)] == [ModelsMissing] * 3
    ar_en, en_ar, _ = pull(store, profile, hub)
    (en_ar.folder / "source.spm").unlink()
    first, second, _ = store.verify(profile)
    assert first == ar_en
    assert isinstance(second, ModelDamaged)
    assert "source.spm" in str(second)
    assert manifest.read(en_ar.folder) == en_ar.manifest
