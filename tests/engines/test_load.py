"""The shipped profiles as they are, pulled from a hub that serves small models of their classes."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain import LANGUAGES, Language
from service.engines import manifest, runtime
from service.engines.lazy import Once
from service.engines.load import Engines, load
from service.engines.opening import OpeningSelector
from service.engines.profiles import load_profile
from service.engines.pull import Pull
from service.engines.store import Store
from service.errors import ConfigurationError, ModelDamaged, ModelsMissing
from service.pipeline.run import Run
from service.settings import Settings
from service.summary.bands import BANDS, count
from tests.engines import checkpoints
from tests.engines.hub_server import Hub

pytestmark = pytest.mark.torch

TEXTS: dict[Language, tuple[str, ...]] = {"ar": checkpoints.ARABIC, "en": checkpoints.ENGLISH}


def engines(small_house: Settings, name: str = "opus") -> Engines:
    return load(load_profile(name, small_house), small_house)


def test_opus_translates_both_ways_and_summarizes_english(small_house: Settings) -> None:
    opus = engines(small_house)
    for source, target in (("ar", "en"), ("en", "ar")):
        translator = opus.translator(source, target)
        texts = TEXTS[source]
        written = translator.translate(texts, source, target)
        assert len(written) == len(texts)
        assert all(0 < one.score <= 1 and one.tokens for one in written)
        assert len({one.text for one in written}) > 1
    assert list(opus.summarizers) == ["en"]


def test_the_language_token_of_the_profile_reaches_the_model(small_house: Settings) -> None:
    translator = engines(small_house).translator("en", "ar")
    other = engines(small_house).translator("ar", "en")
    text = TEXTS["en"][0]
    # Both checkpoints cut English alike, and only one has a token to put before it.
    assert translator.count_tokens(text, "en") == other.count_tokens(text, "en") + 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("opus", "en"), ("mt5-xlsum", "ar")])
def test_ten_thousand_words_are_summarized_within_the_bands(
    small_house: Settings, name: str, language: Language
) -> None:
    article = [f"{i} {sentence}" for i in range(140) for sentence in TEXTS[language]]
    assert sum(map(count, article)) > 9_000
    summarizer = engines(small_house, name).summarizers[language]
    found = summarizer.summarize(article, language, ["short", "long"], None, Run())
    assert summarizer.method == "seq2seq"
    for length, written in found.items():
        band = BANDS[length]
        assert 1 <= len(written) <= band.max_sentences
        # Random weights may write one long "sentence" alone; two of them have to fit.
        assert len(written) == 1 or sum(count(s.text) for s in written) <= band.max_words


def test_the_same_text_gives_the_same_bytes_again(small_house: Settings) -> None:
    runs = []
    for _ in range(2):
        opus = engines(small_house)
        written = opus.translator("ar", "en").translate(TEXTS["ar"], "ar", "en")
        summary = opus.summarizers["en"].summarize(TEXTS["en"], "en", ["short"], None, Run())
        runs.append((written, summary))
    assert runs[0] == runs[1]


def test_the_signature_names_each_model_by_content_engine_and_computation(
    small_house: Settings,
) -> None:
    opus = engines(small_house)
    parts = opus.signature_parts()
    assert [part.partition(":")[0] for part in parts] == [
        "ar-en",
        "en-ar",
        "summarizer.en",
        "vectors",
    ]
    contents = [
        Store(small_house).require(spec, opus.profile).manifest.content
        for spec in opus.profile.models
    ]
    for part, content in zip(parts, contents, strict=False):
        assert part.split(":")[1].split(",")[0] == content
        assert ",ctranslate2-" in part
    float32 = replace(opus, models=tuple(replace(m, compute_type="float32") for m in opus.models))
    assert float32.signature_parts()[0] != parts[0]


def test_what_info_says_of_a_model(small_house: Settings) -> None:
    facts = [model.to_json() for model in engines(small_house, "mt5-xlsum").models]
    assert facts[2]["source"] == "csebuetnlp/mT5_multilingual_XLSum"
    assert facts[2]["licence"] == "CC-BY-NC-SA-4.0"
    assert "commercial" in facts[2]["restriction"]


def test_a_damaged_model_is_refused_at_the_door(small_house: Settings) -> None:
    profile = load_profile("opus", small_house)
    folder = Store(small_house).require(profile.models[0], profile).folder
    weights = folder / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    with pytest.raises(ModelDamaged, match=r"model\.bin"):
        load(profile, small_house)


def test_a_missing_model_is_refused_at_the_door(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(ModelsMissing, match="python -m service models pull opus"):
        load(load_profile("opus", settings), settings)


def test_prompts_that_do_not_speak_the_language_are_refused_at_the_door(
    small_house: Settings, tmp_path: Path
) -> None:
    opus = load_profile("opus", small_house)
    spec = replace(opus.summarizers[0], languages=("ar",))
    with pytest.raises(ConfigurationError, match=r"bart\.toml has no \[ar\.short\]"):
        load(replace(opus, summarizers=(spec,)), small_house)


def test_a_model_is_built_once_when_it_is_first_needed(
    small_house: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    real = runtime.Ct2Model

    def counting(folder: Path, **options: object) -> object:
        built.append(folder)
        return real(folder, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(runtime, "Ct2Model", counting)
    opus = engines(small_house)
    assert built == []
    threads = [threading.Thread(target=opus.translator, args=("ar", "en")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    opus.warm_up()
    assert len(built) == len(set(built)) == 3


def test_what_failed_to_be_made_is_tried_again() -> None:
    attempts = iter([OSError("busy"), None])

    def make() -> str:
        error = next(attempts)
        if error is not None:
            raise error
        return "made"

    once = Once(make)
    with pytest.raises(OSError, match="busy"):
        once()
    assert [once(), once()] == ["made", "made"]


def test_the_transformers_engine_runs_the_same_profile(
    small_house: Settings, small_hub: object
) -> None:

    assert isinstance(small_hub, Hub)
    profile = replace(load_profile("opus", small_house), engine="transformers")
    Pull(Store(small_house), lambda line: None, endpoint=small_hub.url).run(profile)
    reference = load(profile, small_house)
    for source, target in (("ar", "en"), ("en", "ar")):
        (written,) = reference.translator(source, target).translate(
            TEXTS[source][:1], source, target
        )
        assert written.tokens
    assert ",transformers-" in reference.signature_parts()[0]


def test_every_profile_has_the_same_vectors(small_house: Settings) -> None:
    first, second = (engines(small_house, name) for name in ("opus", "mt5-xlsum"))
    assert first.signature_parts()[-1] == second.signature_parts()[-1]


def test_a_profile_without_a_selector_picks_the_opening(small_house: Settings) -> None:
    assert isinstance(engines(small_house).selector, OpeningSelector)


def test_translators_are_there_for_every_direction(small_house: Settings) -> None:
    opus = engines(small_house)
    assert set(opus.translators) == {(a, b) for a in LANGUAGES for b in LANGUAGES if a != b}


PICKING = """
name = "picking"
title = "Of this machine"
quality = "Untested."
strategy = "parallel"

[translation.ar-en]
folder = "{ar_en}"
licence = "Apache-2.0"

[translation.en-ar]
folder = "{en_ar}"
licence = "Apache-2.0"
language_token = ">>ara<<"

[[summarizer]]
kind = "extractive"
languages = ["ar", "en"]
folder = "selector"
licence = "Apache-2.0"
"""


def test_a_profile_that_picks_has_its_selector_for_both_languages(
    small_house: Settings, tmp_path: Path
) -> None:
    from training.selector.export import publish
    from training.selector.model import PointerNetwork

    opus = load_profile("opus", small_house)
    ar_en, en_ar, _ = (Store(small_house).require(spec, opus).folder for spec in opus.models)
    (tmp_path / "picking.toml").write_text(PICKING.format(ar_en=ar_en, en_ar=en_ar), "utf-8")
    publish([PointerNetwork(16, 8, 0.0)], tmp_path / "selector")
    manifest.seal(tmp_path / "selector", {"licence": "Apache-2.0"})

    picking = engines(replace(small_house, profiles_dir=tmp_path), "picking")
    for language in LANGUAGES:
        text = list(TEXTS[language]) * 2
        picks = picking.selector.select(text, language, "short")
        assert picks
        summarizer = picking.summarizers[language]
        assert summarizer.method == "extractive"
        (sentence, *_) = summarizer.summarize(text, language, ["short"], None, Run())["short"]
        assert sentence.evidence[0].score == 1.0
    part = picking.signature_parts()[2]
    assert re.fullmatch(r"summarizer\.ar-en:[0-9a-f]{12},extractive-\d+,float32", part)
