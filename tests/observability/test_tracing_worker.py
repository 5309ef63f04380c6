"""A trace that goes on in a Celery worker on another machine."""

from dataclasses import replace

import pytest

from service import create_app
from service.house import House
from tests.services import redis_server, until
from tests.workers import settings_for, working

pytest.importorskip("opentelemetry.sdk", reason="needs requirements-otel.txt")
pytest.importorskip("celery", reason="needs requirements-celery.txt")
from tests.observability.collector import attributes, collector

pytestmark = [pytest.mark.slow, pytest.mark.redis]

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def test_a_worker_goes_on_with_the_trace_of_the_request(tmp_path, english):
    with redis_server(tmp_path) as shared, collector() as collected:
        settings = replace(
            settings_for(shared.url.replace("/0", "/1"), shared, tmp_path),
            otlp_endpoint=collected.url,
        )
        with working(settings, tmp_path):
            house = House(settings)
            client = create_app(house.settings, house).test_client()
            headers = {"traceparent": f"00-{TRACE}-{CALLER}-01", "Prefer": "respond-async"}
            body = {"text": english, "lengths": ["short"]}
            job = client.post("/v1/articles", json=body, headers=headers).headers["Location"]
            until(lambda: client.get(job).json["state"] == "done", 300)
            house.close(10)
        # Both have ended, and sent what was left.
    (ordered,) = [
        span
        for span in collected.named("POST /v1/articles")
        if attributes(span)["http.response.status_code"] == 202
    ]
    (done,) = collected.named("job")
    assert (done.trace_id.hex(), done.parent_span_id) == (TRACE, ordered.span_id)
    assert {"intake", "translate", "summarize"} <= set(collected.below(done))
