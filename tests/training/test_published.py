"""A published checkpoint read back is the model it was made from; a run can go on from it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from training.translation import config as settings
from training.translation import export, prepare, published, trainer, validate, warmstart
from training.translation.config import TranslationConfig
from training.translation.published import NotContinuedError, Past, Round

torch = pytest.importorskip("torch", reason="requirements-models.txt is not installed")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore:Recommended.*sacremoses")]
torch.set_num_threads(1)


@pytest.fixture
def config(config_path: Path) -> TranslationConfig:
    return settings.load(config_path)


@pytest.fixture
def folder(config: TranslationConfig, corpus_root: Path, e5_path: Path, tmp_path: Path) -> Path:
    """A run's folder, prepared, trained and exported."""
    found = tmp_path / "runs" / "tiny"
    prepare.run(config, corpus_root, found)
    trainer.train(trainer.start(config, found, "cpu"))
    export.export(config, found, config.decoding)
    return found


def test_float32_is_read_back_exactly_and_int8_within_half_a_step(
    config: TranslationConfig, folder: Path
) -> None:
    model, _ = export.averaged_model(config, folder)
    expected = dict(model.state_dict())
    for kind, steps in (("float32", 0.0), ("int8", 0.5)):
        found = published.tensors(folder / "export" / kind)
        assert {name for name, p in model.named_parameters() if p.requires_grad} <= set(found)
        for name, value in found.items():
            one = expected[name]
            step = one.abs().amax(-1, keepdim=True) / 127 if one.ndim > 1 else torch.zeros(1)
            assert ((torch.tensor(value) - one).abs() <= steps * step + 1e-6).all(), name


def test_a_run_goes_on_from_what_was_published(config: TranslationConfig, folder: Path) -> None:
    before = folder / "export" / "int8"
    first = Past.read(before)
    assert first.phases == len(config.phases) == 2
    again = folder.with_name("again")
    shutil.copytree(folder, again, ignore=shutil.ignore_patterns("export", "checkpoint.pt"))
    more = replace(config, phases=(*config.phases, replace(config.phases[1], name="more")))
    run = trainer.start(more, again, "cpu", before)
    start = validate.mean_loss(run.model, run.dataset, run.targets, "cpu")
    fresh = trainer.start(more, again, "cpu")
    assert run.progress.turn == 1000  # no pass draws what a pass of the first run drew
    assert start < validate.mean_loss(fresh.model, fresh.dataset, fresh.targets, "cpu") - 0.1
    trainer.train(run)
    assert run.progress.tokens == pytest.approx(
        more.phases[2].tokens, abs=config.train.batch_tokens
    )
    resumed = trainer.start(more, again, "cpu", before)
    assert resumed.progress.steps == run.progress.steps
    paths = export.export(more, again, more.decoding)
    made = Round(run.progress.tokens, run.progress.steps, run.progress.cpu_seconds)
    assert Past.read(paths["int8"]) == Past(3, (*first.rounds, made))
    with pytest.raises(NotContinuedError, match="did not start from"):
        trainer.start(more, again, "cpu", paths["int8"])  # a newer one than it started from


def test_what_does_not_fit_is_refused(config: TranslationConfig, folder: Path) -> None:
    other = folder.with_name("other")
    shutil.copytree(folder / "export" / "int8", other)
    (other / "vocab.json").write_text("{}")
    (folder / "checkpoint.pt").unlink()
    with pytest.raises(NotContinuedError, match="vocabulary"):
        trainer.start(config, folder, "cpu", other)
    (other / "model.bin").write_bytes(b"\x05" + (other / "model.bin").read_bytes()[1:])
    with pytest.raises(NotContinuedError, match="format 5"):
        published.tensors(other)


def test_weights_of_another_shape_are_refused(config: TranslationConfig, folder: Path) -> None:
    model, _ = export.averaged_model(config, folder)
    found = published.tensors(folder / "export" / "float32")
    name = "model.encoder.layers.0.fc1.weight"
    with pytest.raises(ValueError, match=name):
        warmstart.load(model, found | {name: found[name][:-1]})
    del found[name]
    with pytest.raises(ValueError, match=name):
        warmstart.load(model, found)
