"""``serve``: gunicorn with the settings that the models need."""

from __future__ import annotations

import os
import sys

import click

from service.settings import ROOT, Settings


@click.command()
def serve() -> None:
    """Serve over HTTP; address and threads come from KHULASA_HOST, _PORT and _THREADS."""
    settings = Settings.from_env()
    click.echo(f"khulasa: http://{settings.address}", err=True)
    # gunicorn takes the place of this process, so that signals reach it and nothing else lingers.
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_conf"]
    os.chdir(ROOT)
    os.execv(sys.executable, [*command, "service:create_app()"])
