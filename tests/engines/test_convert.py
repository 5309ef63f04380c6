import json

import pytest

from service.engines.checkpoint import CheckpointFacts
from service.engines.convert import convert
from service.engines.decoding import GenerationSettings
from service.errors import ConfigurationError, ModelDamaged
from tests.engines import checkpoints

pytestmark = pytest.mark.torch


@pytest.fixture(autouse=True)
def _needs_transformers():
    pytest.importorskip("transformers")


def test_the_converted_folder_needs_nothing_of_the_checkpoint(tmp_path):
    checkpoint = checkpoints.mt5(tmp_path / "hub")
    convert(checkpoint, tmp_path / "out")
    assert CheckpointFacts.read(tmp_path / "out") == CheckpointFacts.read(checkpoint)
    assert GenerationSettings.read(tmp_path / "out") == GenerationSettings.read(checkpoint)
    assert (tmp_path / "out" / "tokenizer.json").is_file()


def test_weights_in_the_older_format_convert_to_the_same_bytes(tmp_path):
    models = []
    for weights in ("safetensors", "bin"):
        checkpoint = checkpoints.marian(tmp_path / weights, weights=weights)
        convert(checkpoint, checkpoint / "out")
        models.append((checkpoint / "out" / "model.bin").read_bytes())
    assert models[0] == models[1]


def test_an_unknown_family_is_named(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "gpt2", "n_positions": 9}))
    with pytest.raises(ConfigurationError, match="gpt2"):
        convert(tmp_path, tmp_path / "out")


def test_a_checkpoint_without_weights_is_damaged(tmp_path):
    checkpoint = checkpoints.marian(tmp_path / "hub")
    (checkpoint / "model.safetensors").unlink()
    with pytest.raises(ModelDamaged):
        convert(checkpoint, tmp_path / "out")


def test_an_empty_folder_is_damaged(tmp_path):
    with pytest.raises(ModelDamaged):
        convert(tmp_path, tmp_path / "out")
