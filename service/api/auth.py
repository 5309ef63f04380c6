"""The doorkeeper who asks for a key: on unless the service listens to this machine alone.

A route says what it needs with ``@needs("write")``; a route that says nothing needs ``read`` for
GET and ``write`` for everything else. Probes, the page's own files and the documentation are open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from service.access.keys import Keys, Scope
from service.api import loopback
from service.errors import Forbidden, Unauthenticated
from service.settings import Settings

_F = TypeVar("_F", bound=Callable[..., Any])
_NEEDS = "_khulasa_needs"


def needs(scope: Scope | None) -> Callable[[_F], _F]:
    """Mark a route with the scope that it takes; None leaves it open to all."""

    def mark(view: _F) -> _F:
        setattr(view, _NEEDS, scope)
        return view

    return mark


def demanded(settings: Settings) -> bool:
    """Whether keys are asked for under these settings."""
    if settings.keys == "auto":
        return not loopback.is_loopback(settings.host)
    return settings.keys == "on"


def register(app: Flask, settings: Settings) -> None:
    """Ask for a key before every route, where the settings demand it.

    Where they do not because the service listens on loopback, see ``service.api.loopback``.
    """
    if not demanded(settings):
        if settings.keys == "auto":
            loopback.register(app)
        return
    keys = Keys(settings.data_dir / "keys.sqlite")

    def ask() -> None:
        scope = _scope()
        if scope is None:
            return
        key = keys.check(_given())
        g.client = key.id
        if not key.allows(scope):
            raise Forbidden(f"this needs a key of scope {scope!r}, this one has {key.scope!r}")

    app.before_request(ask)


def _scope() -> Scope | None:
    if request.endpoint is None:  # nothing there: 404 tells nothing that needs a key
        return None
    view = current_app.view_functions[request.endpoint]
    default: Scope = "read" if request.method in {"GET", "HEAD", "OPTIONS"} else "write"
    return getattr(view, _NEEDS, default)


def _given() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise Unauthenticated("send an API key: 'Authorization: Bearer khu_…'")
    return key.strip()
