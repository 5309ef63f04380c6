"""Traces to an OpenTelemetry collector, over OTLP/HTTP. Imported only where they are asked for.

The SDK's own OTEL_* variables hold beside ours: sampling, the collector's headers, its certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from service import __version__
from service.errors import KhulasaError
from service.observability.tracing import TRACE_ID

_PATH = "/v1/traces"
# A collector that is away must hold up neither requests (it never does) nor the end of the process.
_TIMEOUT_S = 5
_W3C = TraceContextTextMapPropagator()


class _Request:
    """The span of a request, which learns its name with its route."""

    def __init__(self, span: Span, method: str) -> None:
        self._span, self._method = span, method

    def answered(self, route: str, status: int, code: str | None) -> None:
        """With this status; ``code`` is the problem's, None where there was none."""
        self._span.update_name(f"{self._method} {route}")
        self._span.set_attribute("http.route", route)
        self._span.set_attribute("http.response.status_code", status)
        if code is not None:
            self._span.set_attribute("error.type", code)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))


class OtlpTracing:
    """Spans in a provider of its own, so that two houses do not share one.

    Args:
        endpoint: the collector, such as ``http://127.0.0.1:4318``.
    """

    def __init__(self, endpoint: str) -> None:
        url = endpoint.rstrip("/").removesuffix(_PATH) + _PATH
        facts = {"service.name": "khulasa", "service.version": __version__}
        self._provider = TracerProvider(resource=Resource.create(facts))
        exporter = OTLPSpanExporter(endpoint=url, timeout=_TIMEOUT_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("khulasa", __version__)

    @contextmanager
    def request(self, method: str, carried: Mapping[str, str]) -> Iterator[_Request]:
        """A request; part of the trace that ``carried`` names, if it does."""
        with self._span(method, SpanKind.SERVER, _W3C.extract(dict(carried))) as span:
            span.set_attribute("http.request.method", method)
            yield _Request(span, method)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage of the request or job at hand; outside of both, nothing."""
        if not trace.get_current_span().get_span_context().is_valid:
            yield
            return
        with self._span(name, SpanKind.INTERNAL):
            yield

    @contextmanager
    def job(self, carried: Mapping[str, str]) -> Iterator[None]:
        """A job of the trace that ``carried`` names."""
        with self._span("job", SpanKind.CONSUMER, _W3C.extract(dict(carried))):
            yield

    def carry(self) -> dict[str, str]:
        """What a job needs to go on with the trace at hand; empty where there is none."""
        carried: dict[str, str] = {}
        _W3C.inject(carried)
        return carried

    def close(self) -> None:
        """Send what has not been sent."""
        self._provider.shutdown()

    @contextmanager
    def _span(
        self, name: str, kind: SpanKind, parent: context.Context | None = None
    ) -> Iterator[Span]:
        # What an exception says may quote the article; what kind it is may not.
        with self._tracer.start_as_current_span(
            name, parent, kind, record_exception=False, set_status_on_exception=False
        ) as span:
            said = TRACE_ID.set(trace.format_trace_id(span.get_span_context().trace_id))
            try:
                yield span
            except Exception as error:
                code = error.code if isinstance(error, KhulasaError) else type(error).__name__
                span.set_attribute("error.type", code)
                span.set_status(Status(StatusCode.ERROR))
                raise
            finally:
                TRACE_ID.reset(said)
