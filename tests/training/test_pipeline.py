"""The pipeline from corpus to CTranslate2 on a tiny model: trains, resumes, exports, agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service.engines import manifest
from training.registry import Options, UnknownKindError, commands
from training.translation import config as settings
from training.translation import export, prepare, trainer, validate
from training.translation.engine import Decoding, Engine

torch = pytest.importorskip("torch", reason="requirements-models.txt is not installed")
pytestmark = pytest.mark.torch
torch.set_num_threads(1)  # matrices this small only wait for each other's threads


@pytest.fixture
def prepared(config_path: Path, corpus_root: Path, e5_path: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "runs" / "tiny"
    prepare.run(settings.load(config_path), corpus_root, folder)
    return folder


def _train(config_path: Path, folder: Path, minutes: float | None = None) -> Any:
    run = trainer.start(settings.load(config_path), folder, "cpu")
    trainer.train(run, minutes)
    return run


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(config_path: Path, prepared: Path) -> None:
    whole = _train(config_path, prepared)
    (prepared / "checkpoint.pt").unlink()
    for steps in (1, 2):
        run = _train(config_path, prepared, minutes=1e-9)
        assert run.progress.steps == steps
    run = _train(config_path, prepared)
    assert run.progress.steps == whole.progress.steps
    for (name, one), two in zip(
        whole.model.state_dict().items(), run.model.state_dict().values(), strict=True
    ):
        assert torch.equal(one, two), name
    for name, value in whole.average.values.items():
        assert torch.equal(value, run.average.values[name]), name


def test_training_learns(config_path: Path, prepared: Path) -> None:
    run = trainer.start(settings.load(config_path), prepared, "cpu")
    run.check()
    first = run.progress.history[0]
    trainer.train(run)
    (last,) = run.progress.history  # that of the end: each phase is judged by its own looks
    assert last["loss"] < first["loss"]
    assert validate.mean_loss(run.model, run.dataset, run.targets, "cpu") < 2.6  # 3.1: blind


def test_exports_agree_with_transformers_and_across_threads(
    config_path: Path, prepared: Path, recwarn: pytest.WarningsRecorder
) -> None:
    from transformers import MarianMTModel, MarianTokenizer

    _train(config_path, prepared)
    greedy = Decoding(beam=1, max_length=24)
    paths = export.export(settings.load(config_path), prepared, greedy)
    texts = ["كتب كاتب 12", "سمع مدير 11", "فهم عالم ١٣"]
    model = MarianMTModel.from_pretrained(paths["transformers"])
    tokenizer = MarianTokenizer.from_pretrained(paths["transformers"])
    output = model.generate(**tokenizer(texts, return_tensors="pt", padding=True))
    expected = tokenizer.batch_decode(output, skip_special_tokens=True)
    assert Engine(paths["float32"]).translate(texts, greedy) == expected
    once = Engine(paths["int8"], threads=1).translate(texts, Decoding(max_length=24))
    assert Engine(paths["int8"], threads=2).translate(texts, Decoding(max_length=24)) == once


def test_prepare_reports_and_excludes_the_evaluation(prepared: Path) -> None:
    report = json.loads((prepared / "report.json").read_text())
    assert report["sources"]["authored"] == {"kept": 64}
    assert report["evaluation_overlap_left"] == 0


def test_unknown_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('kind = "oracle"\n')
    with pytest.raises(UnknownKindError, match="oracle"):
        commands(path)


def test_commands_run_from_corpus_to_scores(
    config_path: Path, corpus_root: Path, e5_path: Path, tmp_path: Path,
    recwarn: pytest.WarningsRecorder,
) -> None:  # fmt: skip
    options = Options(
        config=config_path,
        corpus=corpus_root,
        runs=tmp_path / "runs",
        models=tmp_path / "models",
        device="cpu",
        threads=1,
        minutes=None,
    )
    known = commands(config_path)
    for step in ("prepare", "train", "export", "evaluate"):
        known[step](options)
    scores = json.loads((tmp_path / "runs/tiny/scores.json").read_text())
    assert set(scores) == {"ntrex float32", "ntrex int8", "flores float32", "flores int8"}
    assert "tok:13a" in scores["ntrex int8"]["bleu_signature"]
    assert "model.bin" in manifest.check(tmp_path / "models/tiny").files
    card = (tmp_path / "models/tiny/README.md").read_text(encoding="utf-8")
    assert "| authored | 64 | ×1 |" in card
    assert "كرر رسام" not in card  # one evaluation sentence: no fiftieth to show
