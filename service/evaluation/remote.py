"""A running Khulasa as a system: over HTTP, with a key, within its limits.

Whatever the service says about time is obeyed: ``Retry-After`` with 429 and 503, and with the 202
of work that became a job, which is then asked for until it ends.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urljoin

import urllib3

from service.errors import RemoteFailed, RemoteRefused
from service.evaluation.sets import Article, Output, parts_of_digest

# Refusals that concern the one article: it failed, the next one may not.
_ARTICLE_REFUSED = frozenset({400, 413, 415, 422, 500, 504})
_POLL_S = 1.0


@dataclass(frozen=True, slots=True)
class Remote:
    """A service at ``url``; thread-safe.

    Attributes:
        key: an API key, sent as a bearer token.
        timeout_s: how long one answer may take, and how long one job may.
        retries: how often "not now" (429, 502, 503) is taken for an answer and tried again.
    """

    url: str
    key: str | None = None
    timeout_s: float = 600.0
    retries: int = 10
    _http: urllib3.PoolManager = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        retry = urllib3.Retry(
            total=None,
            connect=2,
            read=1,  # an answer that takes for ever is not waited for ten times
            redirect=3,
            status=self.retries,
            status_forcelist=(429, 502, 503),
            allowed_methods=None,  # POST as well: the same article has the same id
            backoff_factor=0.5,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        timeout = urllib3.Timeout(connect=10.0, read=self.timeout_s)
        pool = urllib3.PoolManager(maxsize=32, block=True, retries=retry, timeout=timeout)
        object.__setattr__(self, "_http", pool)

    @property
    def name(self) -> str:
        """The address."""
        return self.url

    def signature(self) -> str:
        """What GET /v1/info says.

        Raises:
            RemoteFailed: nothing there answers like Khulasa.
        """
        signature = self._json(self._request("GET", "/v1/info")).get("signature")
        if not isinstance(signature, str):
            raise RemoteFailed(f"{self.url}/v1/info has no signature: is it Khulasa?")
        return signature

    def make(self, article: Article) -> Output:
        """POST the article; wall time is taken unless the service's cache answered.

        Raises:
            RemoteFailed: no article would fare better: no answer, no access, no room.
        """
        body = {"text": article.text, "title": article.title, "language": article.language}
        start = time.perf_counter()
        try:
            digest = self.digest(body)
        except RemoteRefused as refusal:
            return Output(article.id, {}, "", error=str(refusal))
        seconds = time.perf_counter() - start
        return Output(
            article.id,
            parts_of_digest(digest, self.url),
            signature=str(digest.get("signature", "")),
            seconds=None if digest.get("cached") else round(seconds, 3),
        )

    def digest(self, body: dict[str, Any]) -> dict[str, Any]:
        """The JSON of the Digest for a request's body, however long it takes.

        Raises:
            RemoteRefused: the service will not or cannot work on this one.
            RemoteFailed: as ``make``.
        """
        response = self._request("POST", "/v1/articles", json=body)
        if response.status == 202:
            response = self._finished(response)
        return self._json(response)

    def _finished(self, accepted: urllib3.BaseHTTPResponse) -> urllib3.BaseHTTPResponse:
        """The article's answer once its job is done."""
        deadline = time.monotonic() + self.timeout_s
        job = accepted
        address = str(accepted.headers.get("Location", ""))
        while time.monotonic() < deadline:
            time.sleep(float(job.headers.get("Retry-After", _POLL_S)))
            job = self._request("GET", address)
            facts = self._json(job)
            if facts.get("state") == "done":
                return self._request("GET", f"/v1/articles/{facts['article_id']}")
            if facts.get("state") in {"failed", "cancelled"}:
                problem = facts.get("problem") or {}
                raise RemoteRefused(f"{facts['state']}: {problem.get('detail', '')}")
        raise RemoteRefused(f"the job did not end within {self.timeout_s:.0f} s")

    def _request(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = urljoin(self.url.rstrip("/") + "/", path.lstrip("/"))
        try:
            response = self._http.request(method, address, headers=headers, **options)
        except urllib3.exceptions.HTTPError as error:
            raise RemoteFailed(f"{self.url} does not answer: {error}") from error
        if response.status >= 400:
            raise self._refusal(response)
        return response

    def _refusal(self, response: urllib3.BaseHTTPResponse) -> RemoteFailed:
        problem = self._problem(response)
        said = f"{problem.get('code', response.status)}: {problem.get('detail', response.reason)}"
        if response.status in _ARTICLE_REFUSED:
            return RemoteRefused(said)
        return RemoteFailed(f"{self.url} answers {response.status}, {said}")

    @staticmethod
    def _problem(response: urllib3.BaseHTTPResponse) -> dict[str, Any]:
        try:
            problem = response.json()
        except ValueError:
            return {}
        return problem if isinstance(problem, dict) else {}

    def _json(self, response: urllib3.BaseHTTPResponse) -> dict[str, Any]:
        try:
            body = response.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise RemoteFailed(f"{self.url} does not answer JSON: is it Khulasa?")
        return cast("dict[str, Any]", body)
