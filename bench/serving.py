"""How the service holds up: a real process on this machine, asked over loopback.

    python -m bench.serving [cold|hits|length|overload|memory …]

    cold      articles a minute that the cache has not, at 1, 8 and 32 clients, with p50, p95, p99
    hits      cached Digests with wrk (Debian's package), asked by id and posted again, over 4 and 8
              connections: requests a second, p50, p99, processor time a request
    length    an article 1× to 32× as long: seconds a sentence, and how straight the line is
    overload  ten times more clients than there is room for, 60 s: what was answered and how, and
              how long /health/ready took meanwhile
    memory    resident memory over 2,000 articles of three sentences

Every article is made unlike the others by a number in its first sentence, so that none is cached.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from service.pipeline.segment import split
from tests.server import Server, _children

SAMPLES = Path(__file__).resolve().parent.parent / "seeds" / "samples.jsonl"
SECONDS = 60


@dataclass(frozen=True)
class Reply:
    """One request's outcome."""

    status: int
    seconds: float
    body: Any = None
    retry_after: str | None = None


def stories(sentences: int | None = None) -> Iterator[str]:
    """Articles without end, no two alike, Arabic and English in turn; cut to so many sentences."""
    articles = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    texts = [
        " ".join(s.text for s in split(article["clean_text"], article["lang"])[:sentences])
        if sentences
        else article["clean_text"]
        for article in articles
    ]
    for number, text in zip(itertools.count(), itertools.cycle(texts), strict=False):
        first, _, rest = text.partition(" ")
        yield f"{first} ({number}) {rest}"


def ask(url: str, text: str) -> Reply:
    """Post one article and wait for the answer."""
    started = time.perf_counter()
    response = requests.post(f"{url}/v1/articles", json={"text": text}, timeout=300)
    spent = time.perf_counter() - started
    return Reply(response.status_code, spent, response.json(), response.headers.get("Retry-After"))


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def hammer(url: str, clients: int, seconds: float) -> list[Reply]:
    """As many clients as said, each asking again as soon as it is answered."""
    source, guard, end = stories(), threading.Lock(), time.monotonic() + seconds

    def client(_: int) -> list[Reply]:
        replies = []
        while time.monotonic() < end:
            with guard:
                text = next(source)
            replies.append(ask(url, text))
            if replies[-1].status == 503:
                time.sleep(min(float(replies[-1].retry_after or 1), 1.0))
        return replies

    with ThreadPoolExecutor(clients) as pool:
        return [reply for replies in pool.map(client, range(clients)) for reply in replies]


@contextmanager
def fresh(**settings: object) -> Iterator[Server]:
    """A process over an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), **settings)
        server.start(120)
        try:
            yield server
        finally:
            server.stop()


def cold() -> None:
    """Articles a minute at 1, 8 and 32 clients."""
    for clients in (1, 8, 32):
        with fresh() as server:
            started = time.monotonic()
            replies = hammer(server.url, clients, SECONDS)
            spent = time.monotonic() - started
        good = [reply.seconds for reply in replies if reply.status == 200]
        told = " ".join(f"p{int(s * 100)} {percentile(good, s):.2f} s" for s in (0.5, 0.95, 0.99))
        print(f"{clients:>2} clients: {60 * len(good) / spent:.0f} articles a minute, {told}")


def hits() -> None:
    """Cached Digests under wrk, at the log level that ships; each measure after a warm-up."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt-get install wrk")
    with fresh(log_level="INFO") as server, tempfile.TemporaryDirectory() as folder:
        text = next(stories())
        article = ask(server.url, text).body["id"]
        (worker,) = _children(server.process.pid)
        script = Path(folder) / "post.lua"
        script.write_text(
            'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
            f"wrk.body = [==[{json.dumps({'text': text}, ensure_ascii=False)}]==]\n",
            encoding="utf-8",
        )
        asked = {
            "GET": [f"{server.url}/v1/articles/{article}"],
            "POST": ["-s", str(script), f"{server.url}/v1/articles"],
        }
        for method, arguments in asked.items():
            for connections in (4, 8):
                _wrk(connections, 3, arguments)
                before = _processor_s(worker)
                said = _wrk(connections, 20, arguments)
                spent_ms = 1000 * (_processor_s(worker) - before) / said.requests
                print(
                    f"cached {method}, {connections} connections:"
                    f" {said.requests / 20:.0f} requests a second,"
                    f" p50 {said.p50}, p99 {said.p99}, {spent_ms:.2f} ms of processor time each"
                )


@dataclass(frozen=True)
class _Said:
    requests: int
    p50: str
    p99: str


def _wrk(connections: int, seconds: int, arguments: list[str]) -> _Said:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said and "Socket errors" not in said, said
    facts = [re.search(rf"^\s+{what}\s+(\S+)", said, re.M) for what in ("50%", "99%")]
    count = re.search(r"(\d+) requests in", said)
    assert count and all(facts), said
    return _Said(int(count[1]), *(fact[1] for fact in facts if fact))


def _processor_s(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def length() -> None:
    """Seconds a sentence as an article grows."""
    base = next(stories())
    with fresh(sync_deadline_s=300) as server:
        ask(server.url, base)
        costs = []
        for times in (1, 2, 4, 8, 16, 32):
            text = "\n\n".join(f"({times}.{n}) {base} {n}" for n in range(times))
            reply = ask(server.url, text)
            sentences = len(reply.body["sentences"])
            print(
                f"{times:>2}×: {sentences} sentences, {reply.seconds:.2f} s,"
                f" {1000 * reply.seconds / sentences:.1f} ms a sentence"
            )
            costs.append((sentences, reply.seconds))
    fixed, each = line(costs)
    worst = max(abs(fixed + each * n - seconds) / seconds for n, seconds in costs)
    print(f"{fixed:.2f} s and {1000 * each:.1f} ms a sentence; off by {100 * worst:.0f} % at most")


def line(points: list[tuple[int, float]]) -> tuple[float, float]:
    """The straight line (y at 0, slope) with the least squares of relative errors."""
    weights = [1 / y**2 for _, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _) in zip(weights, points, strict=True)) / total
    mean_y = sum(w * y for w, (_, y) in zip(weights, points, strict=True)) / total
    both = [(w, x - mean_x, y - mean_y) for w, (x, y) in zip(weights, points, strict=True)]
    slope = sum(w * x * y for w, x, y in both) / sum(w * x * x for w, x, _ in both)
    return mean_y - slope * mean_x, slope


def overload() -> None:
    """Ten times more clients than there is room for."""
    with fresh(working=2, waiting=4, threads=96) as server:
        with probing(server.url) as probes:
            replies = hammer(server.url, 60, SECONDS)
        ended = time.monotonic()
        while not server.is_ready():
            time.sleep(0.02)
        ready = time.monotonic() - ended
    statuses = Counter(reply.status for reply in replies)
    refused = [reply for reply in replies if reply.status == 503]
    good = [reply for reply in replies if reply.status == 200]
    whole = all(reply.body["summaries"]["en"]["short"]["text"] for reply in good)
    print(f"overload: {dict(statuses)}; every 503 says when: {all(r.retry_after for r in refused)}")
    print(f"          accepted ones complete: {whole}; ready again after {ready:.2f} s")
    told = ", ".join(f"p{int(s * 100)} {1000 * percentile(probes, s):.0f} ms" for s in (0.5, 0.99))
    print(f"          /health/ready asked {len(probes)} times meanwhile: {told}")


# In a process of its own: among sixty clients' threads it would measure their interpreter's lock.
_PROBE = """
import http.client, sys, time
host, seconds = sys.argv[1], []
connection = http.client.HTTPConnection(host)
while True:
    time.sleep(0.1)
    started = time.perf_counter()
    connection.request("GET", "/health/ready")
    connection.getresponse().read()
    print(time.perf_counter() - started, flush=True)
"""


@contextmanager
def probing(url: str) -> Iterator[list[float]]:
    """Ask /health/ready ten times a second as a balancer would; the seconds it took, at the end."""
    took: list[float] = []
    command = [sys.executable, "-c", _PROBE, url.removeprefix("http://")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as probe:
        yield took
        probe.terminate()
        took += map(float, probe.communicate()[0].split())


def memory() -> None:
    """Resident memory while 2,000 articles go through."""
    with fresh() as server, ThreadPoolExecutor(4) as pool:
        (worker,) = _children(server.process.pid)
        source = stories(sentences=3)
        list(pool.map(lambda text: ask(server.url, text), itertools.islice(source, 200)))
        before = _resident(worker)
        list(pool.map(lambda text: ask(server.url, text), itertools.islice(source, 1800)))
        after = _resident(worker)
    print(f"memory: {before:.0f} MB after 200 articles, {after:.0f} MB after 2,000")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1000


PARTS: dict[str, Callable[[], None]] = {
    "cold": cold,
    "hits": hits,
    "length": length,
    "overload": overload,
    "memory": memory,
}


def main() -> None:
    """Run the parts that were named, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
