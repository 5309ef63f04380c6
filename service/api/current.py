"""The house of the running app, for the routes."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from service.house import House

_KEY = "khulasa"


def house() -> House:
    """The house of the app that answers this request."""
    return of(current_app)


def of(app: Flask) -> House:
    """The house that was installed in an app."""
    return cast("House", app.extensions[_KEY])


def install(app: Flask, value: House) -> None:
    """Put the house into an app."""
    app.extensions[_KEY] = value
