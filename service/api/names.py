"""Every request has a name: the client's own, if it is harmless, or one of ours."""

from __future__ import annotations

import os

from flask import Flask, Response, g, request

_TRACE = "X-Request-Id"


def register(app: Flask) -> None:
    """Name every request and tell its name in the answer."""
    app.before_request(_name_request)
    app.after_request(_sign_response)


def _name_request() -> None:
    given = request.headers.get(_TRACE, "")
    usable = given.isascii() and given.isprintable() and 0 < len(given) <= 64
    g.request_id = given if usable else os.urandom(16).hex()


def _sign_response(response: Response) -> Response:
    response.headers[_TRACE] = g.get("request_id", "")
    return response
