"""``python -m service …``: results on stdout, everything else on stderr.

Exit codes: 0 done, 1 the service failed, 2 usage or configuration, 3 bad input or a file that
cannot be read or written, 4 models missing.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any, NoReturn

import click

from service import __version__
from service.errors import ConfigurationError, InputError, KhulasaError
from service.storage import is_busy, is_unusable


class Root(click.Group):
    """Turns every error of ours into one line on stderr and its exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; exits the process."""
        try:
            return super().main(*args, **kwargs)
        except KhulasaError as error:
            _end(str(error), error.exit_code)
        except sqlite3.DatabaseError as error:
            if not (is_unusable(error) or is_busy(error)):
                raise
            _end(f"a file in KHULASA_DATA_DIR: {error}", ConfigurationError.exit_code)
        except OSError as error:
            if error.filename is None:  # no file's fault
                raise
            _end(f"{error.filename}: {error.strerror}", InputError.exit_code)


def _end(message: str, exit_code: int) -> NoReturn:
    click.echo(f"khulasa: {message}", err=True)
    sys.exit(exit_code)


@click.group(cls=Root, name="khulasa", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khulasa")
def cli() -> None:
    """Bilingual summaries of Arabic and English news, in the house and offline."""


def build() -> click.Group:
    """The command line with all its commands mounted."""
    from service.cli.batch import batch
    from service.cli.compare import compare_command
    from service.cli.glossary import glossary
    from service.cli.info import info
    from service.cli.keys import keys
    from service.cli.models import models
    from service.cli.serve import serve
    from service.cli.summarize import summarize

    for command in (summarize, batch, compare_command, serve, models, glossary, keys, info):
        cli.add_command(command)
    return cli
