"""Traces: a span a request, below it one a stage; carried on into jobs. Off unless it is set.

Spans say routes, stages, outcomes and counts: never an article, a title, an id of one, a key or an
address. Nothing that traces is imported while KHULASA_OTLP_ENDPOINT is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from importlib.util import find_spec
from typing import Protocol

from service.errors import ConfigurationError
from service.settings import Settings

#: The trace that this thread works for, for the log; None outside of any.
TRACE_ID: ContextVar[str | None] = ContextVar("trace_id", default=None)

#: The headers that name a trace (W3C Trace Context).
CARRIED = ("traceparent", "tracestate")

_PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


class Outcome(Protocol):
    """A span that is told how its work ended."""

    def answered(self, route: str, status: int, code: str | None) -> None:
        """With this status; ``code`` is the problem's, None where there was none."""


class Tracing(Protocol):
    """Where spans go. Each method gives a context to work in."""

    def request(
        self, method: str, carried: Mapping[str, str]
    ) -> AbstractContextManager[Outcome | None]:
        """A request; part of the trace that ``carried`` names, if it does."""

    def stage(self, name: str) -> AbstractContextManager[object]:
        """A stage of the request or job at hand; outside of both, nothing."""

    def job(self, carried: Mapping[str, str]) -> AbstractContextManager[object]:
        """A job of the trace that ``carried`` names."""

    def carry(self) -> dict[str, str]:
        """What a job needs to go on with the trace at hand; empty where there is none."""

    def close(self) -> None:
        """Send what has not been sent."""


class Untraced:
    """No tracing."""

    def request(self, _method: str, _carried: Mapping[str, str]) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def stage(self, _name: str) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def job(self, _carried: Mapping[str, str]) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def carry(self) -> dict[str, str]:
        """Nothing."""
        return {}

    def close(self) -> None:
        """Nothing."""


def check(settings: Settings) -> None:
    """Tell before the start whether the traces that are asked for can be made.

    Raises:
        ConfigurationError: the packages are missing; the message names the command.
    """
    if settings.otlp_endpoint and not all(map(_is_there, _PACKAGES)):
        raise ConfigurationError(
            "KHULASA_OTLP_ENDPOINT is set, and OpenTelemetry is not installed:"
            " pip install -r requirements-otel.txt"
        )


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False


def open_tracing(settings: Settings) -> Tracing:
    """Tracing under these settings.

    Raises:
        ConfigurationError: it is asked for, and its packages are missing.
    """
    if not settings.otlp_endpoint:
        return Untraced()
    check(settings)
    from service.observability.otlp import OtlpTracing

    return OtlpTracing(settings.otlp_endpoint)
