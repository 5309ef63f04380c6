"""Every error of the HTTP side as application/problem+json (RFC 9457), in one shape.

{"type": "/docs#error-too_short", "title": …, "status": 422, "code": "too_short",
 "detail": …, "instance": "/v1/articles", "request_id": …, …facts}
"""

from __future__ import annotations

import logging
import math
import re
from typing import Any

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from service import codec, errors
from service.errors import KhulasaError

logger = logging.getLogger(__name__)

MIMETYPE = "application/problem+json"
# What was sent may be quoted, and JSON can send a half of a character that UTF-8 cannot hold.
_HALVES = re.compile("[\ud800-\udfff]")

_BY_STATUS: dict[int, type[KhulasaError]] = {
    400: errors.Malformed,
    401: errors.Unauthenticated,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    408: errors.TooSlow,
    413: errors.TooLarge,
    415: errors.UnsupportedMedia,
    422: errors.Malformed,
    429: errors.QuotaExceeded,
    503: errors.CapacityError,
    504: errors.DeadlineExceeded,
}


def register(app: Flask) -> None:
    """Answer every exception of the app with a problem."""
    app.register_error_handler(KhulasaError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def problem(error: KhulasaError) -> Response:
    """The problem that tells a client about the error."""
    g.problem = error.code  # for the metrics
    body: dict[str, Any] = {
        "type": f"/docs#error-{error.code}",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": str(error),
        "instance": request.path,
        "request_id": g.get("request_id"),
    }
    if request.path == "/translate":
        body["error"] = body["detail"]  # the member that LibreTranslate's clients read
    told = _whole(body | error.details)
    response = Response(codec.dumps(told), error.status, mimetype=MIMETYPE)
    if isinstance(error, errors.CapacityError):
        response.headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    if isinstance(error, errors.UnsupportedMedia):
        response.headers["Accept-Encoding"] = "identity"
    if isinstance(error, errors.Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _whole(value: Any) -> Any:
    """The value without halves of characters."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(name): _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list | tuple) else value


def invalid(error: ValidationError) -> Response:
    """The problem for a body or a query that does not fit its schema; names the first member."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    member = ".".join(str(part) for part in first["loc"])
    message = f"{member}: {first['msg']}" if member else first["msg"]
    return problem(errors.Malformed(message, member=member or None))


def _known(error: KhulasaError) -> Response:
    if error.status >= 500 and not isinstance(error, errors.CapacityError):
        logger.error("%s: %s", error.code, error, exc_info=error)
    return problem(error)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect, or a response that was made on purpose
        return error
    kind = _BY_STATUS.get(error.code or 500, KhulasaError)
    answer = problem(kind(error.description or kind.title))
    if isinstance(valid := getattr(error, "valid_methods", None), list):
        answer.headers["Allow"] = ", ".join(valid)
    return answer


def _unknown(error: Exception) -> Response:
    # The client is told nothing of the inside; the log has the traceback under the request id.
    logger.exception("unexpected error", exc_info=error)
    return problem(KhulasaError("an unexpected error; the log has it under the request id"))
