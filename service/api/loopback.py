"""Where no keys are asked for because the service listens on loopback: this machine's names alone.

A page on any site may have its own name lead to 127.0.0.1 (DNS rebinding). The browser then takes
that site and this service for one, and lets its scripts read and change everything. What it cannot
do is send another ``Host`` than the name that it was given. A proxy in front would bring the whole
network in under one of ours; one that says so by its headers is refused as well.
"""

from __future__ import annotations

import re

from flask import Flask, request

from service.errors import WrongHost

HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})

_OURS = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?", re.ASCII | re.IGNORECASE)
# Open to all where keys are asked for, too; there is nothing of an article in them.
_FREE = ("/health/", "/metrics", "/static/")
_WHAT_TO_DO = (
    "without API keys this service answers to localhost, 127.0.0.1 and [::1] alone, and to no"
    " proxy: ask it by one of these, or set KHULASA_KEYS=on and send a key"
)


def register(app: Flask) -> None:
    """Refuse what came by another name or through a proxy, before every route but the probes."""
    app.before_request(_stay_home)


def is_loopback(host: str) -> bool:
    """Whether a service that listens on ``host`` is out of every other machine's reach."""
    return host.strip("[]") in HOSTS


def _stay_home() -> None:
    if request.path.startswith(_FREE):
        return
    host = request.headers.get("Host")  # no browser leaves it out
    if host is not None and not _OURS.fullmatch(host):
        raise WrongHost(_WHAT_TO_DO)
    if any(map(_is_proxys, request.headers.keys())):
        raise WrongHost(_WHAT_TO_DO)


def _is_proxys(header: str) -> bool:
    return header.lower() == "forwarded" or header.lower().startswith("x-forwarded-")
