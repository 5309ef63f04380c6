"""A client of Khulasa in one file, standard library alone: copy it into your CMS.

    client = Khulasa("http://127.0.0.1:8000", key="khu_…")
    digest = client.digest(text=article, title=headline)
    print(digest["summaries"]["ar"]["short"]["text"])

It asks for a job and follows it, so a long article never holds a connection; it comes back when
the service says so (Retry-After) and raises ``Problem`` for everything that a person must see.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any


class Problem(Exception):
    """An error of the service (RFC 9457); ``code`` is stable."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or f"HTTP {status}")
        self.status, self.code = status, problem.get("code", "unreadable")


class Khulasa:
    """A service at ``url``; ``patience_s`` bounds the whole of one call."""

    def __init__(self, url: str, key: str | None = None, patience_s: float = 600) -> None:
        self._url, self._key, self._patience_s = url.rstrip("/"), key, patience_s

    def digest(self, **article: Any) -> dict[str, Any]:
        """The Digest of an article: ``text`` or ``html``, ``title``, ``lengths``, …"""
        end = time.monotonic() + self._patience_s
        answer = self._ask("POST", "/v1/articles", article, end, {"Prefer": "respond-async"})
        while "state" in answer:
            if answer["state"] == "done":
                return self._ask("GET", f"/v1/articles/{answer['article_id']}", None, end)
            if answer["state"] != "queued" and answer["state"] != "running":
                raise Problem(422, answer["problem"] or {"code": answer["state"]})
            time.sleep(0.5)
            answer = self._ask("GET", f"/v1/jobs/{answer['id']}", None, end)
        return answer

    def correct(self, article_id: str, which: str, text: str, by: str) -> dict[str, Any]:
        """Have an editor's words served from now on; ``which`` as in ``summaries.ar.short``."""
        body = {"which": which, "text": text, "by": by}
        end = time.monotonic() + self._patience_s
        return self._ask("POST", f"/v1/articles/{article_id}/feedback", body, end)

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        end: float,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        request = urllib.request.Request(
            self._url + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json", **(headers or {})},
            method=method,
        )
        if self._key:
            request.add_header("Authorization", f"Bearer {self._key}")
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    answer: dict[str, Any] = json.load(response)
                    return answer
            except urllib.error.HTTPError as error:
                wait = float(error.headers.get("Retry-After") or 1)
                if error.code not in {429, 503} or time.monotonic() + wait > end:
                    raise Problem(error.code, _problem(error)) from None
                time.sleep(wait)


def _problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        read = json.load(error)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
