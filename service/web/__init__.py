"""The page: server-rendered HTML and a little script, for people; the API is ``service.api``."""

from __future__ import annotations

from flask import Flask

from service.house import House
from service.web import assets, export, fragments, pages, preferences, reference, words


def register(app: Flask, house: House) -> None:
    """Put the page into an app: its routes, its files, and what its templates may call."""
    static = assets.Assets()
    app.extensions[assets.KEY] = static
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"asset": static.url, **words.helpers(preferences.current())})
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(pages.blueprint(house.settings))
    app.register_blueprint(fragments.blueprint)
    app.register_blueprint(export.blueprint)
    app.register_blueprint(reference.blueprint)
