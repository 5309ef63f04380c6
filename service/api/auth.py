"""The doorkeeper who asks for a key: on unless the service listens to this machine alone.

A route says what it needs with ``@needs("write")``; a route that says nothing needs ``read`` for
GET and ``write`` for everything else. Probes, the page's own files and the documentation are open.
The key comes in a header; ``@also_keyed_by`` names a route whose clients send it elsewhere.
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
_ALSO = "_khulasa_also_keyed_by"


def needs(scope: Scope | None) -> Callable[[_F], _F]:
    """Mark a route with the scope that it takes; None leaves it open to all."""

    def mark(view: _F) -> _F:
        setattr(view, _NEEDS, scope)
        return view

    return mark


def also_keyed_by(find: Callable[[], str | None]) -> Callable[[_F], _F]:
    """Mark a route with where its key may be, where there is no ``Authorization``."""

    def mark(view: _F) -> _F:
        setattr(view, _ALSO, find)
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
    if scheme.lower() == "bearer" and key:
        return key.strip()
    if "Authorization" not in request.headers and (key := _elsewhere() or ""):
        return key.strip()
    raise Unauthenticated("send an API key: 'Authorization: Bearer khu_…'")


def _elsewhere() -> str | None:
    assert request.endpoint is not None  # nothing is asked for where nothing is there
    find = getattr(current_app.view_functions[request.endpoint], _ALSO, None)
    return find() if find else None
