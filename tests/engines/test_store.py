from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.engines import manifest
from service.engines.profiles import load_profile
from service.engines.specs import Profile
from service.engines.store import LOCK, Store, quantization
from service.errors import ModelDamaged, ModelsMissing
from service.settings import ROOT, Settings

LOCAL = """
name = "local"
title = "On this machine"
quality = "Untested."
strategy = "parallel"

[translation.ar-en]
folder = "ar-en"
licence = "MIT"

[translation.en-ar]
folder = "en-ar"
licence = "MIT"

[[summarizer]]
kind = "extractive"
languages = ["ar", "en"]
folder = "selector"
licence = "MIT"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "local.toml").write_text(LOCAL, "utf-8")
    return Settings(profiles_dir=tmp_path / "profiles", data_dir=tmp_path / "data")


@pytest.fixture
def local(settings: Settings) -> Profile:
    profile = load_profile("local", settings)
    for name in ("ar-en", "en-ar", "selector"):
        folder = profile.path.parent / name
        folder.mkdir()
        (folder / "model.bin").write_text(name, "utf-8")
        manifest.seal(folder, {"licence": "MIT"})
    return profile


def test_a_whole_profile_is_found_where_it_says(settings: Settings, local: Profile) -> None:
    store = Store(settings)
    found = [store.require(spec, local) for spec in local.models]
    assert [model.folder.name for model in found] == ["ar-en", "en-ar", "selector"]
    assert len({model.manifest.content for model in found}) == 3
    assert store.verify(local) == found


def test_a_missing_folder_of_a_house_names_the_profile_to_mend(
    settings: Settings, local: Profile
) -> None:
    folder = local.path.parent / "en-ar"
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(ModelsMissing) as caught:
        Store(settings).require(local.translation["en", "ar"], local)
    for fact in ("local", "translation.en-ar", str(folder), str(local.path)):
        assert fact in str(caught.value)
    assert caught.value.exit_code == 4


def test_damage_is_named_with_the_profile(settings: Settings, local: Profile) -> None:
    weights = local.path.parent / "ar-en" / "model.bin"
    weights.write_text("tampered", "utf-8")
    with pytest.raises(ModelDamaged) as caught:
        Store(settings).require(local.translation["ar", "en"], local)
    assert caught.value.details == {
        "file": str(weights), "profile": "local", "model": "translation.ar-en",
    }  # fmt: skip


def test_a_missing_model_of_the_repository_is_restored_from_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded = load_profile("embedded", Settings())
    monkeypatch.setattr(Path, "is_dir", lambda self: False)
    with pytest.raises(ModelsMissing, match=r"git checkout -- models/translation-ar-en"):
        Store(settings).require(embedded.translation["ar", "en"], embedded)


def test_a_model_that_was_never_pulled_names_the_command(settings: Settings) -> None:
    opus = load_profile("opus", Settings())
    for spec in opus.models:
        with pytest.raises(ModelsMissing, match=r"python -m service models pull opus"):
            Store(settings).require(spec, opus)


def test_a_pulled_model_lies_by_commit_and_form(settings: Settings) -> None:
    opus = load_profile("opus", Settings())
    store = Store(settings)
    bart = opus.summarizers[0].model
    folder = store.folder(bart, opus)
    assert folder is not None
    assert re.fullmatch(r"[0-9a-f]{12}-int8", folder.name)
    assert folder.parent == settings.data_dir / "models" / "facebook--bart-large-cnn"
    assert store.folder(opus.translation["ar", "en"], opus) is None


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_a_lock_that_cannot_be_read_is_named(settings: Settings, content: str) -> None:
    opus = load_profile("opus", Settings())
    store = Store(settings)
    store.root.mkdir(parents=True)
    (store.root / LOCK).write_text(content, "utf-8")
    with pytest.raises(ModelDamaged, match=re.escape(LOCK)):
        store.require(opus.models[0], opus)


@pytest.mark.parametrize(
    ("engine", "compute_type", "stored"),
    [
        ("ctranslate2", "auto", "int8"),
        ("ctranslate2", "int8_float16", "int8"),
        ("ctranslate2", "float16", "float16"),
        ("ctranslate2", "float32", "float32"),
        ("transformers", "auto", None),
    ],
)
def test_the_form_that_models_are_stored_in(
    tmp_path: Path, engine: str, compute_type: str, stored: str | None
) -> None:
    text = LOCAL.replace('"parallel"', f'"parallel"\nengine = "{engine}"')
    text = text.replace("engine =", f'compute_type = "{compute_type}"\nengine =')
    (tmp_path / "local.toml").write_text(text, "utf-8")
    profile = load_profile("local", Settings(profiles_dir=tmp_path))
    assert quantization(profile) == stored


def test_the_repositorys_models_lie_in_the_repository() -> None:
    embedded = load_profile("embedded", Settings())
    folders = [Store(Settings()).folder(spec, embedded) for spec in embedded.models]
    assert all(folder is not None and folder.is_relative_to(ROOT) for folder in folders)
