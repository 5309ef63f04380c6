"""The house over a corridor that counts: what is read, what is worked on, what is said of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service import codec, glossary
from service.domain import Article
from service.errors import DeadlineExceeded, NotFound, QueueFull, TooShort
from service.house import House
from service.jobs.protocol import Order
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run
from service.settings import Settings
from service.text.normalize import clean_unicode
from tests.builders import digest, document
from tests.services import redis_server, until

ARABIC = Article(text="باع المصنع 15 محطة في مايو.")
ENGLISH = Article(text="The factory sold 15 stations in May.")


class Corridor:
    """Reads and digests in no time, or when it is let go."""

    signature = "khulasa:0|corridor"
    key, signed = Pipeline.key, Pipeline.signed

    def __init__(self, held=False):
        self.reads, self.walks = [], []
        self.begun, self.let_go = threading.Event(), threading.Event()
        if not held:
            self.let_go.set()

    def read(self, article):
        self.reads.append(article)
        if not article.text.strip():
            raise TooShort("no words", words=0)
        language = "ar" if article.text[0] > "z" else "en"
        return document([clean_unicode(article.text)], language, article.title)

    def digest(self, document, article, run, known, chosen):
        self.walks.append(article)
        self.begun.set()
        assert self.let_go.wait(60)
        pair = (document.text, known[0].text if known else "translated")
        key = self.key(document, article, known, chosen)
        made = digest([pair], language=document.language.code)
        return replace(made, id=key, signature=self.signed(chosen))


class Warm(Corridor):
    """Has engines to be warmed up."""

    @property
    def engines(self):
        return self

    def warm_up(self):
        pass


def furnish(folder, corridor, **settings):
    house = House(Settings(data_dir=folder, **settings))
    house._pipelines["embedded"] = corridor
    return house


@pytest.fixture
def corridor():
    return Corridor()


@pytest.fixture
def house(tmp_path, corridor):
    house = furnish(tmp_path, corridor)
    yield house
    house.close()


def ask(house, article):
    return house.digest(article, Run())


@pytest.mark.parametrize("article", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_a_new_article_is_read_once_and_one_that_was_asked_before_not_at_all(
    house, corridor, article
):
    question = house.ask(article, Run())
    assert house.recall(question) is None
    first = house.answer(question)
    assert corridor.reads == [article]
    second = ask(house, article)
    assert corridor.reads == [article] == corridor.walks
    assert (first.cached, second.cached) == (False, True)
    assert (first.id, first.stored, first.tag) == (second.id, second.stored, second.tag)


def test_the_timings_of_a_walk_tell_what_reading_took(house):
    run = Run()
    house.digest(ARABIC, run)
    assert "intake" in run.timings_ms


def test_bad_input_is_refused_every_time(house, corridor):
    for _ in range(2):
        with pytest.raises(TooShort):
            ask(house, Article(text=" "))
    assert len(corridor.reads) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"title": "عنوان"},
        {"lengths": ("short",)},
        {"language": "ar"},
        {"text": ARABIC.text + " تم."},
    ],
)
def test_whatever_is_asked_otherwise_is_another_question(house, corridor, change):
    ask(house, ARABIC)
    ask(house, replace(ARABIC, **change))
    assert len(corridor.reads) == 2


def test_a_lone_surrogate_can_be_asked_about(house):
    assert ask(house, Article(text="\ud800 text")).cached is False
    assert ask(house, Article(text="\ud800 text")).cached is True


def test_who_waits_for_anothers_walk_caused_no_work(tmp_path):
    corridor = Corridor(held=True)
    house = furnish(tmp_path, corridor)
    with ThreadPoolExecutor(3) as pool:
        leader = pool.submit(ask, house, ARABIC)
        assert corridor.begun.wait(60)
        followers = [pool.submit(ask, house, ARABIC) for _ in range(2)]
        until(lambda: len(corridor.reads) == 3)
        corridor.let_go.set()
        assert leader.result(60).cached is False
        assert [follower.result(60).cached for follower in followers] == [True, True]
    assert len(corridor.walks) == 1
    house.close()


def test_who_asks_after_one_that_gave_up_did_the_work(tmp_path):
    house = furnish(tmp_path, Corridor(), working=1)
    question = house.ask(ARABIC, Run())
    assert house.recall(question) is None  # read, so that only the walk is given up
    with house._gate.enter(Run()), pytest.raises(DeadlineExceeded):
        question.run.deadline = 0.0
        house.answer(question)
    assert ask(house, ARABIC).cached is False
    house.close()


@pytest.mark.redis
@pytest.mark.usefixtures("unhurried_redis")
def test_what_another_machine_made_caused_no_work_here(tmp_path):
    with redis_server(tmp_path) as redis:
        far, near = Corridor(held=True), Corridor()
        houses = [
            furnish(tmp_path / name, corridor, cache_url=redis.url)
            for name, corridor in (("far", far), ("near", near))
        ]
        with ThreadPoolExecutor(2) as pool:
            there = pool.submit(ask, houses[0], ENGLISH)
            assert far.begun.wait(60)
            here = pool.submit(ask, houses[1], ENGLISH)
            until(lambda: near.reads)
            far.let_go.set()
            assert (there.result(60).cached, here.result(60).cached) == (False, True)
        assert near.walks == []
        later = ask(houses[1], ENGLISH)
        assert (later.cached, later.stored) == (True, there.result().stored)
        for house in houses:
            house.close()


def test_hits_and_misses_are_counted_once_a_question(house):
    for article in (ARABIC, ARABIC, ENGLISH):
        ask(house, article)
    shown = house.metrics.expose().decode()
    assert 'khulasa_cache_total{outcome="hit"} 1.0' in shown
    assert 'khulasa_cache_total{outcome="miss"} 2.0' in shown


def test_another_process_that_deletes_is_heard_at_once(house, tmp_path, corridor):
    made = ask(house, ARABIC)
    other = furnish(tmp_path, Corridor())
    other.forget(made.id)
    assert ask(house, ARABIC).cached is False
    assert len(corridor.walks) == 2
    other.close()


def test_another_process_that_replaces_is_heard_at_once(house, tmp_path):
    made = ask(house, ARABIC)
    assert house.find(made.id).stored == made.stored
    other = furnish(tmp_path, Corridor())
    other.cache.put(made.id, made.stored.replace(b"translated", b"made again"))
    assert b"made again" in house.find(made.id).stored
    assert house.find(made.id).tag != made.tag
    other.close()


def test_another_process_that_corrects_is_heard_at_once(house, tmp_path, corridor):
    made = ask(house, ARABIC)
    other = furnish(tmp_path, Corridor())
    seen = house.find(made.id)
    right = "The plant sold 15 stations in May."
    other.desk.correct(codec.decode(seen.stored), "translation.sentences.0", right, "سلمى", None)
    assert right.encode() in house.find(made.id).stored
    again = ask(house, ARABIC)  # an approved pair is part of what is asked: another Digest
    assert (again.id == made.id, again.cached) == (False, False)
    assert right.encode() in again.stored
    assert len(corridor.reads) == 2
    assert ask(house, ARABIC).cached is True
    other.close()


def test_another_process_that_changes_the_glossary_is_heard_at_once(tmp_path):
    house = furnish(tmp_path, Corridor(), glossary="politics")
    other = furnish(tmp_path, Corridor())
    ids = []
    for english in ("Elon Musk", "E. Musk"):
        tsv = f"ar\ten\tkind\nإيلون ماسك\t{english}\tperson\n"
        other.glossaries.put("politics", glossary.read(tsv, "tsv"), "سلمى")
        ids.append(ask(house, ARABIC).id)
    assert len(set(ids)) == 2
    house.close()
    other.close()


def test_a_request_can_go_without_the_houses_glossary(tmp_path):
    house = furnish(tmp_path, Corridor(), glossary="starter")
    theirs, none, named = (
        codec.decode(ask(house, replace(ARABIC, glossary=name)).stored)
        for name in (None, "", "starter")
    )
    assert theirs.id == named.id != none.id
    assert theirs.signature == house.signature()
    assert theirs.signature.startswith("khulasa:0|corridor|glossary:starter@")
    assert none.signature == "khulasa:0|corridor"
    house.close()


def test_a_glossary_that_is_not_there_yet_is_missed_when_an_article_comes(tmp_path):
    house = furnish(tmp_path, Corridor(), glossary="politics")
    assert house.signature() == "khulasa:0|corridor"
    with pytest.raises(NotFound, match="politics"):
        ask(house, ARABIC)
    house.close()


def test_a_job_that_was_taken_waits_where_an_article_would_be_refused(tmp_path):
    corridor = Corridor(held=True)
    house = furnish(tmp_path, corridor, working=1, waiting=0)
    with ThreadPoolExecutor(2) as pool:
        pool.submit(ask, house, ARABIC)
        assert corridor.begun.wait(5)
        with pytest.raises(QueueFull):
            ask(house, ENGLISH)
        job = pool.submit(house.perform, Order(article=ENGLISH), Run())
        until(lambda: house._gate.depth == 1 or job.done())
        corridor.let_go.set()
        assert len(job.result(5)) == 64
    house.close()


def test_what_the_cache_has_evicted_can_still_be_taken_off_the_list(house):
    made = ask(house, ARABIC)
    house.cache.delete(made.id)
    house.forget(made.id)
    assert house.history.find() == []
    with pytest.raises(NotFound):
        house.forget(made.id)


@pytest.mark.parametrize("desk", ["akhbar", "politics"])
def test_a_house_whose_desk_has_no_glossary_yet_opens_and_says_so(tmp_path, caplog, desk):
    house = furnish(tmp_path, Warm(), glossary=desk)
    house.warm_up()
    house.check_ready()
    assert f"KHULASA_GLOSSARY names {desk!r}" in caplog.text
    caplog.clear()
    house.glossaries.put(desk, glossary.starter(), "سلمى")
    house.warm_up()
    assert caplog.text == ""
    house.close()
