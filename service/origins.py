"""Web origins as browsers write them, since CORS compares them letter by letter."""

from __future__ import annotations

from urllib.parse import urlsplit

# Browsers leave these out of an origin.
_PORTS = {"http": 80, "https": 443}


def read_origin(given: str) -> str:
    """``https://Host:443`` as ``https://host``; a name in Arabic letters as ``xn--…``.

    ``*`` is none: what anybody's script may call, so may one that a reader's browser came upon.

    Raises:
        ValueError: it is no origin, or has more to it than scheme, host and port.
    """
    parts = urlsplit(given)
    port = parts.port  # a ValueError where it is none
    bare = given.lower() == f"{parts.scheme}://{parts.netloc}".lower()
    if parts.scheme not in _PORTS or not parts.hostname or not bare or set("@*") & set(given):
        raise ValueError("write it as https://host or https://host:port, without a path and no *")
    host = parts.hostname if ":" in parts.hostname else _ascii(parts.hostname)
    shown = f"{parts.scheme}://[{host}]" if ":" in host else f"{parts.scheme}://{host}"
    return shown if port in {None, _PORTS[parts.scheme]} else f"{shown}:{port}"


def _ascii(host: str) -> str:
    return host.encode("idna").decode("ascii")  # UnicodeError is a ValueError
