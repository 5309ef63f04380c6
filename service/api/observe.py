"""Every request is counted, timed and logged: by route and outcome, never by who or what."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request
from flask_openapi3 import APIBlueprint

from service.api.auth import needs
from service.api.current import house
from service.api.openapi import SERVICE, file_answers
from service.observability.metrics import CONTENT_TYPE
from service.observability.tracing import CARRIED

logger = logging.getLogger("service.access")

# Anyone may make up methods, and each would be a label for ever.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

api = APIBlueprint("observe", __name__, abp_tags=[SERVICE])


@api.get(
    "/metrics",
    summary="Metrics in Prometheus' text format",
    responses=file_answers("The exposition", ["text/plain"], guarded=False),
)
@needs(None)
def metrics() -> Response:
    """Counters and histograms by route, stage and outcome."""
    return Response(house().metrics.expose(), content_type=CONTENT_TYPE)


def register(app: Flask) -> None:
    """Watch every request of the app."""
    app.before_request(_start)
    app.after_request(_end)
    app.teardown_request(_leave)


def _start() -> None:
    g.started = time.perf_counter()
    carried = {name: request.headers[name] for name in CARRIED if name in request.headers}
    g.span = house().tracing.request(_method(), carried)
    g.traced = g.span.__enter__()


def _leave(_: BaseException | None = None) -> None:
    if (span := g.pop("span", None)) is not None:
        span.__exit__(None, None, None)


def _method() -> str:
    return request.method if request.method in _METHODS else "_OTHER"


def _end(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "(none)"
    spent = time.perf_counter() - g.get("started", time.perf_counter())
    measured = house().metrics
    measured.requests.labels(route, _method(), response.status_code).inc()
    measured.request_seconds.labels(route, f"{response.status_code // 100}xx").observe(spent)
    code = g.get("problem") if response.status_code >= 400 else None
    if code is not None:
        measured.refusals.labels(route, code).inc()
    if (traced := g.get("traced")) is not None:
        traced.answered(route, response.status_code, code)
    logger.info(
        "%s %s %d",
        _method(),
        route,
        response.status_code,
        extra={
            "route": route,
            "method": _method(),
            "status": response.status_code,
            "ms": round(spent * 1000, 1),
        },
    )
    return response
