"""`python -m training COMMAND CONFIG`: makes the embedded checkpoints, step by step."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from training.registry import Options, UnknownKindError, commands

COMMANDS = {
    "prepare": "read and filter the corpus; write the run's data",
    "train": "train, or go on from the last checkpoint",
    "validate": "cross-validate, to choose settings by (selector only)",
    "evaluate": "score the model, with signatures; a translation model's card is written",
    "export": "write the checkpoint that the service loads",
    "backtranslate": "add machine-translated news to the run's data (translation only)",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    result = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    result.add_argument(
        "command", choices=COMMANDS, help="; ".join(map(": ".join, COMMANDS.items()))
    )
    result.add_argument("config", type=Path, help="a model's TOML file in training/configs")
    result.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    result.add_argument("--runs", type=Path, default=Path("runs"))
    result.add_argument("--models", type=Path, default=Path("models"))
    result.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    result.add_argument("--threads", type=int, default=1, help="CPU threads (default 1)")
    result.add_argument("--minutes", type=float, help="stop training after this long")
    result.add_argument(
        "--continue",
        dest="onward",
        action="store_true",
        help="start from the published checkpoint, at the first phase it has not had",
    )
    return result


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 done, 2 usage."""
    options = vars(parser().parse_args(arguments))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    name = options.pop("command")
    try:
        known = commands(options["config"])
    except (OSError, UnknownKindError) as error:
        logging.error("%s", error)
        return 2
    if name not in known:
        logging.error("%s has no such step: %s", options["config"].name, name)
        return 2
    known[name](Options(**options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
