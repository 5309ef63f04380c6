"""Prometheus metrics of one house. docs/metrics.md describes each; a test holds the two together.

Labels are routes, stages and outcomes: never a client's address or key, and never an article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45, 90)
_COUNTS = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """All instruments, in a registry of their own so that two houses do not share counts."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "khulasa_requests",
            "HTTP requests by route, method and status",
            ["route", "method", "status"],
            registry=registry,
        )
        self.request_seconds = Histogram(
            "khulasa_request_seconds",
            "Time to answer an HTTP request, by route and class of status",
            ["route", "outcome"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.stage_seconds = Histogram(
            "khulasa_stage_seconds",
            "Time an article spends in a stage of the corridor",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.cache = Counter(
            "khulasa_cache", "Articles found in the cache or not", ["outcome"], registry=registry
        )
        self.cache_trouble = Counter(
            "khulasa_cache_trouble",
            "Calls that the shared cache did not answer; the local one served",
            registry=registry,
        )
        self.refusals = Counter(
            "khulasa_refusals",
            "Requests that ended in a problem, by route and code",
            ["route", "code"],
            registry=registry,
        )
        self._batch_texts = Histogram(
            "khulasa_batch_texts",
            "Texts that a model translated together",
            buckets=_COUNTS,
            registry=registry,
        )
        self._batch_requests = Histogram(
            "khulasa_batch_requests",
            "Requests that shared a batch",
            buckets=_COUNTS,
            registry=registry,
        )
        self._waiting = Gauge(
            "khulasa_queue_depth", "Articles that wait for their turn", registry=registry
        )
        self._working = Gauge("khulasa_working", "Articles that are worked on", registry=registry)

    def watch_queue(self, depth: Callable[[], int], working: Callable[[], int]) -> None:
        """Read the gauges from these when they are asked for."""
        self._waiting.set_function(depth)
        self._working.set_function(working)

    def walked(self, timings_ms: Mapping[str, float]) -> None:
        """Note what one walk spent in each stage."""
        for stage, spent_ms in timings_ms.items():
            self.stage_seconds.labels(stage).observe(spent_ms / 1000)

    def batched(self, texts: int, requests: int) -> None:
        """Note a batch that a model is given."""
        self._batch_texts.observe(texts)
        self._batch_requests.observe(requests)

    def expose(self) -> bytes:
        """The text that Prometheus scrapes."""
        return generate_latest(self.registry)
