"""Whatever a profile or a prompt may say is told in the documentation."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from service.engines.profiles import SHIPPED, profiles, read_profile
from service.errors import ConfigurationError
from service.settings import ROOT, Settings
from service.summary.prompts import PROMPTS, load_prompts

GUIDE = (ROOT / "docs" / "profiles.md").read_text("utf-8")
EXAMPLES = ROOT / "docs" / "examples"
TABLES = ('engine = "ctranslate2"', "[translation.ar-en]", "[[summarizer]]")


def known_keys(path: Path, table: str, read: object) -> set[str]:
    """The keys that are read in a table, as the refusal of an unknown one lists them."""
    text = path.read_text("utf-8")
    written = text.replace(table, f"{table}\nnonsense = 1\n", 1)
    assert written != text
    path.write_text(written, "utf-8")
    with pytest.raises(ConfigurationError, match="nonsense") as caught:
        read(path)  # type: ignore[operator]
    return set(str(caught.value).partition("known are: ")[2].split(", "))


@pytest.mark.parametrize(
    "table", ['engine = "ctranslate2"', "[translation.ar-en]", "[[summarizer]]"]
)
@pytest.mark.parametrize("name", ["embedded", "opus"])
def test_every_key_of_a_profile_is_documented(tmp_path: Path, table: str, name: str) -> None:
    path = tmp_path / f"{name}.toml"
    shutil.copyfile(SHIPPED / path.name, path)
    keys = known_keys(path, table, read_profile)
    assert keys
    assert {key for key in keys if not re.search(rf"`\[*{re.escape(key)}\b", GUIDE)} == set()


def test_every_key_of_a_prompt_is_documented(tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(PROMPTS, folder)
    head = (folder / "bart.toml").read_text("utf-8").partition("family =")[0]
    keys = known_keys(folder / "bart.toml", "[en.short]", lambda path: load_prompts(path.parent))
    assert {key for key in keys if not re.search(rf"\b{key}\b", head)} == set()


def test_every_profile_that_is_offered_is_told_with_its_licences() -> None:
    for profile in profiles(Settings(profiles_dir=EXAMPLES)).values():
        assert profile.name in GUIDE
        assert all(model.licence in GUIDE for model in profile.models)
        assert not profile.restrictions or "forbids commercial use" in GUIDE


def test_every_command_is_told() -> None:
    from service.cli.models import models

    assert {f"models {name}" for name in models.commands} <= set(re.findall(r"models \w+", GUIDE))
