from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service.engines.profiles import profiles
from service.errors import ConfigurationError
from service.settings import Settings
from service.summary.bands import BANDS
from service.summary.prompts import PROMPTS, STEPS, load_prompts, prompts_for, prompts_hash


def edited(tmp_path: Path, old: str, new: str, family: str = "bart") -> Path:
    """A copy of the prompts with one edit."""
    folder = tmp_path / "prompts"
    shutil.copytree(PROMPTS, folder)
    path = folder / f"{family}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_every_seq2seq_summarizer_of_a_shipped_profile_can_be_asked() -> None:
    for profile in profiles(Settings()).values():
        for summarizer in profile.summarizers:
            if summarizer.family is not None:
                prompts = prompts_for(summarizer.family)
                for language in summarizer.languages:
                    assert all(prompts.ask(language, step) for step in STEPS)


def test_each_length_leaves_room_for_its_band() -> None:
    """A word is more than one token in every family, so fewer tokens could not fill the band."""
    for prompts in load_prompts().values():
        for (_, step), ask in prompts.asks.items():
            if step != "part":
                assert ask.passages * (ask.decoding.max_tokens or 0) >= BANDS[step].max_words


def test_mt5_is_asked_in_both_languages_alike() -> None:
    prompts = prompts_for("mt5")
    for step in STEPS:
        assert prompts.ask("ar", step) == prompts.ask("en", step)


def test_a_prompt_holds_the_text_and_the_title() -> None:
    prompt = prompts_for("t5").ask("en", "short").prompt("The {braces} stay.", "ignored")
    assert prompt == "summarize: The {braces} stay."


def test_a_short_text_is_not_made_to_be_spun_out() -> None:
    ask = prompts_for("bart").ask("en", "long")
    assert ask.decoding_of(1000) == ask.decoding
    assert ask.decoding_of(60).min_tokens == 30


def test_a_family_that_is_not_asked_in_a_language_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"bart\.toml has no \[ar\.short\]"):
        prompts_for("bart").ask("ar", "short")


def test_editing_a_prompt_changes_the_hash_and_a_comment_does_not(tmp_path: Path) -> None:
    before = prompts_hash()
    assert prompts_hash(edited(tmp_path / "a", "beams = 4", "beams = 5")) != before
    assert prompts_hash(edited(tmp_path / "b", '"{text}"', '"{title} {text}"')) != before
    assert prompts_hash(edited(tmp_path / "c", "# How", "# In what words")) == before


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('family = "bart"', 'family = "t5"', "family", "the file's name"),
        ('"{text}"', '"no place for it"', "en.short.template", "{text} once"),
        ('"{text}"', '"{text} {text}"', "en.short.template", "{text} once"),
        ('"{text}"', '"{text} {author}"', "en.short.template", "{title}"),
        ('"{text}"', '"{text} {"', "en.short.template", "'{'"),
        ("beams = 4", "beams = 0", "en.short.beams", "from 1 to 16"),
        ("beams = 4", "beams = true", "en.short.beams", "whole number"),
        ("length_penalty = 1.0", 'length_penalty = "1"', "en.short.length_penalty", "a number"),
        ("min_tokens = 20", "min_tokens = 90", "en.short.min_tokens", "more than"),
        ("passages = 1\n", "", "en.short.passages", "missing"),
        ("passages = 1", "passages = 1\ntemperature = 1", "en.short.temperature", "not known"),
        ("[en.long]", "[en.longer]", "en.long", "missing"),
        ("[en.short]", "[fa.short]", "en.short", "missing"),
    ],
)
def test_a_mistake_is_refused_by_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    folder = edited(tmp_path, old, new)
    with pytest.raises(ConfigurationError) as caught:
        load_prompts(folder)
    assert str(folder / "bart.toml") in str(caught.value)
    assert caught.value.details["key"] == key
    assert says in str(caught.value)
