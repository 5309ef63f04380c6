"""Batches across requests: one translator, many requests, nobody starved.

A dispatcher thread fills each batch from all waiting requests in turn, one text of each, so that
an article of ten thousand words slows a short one by a batch or two and not by itself. It waits
at most 10 ms for company, and only when the model has nothing to do anyway.

A batch is made of texts of equal direction and decoding (hence of one length class: see
``batching``), and int8 outputs do not depend on the company, so an answer is the same bytes
whoever else was served (docs/performance.md tells how that was measured).

Longer than the house's 250 lines: the dispatcher, its requests and their hand-over share one lock
and one set of invariants, which would be harder to follow across files.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from service.domain import Language
from service.engines.batching import BATCH_TOKENS, Order, batches, fits
from service.engines.protocol import Decoding, Generated, Translator
from service.errors import Draining, EngineFailed, KhulasaError

log = logging.getLogger(__name__)

#: How long an idle model waits for a second request before it starts on the first.
COMPANY_S = 0.010
#: How long a dispatcher without work stays; the next request starts a new one.
IDLE_S = 30.0
#: How often a waiting request looks whether its client is still there.
CHECK_S = 0.050

Kind = tuple[Language, Language, Decoding]
Outcome = list[tuple[int, Generated]] | KhulasaError


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    """A request's waiting texts by kind, and where its outputs go."""

    order: Order
    waiting: dict[Kind, deque[int]]
    outcomes: queue.SimpleQueue[Outcome] = field(default_factory=queue.SimpleQueue)

    @classmethod
    def of(cls, order: Order) -> _Request:
        waiting: dict[Kind, deque[int]] = {}
        for index in sorted(range(len(order.texts)), key=lambda i: order.tokens[i]):
            kind = (order.source, order.target, order.decodings[index])
            waiting.setdefault(kind, deque()).append(index)
        return cls(order, waiting)

    def next(self, kind: Kind) -> int | None:
        """The next text of that kind, which stays in line."""
        line = self.waiting.get(kind)
        return line[0] if line else None

    def take(self, kind: Kind) -> int:
        """The next text of that kind; the request forgets it."""
        line = self.waiting[kind]
        index = line.popleft()
        if not line:
            del self.waiting[kind]
        return index


@dataclass(frozen=True, slots=True)
class _Batch:
    kind: Kind
    items: list[tuple[_Request, int]]

    @property
    def texts(self) -> list[str]:
        return [request.order.texts[index] for request, index in self.items]


class BatchingTranslator:
    """A ``Translator`` that lets concurrent requests share the batches of another one.

    Args:
        translator: does the work; called by the dispatcher threads only.
        budget: the most tokens of a batch, padding included.
        workers: batches at once; as many as the engine runs (its ``inter_threads``).
        observe: told of each batch's number of texts and of requests.
    """

    def __init__(
        self,
        translator: Translator,
        *,
        budget: int = BATCH_TOKENS,
        workers: int = 1,
        observe: Callable[[int, int], None] = lambda _texts, _requests: None,
    ) -> None:
        self._translator = translator
        self._budget = budget
        self._observe = observe
        self._lock = threading.Condition()
        self._requests: deque[_Request] = deque()
        self._closed = False
        self._workers = workers
        self._threads: set[threading.Thread] = set()

    def max_source_tokens(self) -> int:
        """The inner translator's limit."""
        return self._translator.max_source_tokens()

    def count_tokens(self, text: str, source: Language) -> int:
        """The inner translator's count."""
        return self._translator.count_tokens(text, source)

    def translate(
        self,
        texts: Sequence[str],
        source: Language,
        target: Language,
        decoding: Decoding | None = None,
    ) -> list[Generated]:
        """Translate the texts among those of other callers; blocks until all are there."""
        tokens = [self.count_tokens(text, source) for text in texts]
        order = Order(texts, tokens, [decoding or Decoding()] * len(texts), source, target)
        outputs = {i: out for part in self.stream(order, lambda: None) for i, out in part}
        return [outputs[index] for index in range(len(texts))]

    def stream(
        self, order: Order, check: Callable[[], None]
    ) -> Iterator[list[tuple[int, Generated]]]:
        """Yield (index, output) as batches end; leaves the queue as soon as ``check`` raises.

        Raises:
            Draining: the translator was closed.
            EngineFailed: the model broke on one of the texts.
        """
        request = _Request.of(order)
        left = len(order.texts)
        self._enter(request)
        try:
            while left:
                check()
                try:
                    outcome = request.outcomes.get(timeout=CHECK_S)
                except queue.Empty:
                    continue
                if isinstance(outcome, KhulasaError):
                    raise outcome
                left -= len(outcome)
                yield outcome
        finally:
            self._leave(request)

    def waiting(self) -> int:
        """Texts that wait for a batch at this moment."""
        with self._lock:
            return sum(len(line) for r in self._requests for line in r.waiting.values())

    def close(self) -> None:
        """End the dispatchers after the batches that run; whoever waits gets ``Draining``."""
        with self._lock:
            self._closed = True
            for request in self._requests:
                request.outcomes.put(Draining())
            self._requests.clear()
            self._lock.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _enter(self, request: _Request) -> None:
        with self._lock:
            if self._closed:
                raise Draining
            if not request.waiting:
                return
            self._requests.append(request)
            self._lock.notify()
            if len(self._threads) < self._workers:
                thread = threading.Thread(target=self._dispatch, name="batches", daemon=True)
                self._threads.add(thread)
                thread.start()

    def _leave(self, request: _Request) -> None:
        with self._lock:
            if request in self._requests:
                self._requests.remove(request)

    def _dispatch(self) -> None:
        busy = False
        while True:
            with self._lock:
                if not self._requests:
                    busy = False
                    self._lock.wait_for(lambda: self._requests or self._closed, IDLE_S)
                if not self._requests:
                    self._threads.discard(threading.current_thread())
                    return
                if not busy:
                    self._await_company()
                    busy = True
                batch = self._next_batch()
            if batch is not None:
                self._run(batch)

    def _await_company(self) -> None:
        end = time.monotonic() + COMPANY_S
        while not self._closed and (rest := end - time.monotonic()) > 0:
            self._lock.wait(rest)

    def _next_batch(self) -> _Batch | None:
        """The kind that the first request in turn wants, filled from all, one text at a time."""
        if not self._requests:
            return None
        kind = next(iter(self._requests[0].waiting))
        items: list[tuple[_Request, int]] = []
        longest = 0
        turn = deque(self._requests)
        while turn:
            request = turn.popleft()
            index = request.next(kind)
            if index is None:
                continue
            longest = max(longest, request.order.tokens[index])
            if items and not fits(len(items), longest, self._budget):
                break
            items.append((request, request.take(kind)))
            turn.append(request)
        self._requests.rotate(-1)
        for request in {id(request): request for request, _ in items}.values():
            if not request.waiting:
                self._requests.remove(request)
        return _Batch(kind, items)

    def _run(self, batch: _Batch) -> None:
        requests = {id(request): request for request, _ in batch.items}
        self._observe(len(batch.items), len(requests))
        outputs = self._outputs(batch)
        if isinstance(outputs, KhulasaError) and len(requests) > 1:
            # One text broke it, and the other requests are not to blame: each on its own.
            for key in requests:
                self._run(_Batch(batch.kind, [i for i in batch.items if id(i[0]) == key]))
        elif isinstance(outputs, KhulasaError):
            batch.items[0][0].outcomes.put(outputs)
        else:
            parts: dict[int, list[tuple[int, Generated]]] = {key: [] for key in requests}
            for (request, index), output in zip(batch.items, outputs, strict=True):
                parts[id(request)].append((index, output))
            for key, part in parts.items():
                requests[key].outcomes.put(part)

    def _outputs(self, batch: _Batch) -> list[Generated] | KhulasaError:
        """What the model wrote or why not; whatever happens, a dispatcher lives on."""
        try:
            return self._translator.translate(batch.texts, *batch.kind)
        except KhulasaError as error:
            return error
        except Exception as error:
            log.exception("the translator broke on a batch of %d", len(batch.items))
            return EngineFailed(f"the model broke: {type(error).__name__}")


def stream(
    translator: Translator, order: Order, check: Callable[[], None]
) -> Iterator[list[tuple[int, Generated]]]:
    """Translate in batches, yielding (index, output) of each; ``check`` may end it between.

    A translator that shares its batches between requests is left to do it its own way.
    """
    if isinstance(translator, BatchingTranslator):
        yield from translator.stream(order, check)
        return
    for batch in batches(order.tokens):
        check()
        outputs = translator.translate(
            [order.texts[index] for index in batch],
            order.source,
            order.target,
            order.decodings[batch[0]],
        )
        yield list(zip(batch, outputs, strict=True))
