"""Which other sites' scripts may call the API: none but those of KHULASA_CORS_ORIGINS.

For /v1 alone: the page is nobody else's business. Never with credentials: a key is sent in a header
by the script that has it, and there is no cookie that means anything. A preflight is answered here,
before any key is asked for, since browsers send none with it.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from werkzeug.datastructures import HeaderSet

from service.errors import Forbidden
from service.settings import Settings

_PATHS = "/v1/"
#: What a script may send beside what every script may; docs/http.md says what each is for.
REQUEST_HEADERS = (
    "Authorization",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "Prefer",
    "Traceparent",
    "Tracestate",
    "X-Request-Id",
)
#: What a script may read beside what every script may.
RESPONSE_HEADERS = (
    "Allow",
    "Content-Disposition",
    "ETag",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
)
_MAX_AGE_S = 600


def register(app: Flask, settings: Settings) -> None:
    """Answer preflights and mark answers, where the settings list an origin."""
    allowed = settings.cors_allowed
    if not allowed:
        return

    def answer_preflight() -> Response | None:
        if not request.path.startswith(_PATHS) or not _is_preflight():
            return None
        if request.origin not in allowed:
            raise Forbidden("scripts of this origin may not call the API: KHULASA_CORS_ORIGINS")
        return _preflight()

    def mark(response: Response) -> Response:
        if request.path.startswith(_PATHS):
            # On every answer, or a shared cache would give one origin what was said to another.
            response.vary.add("Origin")
            if request.origin in allowed:
                response.access_control_allow_origin = request.origin
                response.access_control_expose_headers = HeaderSet(RESPONSE_HEADERS)
        return response

    app.before_request(answer_preflight)
    app.after_request(mark)


def _is_preflight() -> bool:
    asks = request.access_control_request_method is not None
    return request.method == "OPTIONS" and request.origin is not None and asks


def _preflight() -> Response:
    """204 with the methods of this very route; for a route that is not there, no methods."""
    response = Response(status=204)
    response.access_control_allow_methods = HeaderSet(sorted(_methods()))
    response.access_control_allow_headers = HeaderSet(REQUEST_HEADERS)
    response.access_control_max_age = _MAX_AGE_S
    response.vary.update(["Access-Control-Request-Method", "Access-Control-Request-Headers"])
    return response


def _methods() -> set[str]:
    # The adapter and not url_rule: the methods that a path takes are spread over several rules.
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # there is a request
    return set(adapter.allowed_methods()) - {"OPTIONS", "HEAD"}
