"""The HTTP side: thin routes that parse, call the house and answer."""

from __future__ import annotations

from flask_openapi3 import OpenAPI

from service.api import (
    articles,
    auth,
    bodies,
    cors,
    current,
    feedback,
    files,
    glossaries,
    guard,
    history,
    jobs,
    libretranslate,
    limits,
    meta,
    names,
    observe,
    openapi,
    problems,
    texts,
)
from service.house import House


def build(house: House) -> OpenAPI:
    """An application over the house: each concern registers itself."""
    app = openapi.new_app("service")
    current.install(app, house)
    guard.register(app)
    observe.register(app)
    names.register(app)
    cors.register(app, house.settings)
    auth.register(app, house.settings)
    limits.register(app, house.settings)
    bodies.register(
        app,
        house.settings.max_body_bytes,
        files=(files.READS_OWN_BODY, glossaries.READS_OWN_BODY),
        forms=(libretranslate.READS_OWN_BODY,),
    )
    problems.register(app)
    for blueprint in (
        articles.api,
        history.api,
        files.api,
        feedback.api,
        glossaries.api,
        jobs.api,
        texts.api,
        meta.api,
        observe.api,
        libretranslate.api,
    ):
        app.register_api(blueprint)
    return app
