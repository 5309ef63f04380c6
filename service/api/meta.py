"""What runs here, is it well, and how is it asked: info, health, the OpenAPI document."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app
from flask_openapi3 import APIBlueprint, OpenAPI

from service import __version__, codec
from service.api.auth import needs
from service.api.current import house
from service.api.openapi import SERVICE, answers
from service.api.responses import Health, Info
from service.domain import LANGUAGES, LENGTHS

api = APIBlueprint("meta", __name__, abp_tags=[SERVICE])


@api.get("/v1/info", summary="Models, versions and limits", responses=answers(Info, 503))
def info() -> dict[str, Any]:
    """What a client can rely on, and whose models these are."""
    settings, pipeline = house().settings, house().pipeline()
    return {
        "name": "khulasa",
        "version": __version__,
        "profile": settings.profile,
        "profiles": sorted(house().profiles),
        "languages": list(LANGUAGES),
        "lengths": list(LENGTHS),
        "models": [model.to_json() for model in pipeline.engines.models],
        "signature": house().signature(),
        "limits": {
            "max_words": settings.max_words,
            "max_body_bytes": settings.max_body_bytes,
            "sync_deadline_s": settings.sync_deadline_s,
        },
    }


@api.get("/health/live", summary="Is the process alive?", responses=answers(Health, guarded=False))
@needs(None)
def live() -> dict[str, str]:
    """Always 200 while the process answers at all; looks at nothing else."""
    return {"status": "alive"}


@api.get(
    "/health/ready", summary="May traffic come?", responses=answers(Health, 503, guarded=False)
)
@needs(None)
def ready() -> dict[str, str]:
    """200 once the models are warm and while the queue is not full."""
    house().check_ready()
    return {"status": "ready"}


@api.get("/openapi.json", doc_ui=False)
@needs(None)
def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    document = cast("OpenAPI", current_app).api_doc
    return Response(codec.dumps(document), mimetype="application/json")
