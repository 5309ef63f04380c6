"""Turns a Hugging Face checkpoint folder into what the ``ctranslate2`` engine reads.

Needs requirements-models.txt (torch, transformers), once; running the result needs neither. Beside
CTranslate2's own files the output holds the tokenizer, ``generation_config.json`` with every
decoding setting in one place, and ``checkpoint.json`` with what the engine must know beyond that.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from service.engines.checkpoint import CheckpointFacts
from service.errors import ConfigurationError, ModelDamaged

Quantization = Literal["int8", "float16", "float32"]
FAMILIES = ("marian", "bart", "t5", "mt5")

_MARIAN_FILES = ("source.spm", "target.spm", "vocab.json", "target_vocab.json")


def convert(checkpoint: Path, output: Path, quantization: Quantization = "int8") -> None:
    """Write the converted model into ``output``, which must not exist yet.

    Raises:
        ConfigurationError: torch or transformers are not installed, or the family is not one of
            ``FAMILIES``.
        ModelDamaged: the checkpoint cannot be read.
    """
    facts = CheckpointFacts.read(checkpoint)
    if facts.family not in FAMILIES:
        raise ConfigurationError(
            f"{checkpoint} holds a {facts.family!r} model; known are {', '.join(FAMILIES)}"
        )
    try:
        from ctranslate2.converters import TransformersConverter

        import service.engines.ct2_loaders  # noqa: F401
    except ImportError as error:
        raise ConfigurationError(
            f"converting a model needs requirements-models.txt installed ({error.name} is missing)"
        ) from None
    with _quiet():
        try:
            TransformersConverter(str(checkpoint)).convert(str(output), quantization=quantization)
        except (OSError, RuntimeError, ValueError, KeyError) as error:
            raise ModelDamaged(f"{checkpoint} cannot be converted: {error}") from error
        _write_generation_config(checkpoint, output)
        _write_tokenizer(checkpoint, output)
    facts.write(output)


def _write_generation_config(checkpoint: Path, output: Path) -> None:
    """Older checkpoints keep the settings in config.json, a name that CTranslate2 needs."""
    import transformers

    name = "generation_config.json"
    if (checkpoint / name).is_file():
        shutil.copyfile(checkpoint / name, output / name)
        return
    said: dict[str, Any] = json.loads((checkpoint / "config.json").read_text("utf-8"))
    empty: Any = transformers.GenerationConfig
    known = empty().to_dict()
    settings = {key: value for key, value in said.items() if key in known}
    (output / name).write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


def _write_tokenizer(checkpoint: Path, output: Path) -> None:
    from transformers import AutoTokenizer

    if (checkpoint / "source.spm").is_file():
        for name in _MARIAN_FILES:
            if (checkpoint / name).is_file():
                shutil.copyfile(checkpoint / name, output / name)
        return
    tokenizer = AutoTokenizer.from_pretrained(checkpoint, local_files_only=True)
    tokenizer.backend_tokenizer.save(str(output / "tokenizer.json"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the libraries' progress bars and their advice to install sacremoses."""
    import transformers

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield
