"""Working through a set: in order, in parallel, and from where it stopped."""

import threading

import pytest

from service.errors import ModelsMissing
from service.evaluation.collect import collect
from service.evaluation.sets import Article, Output
from service.evaluation.store import OutputStore
from service.evaluation.systems import OutputsFile

ARTICLES = [Article(f"a{n}", "ar", f"نص {n}") for n in range(8)]


class Counting:
    """A system that counts its articles and breaks at one of them, if told."""

    name = "counting"

    def __init__(self, breaks_at: str | None = None) -> None:
        self.made: list[str] = []
        self.breaks_at = breaks_at
        self._lock = threading.Lock()

    def signature(self) -> str:
        return "counting|v:1"

    def make(self, article: Article) -> Output:
        if article.id == self.breaks_at:
            raise ModelsMissing("the models went away")
        with self._lock:
            self.made.append(article.id)
        error = "too_short" if article.id == "a2" else None
        parts = {} if error else {"short_ar": f"ملخص {article.id}"}
        return Output(article.id, parts, self.signature(), 0.5, error)


@pytest.fixture
def store(tmp_path) -> OutputStore:
    return OutputStore.open(tmp_path, system="counting", signature="counting|v:1")


@pytest.mark.parametrize("jobs", [1, 4])
def test_outputs_come_in_the_order_of_the_set_and_progress_is_told(jobs):
    told: list[tuple[int, int]] = []
    run = collect(Counting(), ARTICLES, jobs=jobs, watch=lambda *progress: told.append(progress))
    assert list(run.outputs) == [article.id for article in ARTICLES]
    assert told == [(done, 8) for done in range(9)]
    assert [output.article_id for output in run.failed] == ["a2"]


def test_what_was_done_before_the_break_is_not_done_again(store):
    with pytest.raises(ModelsMissing):
        collect(Counting(breaks_at="a5"), ARTICLES, store=store)
    second = Counting()
    run = collect(second, ARTICLES, store=store)
    assert {"a2", "a5"} <= set(second.made)  # a2 failed: it is tried again
    assert not {"a0", "a1", "a3", "a4"} & set(second.made)
    assert run.outputs["a0"] == Output("a0", {"short_ar": "ملخص a0"}, "counting|v:1", 0.5)


def test_another_signature_or_text_is_made_anew(store, tmp_path):
    collect(Counting(), ARTICLES[:1], store=store)
    changed = OutputStore.open(tmp_path, system="counting", signature="counting|v:2")
    assert changed.get(ARTICLES[0]) is None
    assert store.get(Article("a0", "ar", "نص آخر")) is None
    assert store.get(Article("a0", "ar", "نص 0", title="عنوان")) is None
    assert store.get(Article("renamed", "ar", "نص 0")) == Output(
        "renamed", {"short_ar": "ملخص a0"}, "counting|v:1", 0.5
    )


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'"x"', b'{"short_ar": 5}', b"\xff"])
def test_a_damaged_file_is_taken_as_absent(store, damage):
    collect(Counting(), ARTICLES[:1], store=store)
    (kept,) = store.folder.iterdir()
    kept.write_bytes(damage)
    assert store.get(ARTICLES[0]) is None


def test_an_outputs_file_is_a_system(tmp_path):
    path = tmp_path / "made.jsonl"
    path.write_text('{"id": "a0", "short_ar": "ملخص", "signature": "other|v:9"}\n', "utf-8")
    system = OutputsFile.read(path)
    run = collect(system, ARTICLES[:2])
    assert run.outputs["a0"].parts == {"short_ar": "ملخص"}
    assert run.outputs["a1"].error == "not in made.jsonl"
    assert run.signatures == ("other|v:9",)
    assert system.signature().startswith("file:")
