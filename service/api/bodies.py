"""What is asked of a body before a route sees it: size, time, coding, media type, readable JSON.

Asked after keys and quotas: what a stranger sends is not read at all, but where the key itself is
in the body (``hold``).
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

from flask import Flask, current_app, g, request
from flask.json.provider import DefaultJSONProvider

from service.errors import Malformed, TooLarge, TooSlow, UnsupportedMedia
from service.nesting import nests_too_deeply

_BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})
_KEY = "khulasa-bodies"


@dataclass(frozen=True, slots=True)
class _Limits:
    max_bytes: int
    files: frozenset[str]
    forms: frozenset[str]


class _Json(DefaultJSONProvider):
    """Reads a body once, for us and for the route, and says what is wrong with it."""

    sort_keys = False  # pydantic names its models' order of members, and so do we

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The parsed body.

        Raises:
            Malformed: it is no JSON in UTF-8.
        """
        return _parse(s.encode() if isinstance(s, str) else s)


def register(app: Flask, max_bytes: int, files: Collection[str], forms: Collection[str]) -> None:
    """Hold every body to the limits.

    Args:
        files: the endpoints that take something else than a JSON object.
        forms: those that take a JSON object or a form.
    """
    app.json = _Json(app)
    # One more than is read, so that it is our own reader which finds out.
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = max_bytes + 1
    app.extensions[_KEY] = _Limits(max_bytes, frozenset(files), frozenset(forms))
    app.before_request(hold)


def hold() -> None:
    """Hold the body of this request to the limits, once.

    Raises:
        TooLarge, TooSlow, UnsupportedMedia, Malformed: it does not keep to them.
    """
    if request.routing_exception is not None or request.method not in _BODY_METHODS:
        return  # 404 or 405, whatever is in the body; or no body that anyone reads
    if "body_held" in g:
        return
    g.body_held = True
    limits: _Limits = current_app.extensions[_KEY]
    if (request.content_length or 0) > limits.max_bytes:
        raise _too_large(limits.max_bytes)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("send the body as it is, without a Content-Encoding")
    request.environ["wsgi.input"] = _Bounded(request.environ["wsgi.input"], limits.max_bytes)
    if request.endpoint in limits.files:
        return
    if request.is_json:
        _check_json(request.get_json())
    elif request.endpoint not in limits.forms:
        raise UnsupportedMedia("send the body as application/json")


class _Bounded(io.RawIOBase):
    """The body as it comes in, refused at the first byte too many.

    Werkzeug's own limit cuts a body without Content-Length off where it is reached, and the part
    that is left may be taken for the whole.
    """

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._limit, self._left = stream, limit, limit

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, or as much of it as there is."""
        try:
            data = self._stream.read(min(len(buffer), self._left + 1))
        except TimeoutError:
            raise TooSlow("the body did not come in whole in time") from None
        except OSError:
            raise  # the client is gone, and werkzeug knows it
        except Exception:  # the server's own: what came is not chunked as HTTP has it
            raise Malformed("the body is not framed as HTTP/1.1 has it") from None
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._limit)
        buffer[: len(data)] = data
        return len(data)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is larger than {limit} bytes", max_bytes=limit)


def _check_json(parsed: object) -> None:
    if not isinstance(parsed, dict):
        raise Malformed("the body must be a JSON object")
    if nests_too_deeply(parsed):
        raise Malformed("the JSON is nested too deeply")


def _parse(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Malformed(f"the body is not UTF-8: byte {error.start} cannot be read") from None
    except RecursionError:
        raise Malformed("the JSON is nested too deeply") from None
    except ValueError as error:
        raise Malformed(f"the body is not JSON: {error}") from None
