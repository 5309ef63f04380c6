from dataclasses import replace

import pytest

from service.history import History
from tests.builders import digest


@pytest.fixture
def history(tmp_path):
    history = History(tmp_path / "history.sqlite")
    yield history
    history.close()


def made(number, source="قال الوزير إن الأسعار ارتفعت.", target="Prices rose.", **facts):
    return replace(digest(((source, target),), **facts), id=f"{number:064x}")


def ids(entries):
    return [int(entry.id, 16) for entry in entries]


def test_the_newest_is_on_top_and_what_is_read_again_moves_up(history):
    for number in (1, 2, 3, 1):
        history.add(made(number))
    assert ids(history.find()) == [1, 3, 2]


def test_without_a_headline_the_first_words_stand_for_it(history):
    history.add(made(1, source="كلمة " * 30))
    assert history.find()[0].title == " ".join(["كلمة"] * 14) + "…"


def test_headlines_are_found_in_either_language_and_any_spelling(history):
    history.add(made(1, title="أسعارُ النّفط", title_translation="Oil prices"))
    history.add(made(2, title="مدرسة القرية", title_translation="The village school"))
    for query in ("اسعار", "النفط أسعار", "OIL", "prices oil", "أســعار"):
        assert ids(history.find(query)) == [1]
    assert ids(history.find("مدرسه")) == [2]
    assert history.find("oil school") == []


def test_a_query_is_words_and_no_pattern(history):
    history.add(made(1, title="100% sure", title_translation="x_y"))
    assert history.find("%") != []
    assert history.find("_z") == []
    assert history.find("'; DROP TABLE articles; --") == []


def test_pages_follow_each_other(history):
    for number in range(5):
        history.add(made(number))
    first = history.find(limit=2)
    assert ids(history.find(limit=2, before=first[-1].id)) == [2, 1]


def test_what_is_removed_is_gone(history):
    history.add(made(1))
    history.remove(f"{1:064x}")
    assert history.find() == []


def test_the_oldest_make_room(history, monkeypatch):
    monkeypatch.setattr("service.history.MAX_ROWS", 2)
    for number in range(4):
        history.add(made(number))
    assert ids(history.find()) == [3, 2]


def test_a_full_disk_costs_the_row_and_no_answer(history, caplog):
    history._db.execute("PRAGMA query_only = ON")
    history.add(made(1))
    assert "cannot be written" in caplog.text
    history._db.execute("PRAGMA query_only = OFF")
    assert history.find() == []


def test_removing_tells_whether_it_was_there(history):
    history.add(made(1))
    assert history.remove(f"{1:064x}")
    assert not history.remove(f"{1:064x}")


@pytest.mark.parametrize("word", ["كلمة", "word"])
def test_a_query_of_many_words_is_answered(history, word):
    history.add(made(1, title="كلمة word0", title_translation="word0 كلمة0"))
    assert ids(history.find(f"{word} " * 1500)) == [1]
    assert history.find(" ".join(f"{word}{number}" for number in range(1500))) == []
