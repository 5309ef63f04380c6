"""A small service with the routes that a comparison uses, answering as the real ones do."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

KEY = "kh_test_key"


class Service:
    """Its quota, its cache and its texts can be turned; it keeps what it was asked."""

    signature = "khulasa|v:test"

    def __init__(self) -> None:
        self.word = "ملخص"
        self.app = Flask(__name__)
        self.quota = 1_000
        self.cached = False
        self.as_job = False
        self.asked: list[dict[str, object]] = []
        self.refused: list[float] = []
        self._polls: dict[str, int] = {}
        self._lock = threading.Lock()
        self.app.before_request(self._guard)
        self.app.add_url_rule("/v1/info", view_func=lambda: {"signature": self.signature})
        self.app.add_url_rule("/v1/articles", view_func=self._post, methods=["POST"])
        self.app.add_url_rule("/v1/articles/<name>", view_func=self._digest)
        self.app.add_url_rule("/v1/jobs/<name>", view_func=self._job)

    def _guard(self) -> Response | None:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return self._problem(401, "unauthenticated", "An API key is needed")
        return None

    def _post(self) -> Response:
        with self._lock:
            if self.quota <= 0:
                self.quota = 2
                self.refused.append(time.monotonic())
                response = self._problem(429, "quota_exceeded", "The quota is used up")
                response.headers["Retry-After"] = "1"
                return response
            self.quota -= 1
            body = request.get_json()
            self.asked.append(body)
        if "قصير" in body["text"]:
            return self._problem(422, "too_short", "Nothing to summarize")
        name = body["text"].split()[-1].strip(".")
        if self.as_job:
            response = jsonify(state="queued")
            response.status_code = 202
            response.headers |= {"Location": f"/v1/jobs/{name}", "Retry-After": "0"}
            return response
        return self._digest(name)

    def _job(self, name: str) -> Response:
        polls = self._polls[name] = self._polls.get(name, 0) + 1
        state = "running" if polls < 3 else "failed" if name == "5" else "done"
        problem = {"code": "engine_failed", "detail": "it broke"} if state == "failed" else None
        response = jsonify(state=state, article_id=name, problem=problem)
        response.headers["Retry-After"] = "0"
        return response

    def _digest(self, name: str) -> Response:
        return jsonify(
            translation={"text": f"Article {name}."},
            summaries={"ar": {"short": {"text": f"{self.word} {name}"}}},
            flags=[
                {"code": "draft_translation", "severity": "warning"},
                {"code": "final_punctuation", "severity": "info"},
            ],
            signature=self.signature,
            cached=self.cached,
        )

    @staticmethod
    def _problem(status: int, code: str, detail: str) -> Response:
        response = jsonify(status=status, code=code, detail=detail)
        response.status_code = status
        return response


@contextmanager
def serving(made: Service) -> Iterator[str]:
    """The service on a port of its own; its address."""
    server = make_server("127.0.0.1", 0, made.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
