from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.models import models
from service.engines import manifest
from service.engines.profiles import load_profile
from service.engines.store import Store
from service.errors import KhulasaError, ModelDamaged, ModelsMissing, NotFound
from service.settings import ROOT, Settings
from tests.engines.hub_server import Hub


def run(*args: str, settings: Settings) -> Result:
    env = {
        "KHULASA_DATA_DIR": str(settings.data_dir),
        "KHULASA_PROFILES_DIR": str(settings.profiles_dir or ""),
        "KHULASA_PROFILE": settings.profile,
    }
    return CliRunner().invoke(models, args, env=env)


def failure(result: Result) -> KhulasaError:
    assert isinstance(result.exception, KhulasaError), result.output
    return result.exception


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, profiles_dir=ROOT / "docs" / "examples", profile="opus")


def test_list_shows_licences_states_and_what_to_take_note_of(empty: Settings) -> None:
    shown = run("list", settings=empty).stdout
    assert "opus (default): OPUS-MT with BART; strategy pivot" in shown
    assert "take note: mT5-XLSum may not be used commercially" in shown
    row = next(line for line in shown.splitlines() if "bart-large-cnn" in line)
    assert row.split() == [
        "summarizer.en", "missing", "1630", "MB", "MIT", "facebook/bart-large-cnn@37f520fa929c",
    ]  # fmt: skip


def test_list_as_json(empty: Settings) -> None:
    rows = json.loads(run("list", "--json", settings=empty).stdout)
    by_model = {(row["profile"], row["model"]): row for row in rows}
    assert by_model["mt5-xlsum", "summarizer.ar-en"]["licence"] == "CC-BY-NC-SA-4.0"
    assert by_model["opus", "translation.en-ar"]["state"] == "missing"
    assert by_model["embedded", "translation.ar-en"]["source"] == "models/translation-ar-en"


@pytest.mark.torch
def test_list_tells_whole_models_from_damaged_ones(small_house: Settings) -> None:
    profile = load_profile("opus", small_house)
    folder = Store(small_house).require(profile.models[0], profile).folder
    (folder / "model.bin").unlink()
    rows = json.loads(run("list", "--json", settings=small_house).stdout)
    states = [row["state"] for row in rows if row["profile"] == "opus"]
    assert states == ["damaged", "installed", "installed"]


@pytest.mark.torch
@pytest.mark.slow
def test_pull_from_the_hub_that_hf_endpoint_names(small_hub: Hub, empty: Settings) -> None:
    """In a process of its own, since the client reads HF_ENDPOINT when it is imported."""
    env = {
        "PATH": os.environ["PATH"],
        "HF_ENDPOINT": small_hub.url,
        "KHULASA_DATA_DIR": str(empty.data_dir),
    }
    command = [sys.executable, "-c", "from service.cli.models import models; models()"]
    # The progress bar shows itself to a terminal alone, so stderr is one.
    terminal, stderr = pty.openpty()
    termios.tcsetwinsize(stderr, (24, 100))
    with ThreadPoolExecutor() as pool:
        told = pool.submit(_read_to_the_end, terminal)
        done = subprocess.run(
            [*command, "pull", "opus"], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr,
            text=True, check=False,
        )  # fmt: skip
        os.close(stderr)
        shown = told.result()
    assert done.returncode == 0, shown
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[:2] for row in rows] == [
        ["translation.ar-en", "whole"],
        ["translation.en-ar", "whole"],
        ["summarizer.en", "whole"],
    ]
    assert all((Path(row[3]) / "model.bin").is_file() for row in rows)
    assert "Helsinki-NLP/opus-mt-ar-en (translation.ar-en): licence Apache-2.0" in shown
    assert "opus-mt-ar-en/pytorch_model.bin: 100%" in shown
    assert "bart-large-cnn/model.safetensors: 100%" in shown


def _read_to_the_end(terminal: int) -> str:
    read = b""
    try:
        while piece := os.read(terminal, 4096):
            read += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return read.decode()


@pytest.mark.torch
def test_pull_of_what_is_there_says_where(small_house: Settings) -> None:
    result = run("pull", "opus", settings=small_house)
    assert result.exit_code == 0
    assert "already there, whole" in result.stderr
    assert result.stdout.count("whole") == 3


def test_pull_from_a_folder_without_the_models(empty: Settings, tmp_path: Path) -> None:
    error = failure(run("pull", "opus", "--from", str(tmp_path), settings=empty))
    assert isinstance(error, ModelsMissing)
    assert "neither Helsinki-NLP/opus-mt-ar-en, nor opus-mt-ar-en" in str(error)


def test_an_unknown_profile_exits_with_3(empty: Settings) -> None:
    error = failure(run("pull", "nope", settings=empty))
    assert isinstance(error, NotFound)
    assert error.exit_code == 3


def test_verify_names_every_broken_model_and_exits_with_4(empty: Settings) -> None:
    result = run("verify", settings=empty)
    error = failure(result)
    assert error.exit_code == 4
    assert "translation.ar-en" in str(error)
    assert "translation.en-ar" in result.stderr
    assert "summarizer.en" in result.stderr
    assert result.stdout == ""


@pytest.mark.torch
def test_verify_shows_what_is_whole_and_names_the_damaged_file(small_house: Settings) -> None:
    assert run("verify", "opus", "mt5-xlsum", settings=small_house).stdout.count("whole") == 6
    profile = load_profile("opus", small_house)
    folder = Store(small_house).require(profile.models[1], profile).folder
    (folder / "source.spm").write_bytes(b"tampered")
    result = run("verify", "opus", settings=small_house)
    error = failure(result)
    assert isinstance(error, ModelDamaged)
    assert str(folder / "source.spm") in str(error)
    assert "models pull opus" in str(error)
    assert result.stdout.count("whole") == 2


@pytest.mark.torch
def test_convert_makes_a_sealed_model(empty: Settings, tmp_path: Path) -> None:
    from tests.engines import checkpoints

    source, target = checkpoints.t5(tmp_path / "t5"), tmp_path / "converted"
    result = run("convert", str(source), str(target), "--licence", "Apache-2.0", settings=empty)
    assert result.exit_code == 0, result.output
    sealed = manifest.check(target)
    assert sealed.about == {"source": "t5", "licence": "Apache-2.0", "quantization": "int8"}
    assert result.stdout.split() == [str(target), sealed.content]
    again = run("convert", str(source), str(target), "--licence", "MIT", settings=empty)
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_seal_keeps_what_the_manifest_says(empty: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    first = run("seal", str(folder), "--licence", "MIT", settings=empty)
    (folder / "model.bin").write_bytes(b"other weights")
    second = run("seal", str(folder), settings=empty)
    assert first.stdout != second.stdout
    assert manifest.check(folder).about == {"licence": "MIT"}
