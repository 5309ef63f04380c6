"""``keys``: make, list and revoke API keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import click

from service.access.keys import SCOPES, Keys, Scope
from service.settings import Settings


@click.group()
def keys() -> None:
    """API keys; demanded wherever the service listens beyond this machine."""


@keys.command()
@click.argument("name")
@click.option("--scope", type=click.Choice(SCOPES), default="write", show_default=True)
def create(name: str, scope: str) -> None:
    """Make a key for NAME; it is shown this once."""
    with _open() as store:
        key, secret = store.create(name, cast("Scope", scope))
    click.echo(secret)
    click.echo(f"khulasa: key {key.id} for {name!r} ({scope}); it cannot be shown again", err=True)


@keys.command("list")
def list_keys() -> None:
    """Every key: id, scope, state, name."""
    with _open() as store:
        for key in store.all():
            state = f"revoked {key.revoked_at}" if key.revoked_at else f"since {key.created_at}"
            click.echo(f"{key.id}  {key.scope:<5}  {state}  {key.name}")


@keys.command()
@click.argument("key_id")
def revoke(key_id: str) -> None:
    """Refuse the key KEY_ID from now on."""
    with _open() as store:
        store.revoke(key_id)
    click.echo(f"khulasa: key {key_id} is revoked", err=True)


@contextmanager
def _open() -> Iterator[Keys]:
    store = Keys(Settings.from_env().data_dir / "keys.sqlite")
    try:
        yield store
    finally:
        store.close()
