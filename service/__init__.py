"""Khulasa: bilingual summaries of Arabic and English news, in the house and offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from service.house import House
    from service.settings import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None, house: House | None = None) -> Flask:
    """The Flask application; ``gunicorn 'service:create_app()'`` serves it.

    Args:
        settings: read from the environment if left out.
        house: what a test shares between applications; made from ``settings`` if left out.
    """
    from service import api, web
    from service.house import House
    from service.observability import logs
    from service.settings import Settings

    settings = settings or Settings.from_env()
    logs.configure(settings.log_level)
    house = house or House(settings)
    app = api.build(house)
    web.register(app, house)
    return app
