import sqlite3
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cache import SqliteCache


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "cache.sqlite"


@pytest.fixture
def cache(path):
    cache = SqliteCache(path, max_bytes=1000)
    yield cache
    cache.close()


def test_what_was_put_is_there_in_another_process_too(cache, path):
    cache.put("a", "خلاصة".encode())
    other = SqliteCache(path, max_bytes=1000)
    assert other.get("a") == "خلاصة".encode()
    assert other.get("b") is None
    other.close()


def test_delete_tells_whether_it_was_there(cache):
    cache.put("a", b"1")
    assert cache.delete("a")
    assert not cache.delete("a")
    assert cache.get("a") is None


def test_the_least_recently_used_goes_first(cache):
    for key in "abc":
        cache.put(key, key.encode() * 300)
    cache.get("a")
    cache.put("d", b"d" * 300)
    assert cache.get("b") is None
    assert cache.get("a") and cache.get("c") and cache.get("d")
    assert cache.size() == 900


def test_a_clock_set_back_an_hour_evicts_the_oldest_all_the_same(path, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 7200.0)
    cache = SqliteCache(path, max_bytes=1000)
    for key in "ab":
        cache.put(key, key.encode() * 300)
    cache.close()
    monkeypatch.setattr(time, "time", lambda: 3600.0)
    again = SqliteCache(path, max_bytes=1000)
    for key in "cd":
        again.put(key, key.encode() * 300)
    assert [key for key in "abcd" if again.get(key)] == ["b", "c", "d"]
    again.put("e", b"e" * 300)
    assert [key for key in "bcde" if again.get(key)] == ["c", "d", "e"]
    again.close()


def test_a_value_larger_than_the_cache_evicts_nothing(cache):
    cache.put("a", b"1")
    cache.put("huge", b"x" * 1001)
    assert cache.get("huge") is None
    assert cache.get("a") == b"1"


def test_a_flipped_byte_is_a_miss_not_an_answer(cache, path):
    cache.put("a", b"the right answer")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET value = ? WHERE key = 'a'", (b"the wrong answer",))
    db.close()
    assert cache.get("a") is None
    cache.put("a", b"again")
    assert cache.get("a") == b"again"


@pytest.mark.parametrize("damage", [b"not a database at all" * 500, b"\x00" * 4096])
def test_a_corrupt_file_is_set_aside_and_never_served(path, damage, caplog):
    path.parent.mkdir()
    path.write_bytes(damage)
    cache = SqliteCache(path, max_bytes=1000)
    assert cache.get("a") is None
    cache.put("a", b"1")
    assert cache.get("a") == b"1"
    cache.close()
    assert path.with_name("cache.sqlite.corrupt-1").read_bytes() == damage
    assert "set aside" in caplog.text


def test_a_torn_page_in_the_middle_is_found_at_start(path):
    cache = SqliteCache(path, max_bytes=10_000_000)
    for number in range(200):
        cache.put(str(number), bytes([number]) * 3000)
    cache.close()
    raw = bytearray(path.read_bytes())
    raw[4096 * 20 : 4096 * 60] = b"\xff" * 4096 * 40
    path.write_bytes(raw)
    again = SqliteCache(path, max_bytes=10_000_000)
    answers = {number: again.get(str(number)) for number in range(200)}
    again.close()
    assert all(value in (None, bytes([number]) * 3000) for number, value in answers.items())
    assert path.with_name("cache.sqlite.corrupt-1").exists()


def test_a_disk_that_is_full_only_makes_the_cache_cold(cache, caplog):
    cache._db.execute("PRAGMA max_page_count = 8")
    cache._max_bytes = 10**9
    cache.put("big", b"x" * 100_000)
    assert cache.get("big") is None
    assert "cannot write" in caplog.text
    cache.put("small", b"x")
    assert cache.get("small") == b"x"


def test_many_threads_read_and_write_at_once(cache):
    def work(name):
        for number in range(50):
            cache.put(f"{name}{number % 5}", f"{name}{number % 5}".encode())
            value = cache.get(f"{name}{number % 5}")
            wrong.extend([value] if value not in (None, f"{name}{number % 5}".encode()) else [])

    wrong = []
    threads = [threading.Thread(target=work, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@given(st.binary(max_size=500), st.text(max_size=20).filter(lambda key: "\x00" not in key))
def test_any_bytes_come_back_as_they_were(tmp_path_factory, value, key):
    cache = SqliteCache(tmp_path_factory.getbasetemp() / "any.sqlite", max_bytes=1000)
    try:
        key = key.encode("utf-8", "replace").decode()
        cache.put(key, value)
        assert cache.get(key) == value
    finally:
        cache.close()


def test_a_file_that_another_process_is_beginning_is_not_taken_for_a_corrupt_one(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    ends.start()
    SqliteCache(path, max_bytes=1000).close()
    ends.join()
    other.close()
    assert not list(path.parent.glob("*.corrupt-*"))


def test_a_seal_names_the_bytes_and_counts_as_a_use(cache):
    cache.put("a", "خلاصة".encode())
    first = cache.seal("a")
    assert first == cache.seal("a")
    cache.put("a", b"summary")
    assert cache.seal("a") not in {first, None}
    assert cache.seal("b") is None
    cache.delete("a")
    assert cache.seal("a") is None


def test_what_is_there_is_answered_though_its_use_cannot_be_written_down(cache, caplog):
    cache.put("a", b"1")
    cache._noted_at -= 3600
    cache._db.execute("PRAGMA query_only = ON")
    assert cache.get("a") == b"1"
    assert "cannot write" in caplog.text
    cache._noted_at -= 3600
    assert cache.seal("a") is not None


def test_a_file_that_turns_corrupt_while_it_is_used_is_set_aside(path):
    cache = SqliteCache(path, 1_000_000)
    for number in range(50):
        cache.put(f"{number}", "خلاصة".encode() * 200)
    cache._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(b"\x13" * path.stat().st_size)
    cache._db.execute("PRAGMA shrink_memory")  # what it has read already
    assert cache.get("7") is None
    cache.put("7", b"new")
    assert (cache.get("7"), cache.get("8"), cache.size()) == (b"new", None, 3)
    assert path.with_name("cache.sqlite.corrupt-1").exists()
    cache.close()
