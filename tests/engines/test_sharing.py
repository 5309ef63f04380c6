import threading

import pytest

from service.engines.batching import Order
from service.engines.protocol import Decoding, Generated
from service.engines.sharing import BatchingTranslator
from service.errors import Cancelled, Draining, EngineFailed
from tests.services import until

PLAIN = Decoding()


class Gated:
    """A Translator that echoes, one batch for each permit, and remembers its batches."""

    def __init__(self, permits=10_000):
        self.permits = threading.Semaphore(permits)
        self.batches = []
        self.broken = {}

    def max_source_tokens(self):
        return 512

    def count_tokens(self, text, source):
        return len(text.split()) + 1

    def translate(self, texts, source, target, decoding=None):
        self.batches.append(list(texts))
        self.permits.acquire()
        for text in texts:
            if text in self.broken:
                raise self.broken[text]
        return [Generated(f"{text} → {target}", 1.0, 1) for text in texts]


@pytest.fixture
def shared():
    made = []

    def make(inner, **options):
        made.append(BatchingTranslator(inner, **options))
        return made[-1]

    yield make
    for translator in made:
        translator._translator.permits.release(10_000)
        translator.close()


def order(texts, decoding=PLAIN):
    return Order(texts, [len(t.split()) + 1 for t in texts], [decoding] * len(texts), "ar", "en")


def in_thread(work):
    """Run ``work`` beside the test; the result or error is the thread's ``outcome``."""

    def run():
        try:
            thread.outcome = work()
        except Exception as error:
            thread.outcome = error

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def asking(translator, texts, source="ar", target="en"):
    return in_thread(lambda: translator.translate(texts, source, target))


@pytest.mark.parametrize("word", ["خبر", "news"])
def test_each_of_many_requests_gets_its_own_outputs_in_order(shared, word):
    translator = shared(Gated(), workers=2)
    asked = [[f"{word} {r} {s} " + "x " * (s % 40) for s in range(30)] for r in range(16)]
    threads = [
        in_thread(lambda texts=texts: translator.translate(texts, "ar", "en")) for texts in asked
    ]
    for texts, thread in zip(asked, threads, strict=True):
        thread.join(60)
        assert [g.text for g in thread.outcome] == [f"{text} → en" for text in texts]


def test_requests_that_wait_share_a_batch(shared):
    inner = Gated(permits=0)
    translator = shared(inner)
    threads = [asking(translator, ["أولى"])]
    until(lambda: inner.batches)
    threads += [
        in_thread(lambda t=t: translator.translate([t], "ar", "en")) for t in ("ثانية", "ثالثة")
    ]
    until(lambda: translator.waiting() == 2)
    inner.permits.release(2)
    for thread in threads:
        thread.join(60)
    assert sorted(inner.batches[1]) == sorted(["ثانية", "ثالثة"])


def test_a_long_article_does_not_starve_a_short_one(shared):
    inner = Gated(permits=0)
    translator = shared(inner, budget=160)  # ten texts a batch
    long = asking(translator, [f"long {i}" for i in range(200)])
    until(lambda: inner.batches)
    short = asking(translator, [f"short {i}" for i in range(5)])
    until(lambda: translator.waiting() == 195)
    inner.permits.release(2)
    short.join(60)
    assert len(short.outcome) == 5, "served within one batch of its arrival"
    assert long.is_alive()
    assert sum(text.startswith("short") for text in inner.batches[1]) == 5
    inner.permits.release(100)
    long.join(60)
    assert len(long.outcome) == 200


def test_other_kinds_of_texts_wait_for_one_batch_not_for_all(shared):
    inner = Gated(permits=0)
    translator = shared(inner, budget=160)
    long = asking(translator, [f"long {i}" for i in range(100)])
    until(lambda: inner.batches)
    other = asking(translator, ["short"], "en", "ar")
    until(lambda: translator.waiting() == 91)
    inner.permits.release(3)
    other.join(60)
    assert [g.text for g in other.outcome] == ["short → ar"]
    assert len(inner.batches) <= 4
    inner.permits.release(100)
    long.join(60)


def test_what_a_client_that_left_still_waited_for_never_reaches_the_model(shared):
    inner = Gated(permits=0)
    translator = shared(inner, budget=160)
    left = threading.Event()

    def check():
        if left.is_set():
            raise Cancelled

    texts = [f"{i}" for i in range(100)]
    thread = in_thread(lambda: list(translator.stream(order(texts), check)))
    until(lambda: inner.batches)
    left.set()
    thread.join(60)
    assert isinstance(thread.outcome, Cancelled)
    assert translator.waiting() == 0
    inner.permits.release(100)
    assert [g.text for g in translator.translate(["بعد"], "ar", "en")] == ["بعد → en"]
    assert inner.batches[1:] == [["بعد"]]


@pytest.mark.parametrize("error", [EngineFailed("too long"), ZeroDivisionError("a bug")])
def test_a_text_that_breaks_the_model_fails_its_own_request_only(shared, error):
    inner = Gated(permits=0)
    inner.broken["سيئة"] = error
    translator = shared(inner)
    first = asking(translator, ["أولى"])
    until(lambda: inner.batches)
    bad = asking(translator, ["سيئة"])
    good = asking(translator, ["حسنة"])
    until(lambda: translator.waiting() == 2)
    inner.permits.release(10)
    for thread in (first, bad, good):
        thread.join(60)
    assert isinstance(bad.outcome, EngineFailed)
    assert [g.text for g in good.outcome] == ["حسنة → en"]


def test_batches_are_of_one_decoding_and_within_the_budget(shared):
    seen = []

    class Watching(Gated):
        def translate(self, texts, source, target, decoding=None):
            seen.append((decoding, len(texts)))
            return super().translate(texts, source, target, decoding)

    translator = shared(Watching(), budget=64)
    decodings = [Decoding(max_tokens=n % 3) for n in range(30)]
    asked = Order([f"{n}" for n in range(30)], [2] * 30, decodings, "ar", "en")
    outputs = dict(pair for part in translator.stream(asked, lambda: None) for pair in part)
    assert [outputs[n].text for n in range(30)] == [f"{n} → en" for n in range(30)]
    assert all(size <= 4 for _, size in seen)
    assert {decoding.max_tokens for decoding, _ in seen} == {0, 1, 2}


def test_closing_tells_who_waits_and_who_comes_later(shared):
    inner = Gated(permits=0)
    translator = shared(inner)
    running = asking(translator, ["أولى"])
    until(lambda: inner.batches)
    waiting = asking(translator, ["ثانية"])
    until(lambda: translator.waiting() == 1)
    closing = in_thread(translator.close)
    waiting.join(60)
    assert isinstance(waiting.outcome, Draining)
    inner.permits.release(1)
    running.join(60)
    closing.join(60)
    assert [g.text for g in running.outcome] == ["أولى → en"]
    with pytest.raises(Draining):
        translator.translate(["ثالثة"], "ar", "en")


def test_nothing_to_translate_is_no_work(shared):
    assert shared(Gated()).translate([], "ar", "en") == []


def test_a_dispatcher_without_work_ends_and_a_new_one_comes_with_the_next_request(
    shared, monkeypatch
):
    monkeypatch.setattr("service.engines.sharing.IDLE_S", 0.01)
    others = set(threading.enumerate())
    translator = shared(Gated())
    for _ in range(3):
        assert [g.text for g in translator.translate(["خبر"], "ar", "en")] == ["خبر → en"]
        until(lambda: "batches" not in {t.name for t in set(threading.enumerate()) - others})
