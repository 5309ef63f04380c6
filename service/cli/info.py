"""``info``: what this installation is made of."""

from __future__ import annotations

import json
from dataclasses import fields

import click

from service import __version__
from service.errors import ModelError
from service.house import House
from service.settings import PREFIX, Settings


@click.command()
@click.option("--settings", "show_settings", is_flag=True, help="Show every setting and its value.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def info(show_settings: bool, as_json: bool) -> None:
    """Version, profiles, models, signature; with --settings every KHULASA_* variable."""
    settings = Settings.from_env()
    facts = _settings_facts(settings) if show_settings else _facts(settings)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for name, value in facts.items():
        click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")


def _facts(settings: Settings) -> dict[str, object]:
    house = House(settings)
    facts: dict[str, object] = {
        "version": __version__,
        "profile": settings.profile,
        "profiles": sorted(house.profiles),
        "data": str(settings.data_dir),
        "glossary": house.glossary_wanted() or settings.glossary,
    }
    try:
        facts["signature"] = house.signature()
    except ModelError as error:
        facts["models"] = str(error)
    finally:
        house.close()
    return facts


def _settings_facts(settings: Settings) -> dict[str, object]:
    return {
        PREFIX + field.name.upper(): str(getattr(settings, field.name) or "")
        for field in fields(settings)
    }
