"""Headers that every answer has unless its route gave it others."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response


def fill(response: Response, headers: Mapping[str, str]) -> Response:
    """Add the headers that the response lacks.

    In one walk over those that it has: ``setdefault`` takes one for each, on every answer.
    """
    there = {name.lower() for name, _ in response.headers}
    for name, value in headers.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    return response
