from __future__ import annotations

from pathlib import Path

import pytest

from service.engines.profiles import SHIPPED, load_profile, profiles, read_profile
from service.engines.specs import DIRECTIONS, FolderSource, HubSource, Profile
from service.errors import ConfigurationError, NotFound
from service.settings import ROOT, Settings

MINE = """
name = "mine"
title = "A house's own"
quality = "Untested."
strategy = "native"

[translation.ar-en]
folder = "here"
licence = "MIT"

[translation.en-ar]
hub = "some/model"
revision = "0123456789abcdef0123456789abcdef01234567"
files = ["config.json"]
weights = ["model.safetensors"]
licence = "MIT"
language_token = ">>ara<<"
clause_tokens = 48

[[summarizer]]
kind = "seq2seq"
family = "mt5"
languages = ["ar", "en"]
hub = "some/summarizer"
revision = "main"
files = ["config.json"]
weights = ["model.safetensors"]
licence = "CC-BY-NC-SA-4.0"
restriction = "no commercial use"
"""


def write(folder: Path, text: str = MINE, name: str = "mine") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_profiles_are_what_the_documentation_promises() -> None:
    shipped = profiles(Settings())
    assert list(shipped) == ["embedded", "opus"]
    embedded, opus = shipped.values()
    assert embedded.draft and not opus.draft
    assert not embedded.pulled
    assert embedded.strategy == "parallel"
    assert embedded.translation["ar", "en"].source == FolderSource(
        ROOT / "models/translation-ar-en"
    )
    assert opus.strategy == "pivot"
    assert opus.translation["en", "ar"].language_token == ">>ara<<"
    assert [model.source.repo for model in opus.models if isinstance(model.source, HubSource)] == [
        "Helsinki-NLP/opus-mt-ar-en",
        "Helsinki-NLP/opus-mt-en-ar",
        "facebook/bart-large-cnn",
    ]


def test_a_users_profile_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path)
    profile = load_profile("mine", Settings(profiles_dir=tmp_path))
    assert profile.translation["ar", "en"].source == FolderSource(tmp_path / "here")
    assert profile.restrictions == ("no commercial use",)
    assert [profile.translation[d].clause_tokens for d in DIRECTIONS] == [None, 48]
    sources = [model.source for model in profile.models[1:]]
    assert [isinstance(source, HubSource) and source.pinned for source in sources] == [True, False]
    assert profile.summarizers[0].model.role == "summarizer.ar-en"


def test_a_users_profile_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, MINE.replace('"mine"', '"opus"'), "opus")
    assert load_profile("opus", Settings(profiles_dir=tmp_path)).title == "A house's own"


def test_an_unknown_profile_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFound, match=r"'nope'.*embedded, opus"):
        load_profile("nope", Settings())


def test_a_missing_folder_of_profiles_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="KHULASA_PROFILES_DIR"):
        profiles(Settings(profiles_dir=tmp_path / "none"))


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('name = "mine"', 'name = "other"', "name", "the file's name"),
        ('title = "A house\'s own"', "", "title", "missing"),
        ('title = "A house\'s own"', "title = 3", "title", "text"),
        ('"native"', '"magic"', "strategy", "parallel, native, pivot"),
        ('strategy = "native"', 'strategy = "native"\nengin = "ctranslate2"', "engin", "not known"),
        ("[translation.en-ar]", "[translation.en-fr]", "translation.en-ar", "missing"),
        ('folder = "here"\n', "", "translation.ar-en.folder", "either"),
        ('hub = "some/model"', 'hub = "model"', "translation.en-ar.hub", "owner/name"),
        ('files = ["config.json"]', 'files = ["../x"]', "translation.en-ar.files", "leave"),
        ('weights = ["model.safetensors"]', "weights = []", "translation.en-ar.weights", "least"),
        ('licence = "MIT"', "", "translation.ar-en.licence", "missing"),
        ('licence = "MIT"', 'licence = "MIT"\nsize = 1.5', "translation.ar-en.size", "whole"),
        ('family = "mt5"', 'family = "gpt"', "summarizer.0.family", "bart, t5, mt5"),
        ('["ar", "en"]', '["ar", "fa"]', "summarizer.0.languages", "ar, en"),
        ('["ar", "en"]', '["en"]', "summarizer", "one for each"),
        ('"native"', '"parallel"', "strategy", "extractive"),
        ('strategy = "native"', 'draft = "no"\nstrategy = "native"', "draft", "true or false"),
        ("[[summarizer]]", "[summarizer]", "summarizer", "[[summarizer]]"),
    ],
)
def test_a_mistake_is_refused_by_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    assert old in MINE
    path = write(tmp_path, MINE.replace(old, new, 1))
    with pytest.raises(ConfigurationError) as caught:
        read_profile(path)
    assert str(path) in str(caught.value)
    assert caught.value.details["key"] == key
    assert says in str(caught.value)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"name = 'a'\nname = 'b'"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=str(path)):
        read_profile(path)


def hub_models(profile: Profile) -> list[HubSource]:
    return [model.source for model in profile.models if isinstance(model.source, HubSource)]


def test_a_branch_in_a_shipped_profile_is_explained_in_its_file() -> None:
    opus = read_profile(SHIPPED / "opus.toml")
    if not all(source.pinned for source in hub_models(opus)):
        assert "models.lock.json" in opus.path.read_text("utf-8")
