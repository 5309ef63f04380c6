"""Traces, as a real collector gets them."""

import io
import json
import logging
import subprocess
import sys

import pytest

from service import create_app
from service.errors import ConfigurationError
from service.house import House
from service.jobs.protocol import Order
from service.observability import logs, tracing
from service.settings import Settings
from tests.services import until

pytest.importorskip("opentelemetry.sdk", reason="needs requirements-otel.txt")
from tests.observability.collector import attributes, collector

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = {"traceparent": f"00-{TRACE}-{CALLER}-01"}
UNSAYABLE = "كلمة سرية"
SECRET = "khu_12345678_" + "s" * 43


@pytest.fixture(scope="module")
def articles(seed, english):
    return {"ar": seed.split("\n\n")[0], "en": english}


@pytest.fixture(scope="module")
def walked(tmp_path_factory, articles):
    """What a collector and the log got of two articles, a job, a problem and a fault."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, root.handlers = root.handlers, []
    with pytest.MonkeyPatch.context() as patch, collector() as collected:
        patch.setattr("sys.stderr", stream)
        logs.configure("INFO")
        house = House(
            Settings(
                data_dir=tmp_path_factory.mktemp("traced"),
                otlp_endpoint=collected.url,
                sync_deadline_s=300,
            )
        )
        client = create_app(house.settings, house).test_client()
        headers = {**TRACEPARENT, "Authorization": f"Bearer {SECRET}"}
        body = {"text": articles["ar"], "title": "عنوان سري", "lengths": ["short"]}
        assert client.post("/v1/articles", json=body, headers=headers).status_code == 200
        body = {"text": articles["en"], "lengths": ["short"]}
        job = client.post(
            "/v1/articles", json=body, headers={**headers, "Prefer": "respond-async"}
        ).headers["Location"]
        until(lambda: client.get(job).json["state"] == "done", 180)
        assert client.get("/v1/articles/" + "0" * 64).status_code == 404
        assert client.open("/nope", method="FOOBAR").status_code == 404
        patch.setattr(House, "check_ready", lambda _: int(UNSAYABLE))
        assert client.get("/health/ready").status_code == 500
        house.close(10)  # sends what is left
    root.handlers = handlers
    collected.log = stream.getvalue()
    return collected


def test_a_request_is_a_span_of_the_callers_trace_with_its_stages_below(walked):
    (span,) = [
        each
        for each in walked.named("POST /v1/articles")
        if attributes(each)["http.response.status_code"] == 200
    ]
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, CALLER)
    assert span.kind == span.SPAN_KIND_SERVER
    assert attributes(span) == {
        "http.request.method": "POST",
        "http.route": "/v1/articles",
        "http.response.status_code": 200,
    }
    stages = walked.below(span)
    assert set(stages) == {"lookup", "intake", "translate", "check", "summarize"}
    assert stages.count("check") == 2
    assert walked.paths == {"/v1/traces"}


def test_a_job_goes_on_with_the_trace_of_its_request(walked):
    (ordered,) = [
        each
        for each in walked.named("POST /v1/articles")
        if attributes(each)["http.response.status_code"] == 202
    ]
    (job,) = walked.named("job")
    assert (job.trace_id.hex(), job.parent_span_id) == (TRACE, ordered.span_id)
    assert {"intake", "translate", "summarize"} <= set(walked.below(job))


def test_problems_and_faults_say_their_code_and_no_more(walked):
    (missing,) = walked.named("GET /v1/articles/<article_id>")
    assert attributes(missing)["error.type"] == "not_found"
    (fault,) = walked.named("GET /health/ready")
    assert attributes(fault)["error.type"] == "internal"
    assert fault.status.code == fault.status.STATUS_CODE_ERROR
    assert (fault.status.message, list(fault.events)) == ("", [])
    (none,) = walked.named("_OTHER (none)")
    assert attributes(none)["http.request.method"] == "_OTHER"


def test_nothing_of_an_article_a_key_or_an_address_is_sent(walked, articles):
    sent = b"".join(walked.bodies)
    words = [word for text in articles.values() for word in text.split() if len(word) > 6]
    assert len(words) > 30
    for secret in (*words, "سري", "سرية", SECRET, "127.0.0.1"):
        assert secret.encode() not in sent, secret


def test_log_lines_say_the_trace(walked):
    lines = [json.loads(line) for line in walked.log.splitlines()]
    told = [line for line in lines if line.get("route") == "/v1/articles"]
    assert {line["trace_id"] for line in told} == {TRACE}
    assert "سرية" not in walked.log


def test_a_traceparent_that_is_none_begins_a_trace_of_our_own(tmp_path):
    with collector() as collected:
        house = House(Settings(data_dir=tmp_path, otlp_endpoint=collected.url + "/v1/traces/"))
        client = create_app(house.settings, house).test_client()
        client.get("/health/live", headers={"traceparent": "00-كلمة-x-01"})
        house.close()
    (span,) = collected.named("GET /health/live")
    assert span.parent_span_id == b""


def test_a_collector_that_is_away_costs_traces_and_nothing_else(tmp_path):
    house = House(Settings(data_dir=tmp_path, otlp_endpoint="http://127.0.0.1:9"))
    client = create_app(house.settings, house).test_client()
    assert client.get("/health/live").status_code == 200
    house.close()


def test_off_nothing_of_opentelemetry_is_imported(tmp_path):
    # redis looks for OpenTelemetry by itself; what traces is another part of it.
    unwanted = ("service.observability.otlp", "opentelemetry.exporter", "opentelemetry.sdk.trace")
    code = (
        f"UNWANTED = {unwanted!r}; import sys; from service import create_app;"
        "from service.settings import Settings;"
        f"from pathlib import Path; app = create_app(Settings(data_dir=Path({str(tmp_path)!r})));"
        "assert app.test_client().get('/health/live').status_code == 200;"
        "print([name for name in sys.modules if name.startswith(UNWANTED)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_missing_packages_stop_the_start_and_name_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(tracing, "_PACKAGES", ("opentelemetry.sdk", "no_such.package"))
    with pytest.raises(ConfigurationError, match=r"requirements-otel\.txt"):
        House(Settings(data_dir=tmp_path, otlp_endpoint="http://127.0.0.1:4318"))
    with pytest.raises(ConfigurationError, match="KHULASA_OTLP_ENDPOINT"):
        Settings(otlp_endpoint="collector:4318")


def test_an_order_carries_its_trace_over_any_queue():
    from service.domain import Article

    order = Order(article=Article(text="خبر"), trace={"traceparent": "x"})
    assert Order.from_json(json.loads(json.dumps(order.to_json()))) == order
    old = {name: value for name, value in order.to_json().items() if name != "trace"}
    assert Order.from_json(old).trace is None
