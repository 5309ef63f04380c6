import sqlite3
import threading

import pytest

from service.errors import ConfigurationError
from service.storage import check, connect

FIRST = "CREATE TABLE a (x TEXT); CREATE INDEX a_x ON a (x)"
SECOND = "ALTER TABLE a ADD COLUMN y TEXT"


def columns(db):
    return [row["name"] for row in db.execute("PRAGMA table_info(a)")]


def test_migrations_run_once_and_only_the_new_ones(tmp_path):
    path = tmp_path / "folder" / "a.sqlite"
    connect(path, [FIRST]).close()
    db = connect(path, [FIRST, SECOND])
    assert columns(db) == ["x", "y"]
    db.close()
    connect(path, [FIRST, SECOND]).close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "a.sqlite"
    connect(path, [FIRST]).close()
    with pytest.raises(sqlite3.OperationalError):
        connect(path, [FIRST, SECOND + "; CREATE NONSENSE"])
    db = connect(path, [FIRST])
    assert columns(db) == ["x"]
    db.close()


def test_a_file_of_a_newer_version_is_not_touched(tmp_path):
    path = tmp_path / "a.sqlite"
    connect(path, [FIRST, SECOND]).close()
    with pytest.raises(ConfigurationError, match="newer"):
        connect(path, [FIRST])


def test_a_file_that_another_is_beginning_is_waited_for(tmp_path):
    path = tmp_path / "a.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # SQLite itself would not wait for this one
    ends = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    ends.start()
    db = connect(path, [FIRST])
    ends.join()
    assert columns(db) == ["x"]
    db.close()
    other.close()


def test_a_file_that_stays_locked_is_an_error_in_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr("service.storage._PATIENCE", 0.05)
    path = tmp_path / "a.sqlite"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        connect(path, [FIRST])
    holder.close()
    connect(path, [FIRST]).close()


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    path = tmp_path / "desk.sqlite"
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    with pytest.raises(ConfigurationError, match=r"desk\.sqlite.*KHULASA_DATA_DIR"):
        connect(path, [FIRST])
    with pytest.raises(ConfigurationError, match=r"desk\.sqlite.*KHULASA_DATA_DIR"):
        check(tmp_path)
    assert path.read_bytes().startswith(b"no database")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "data"
    for use in (check, lambda folder: connect(folder / "a.sqlite", [FIRST])):
        with pytest.raises(ConfigurationError, match="KHULASA_DATA_DIR"):
            use(folder)


def test_a_sound_folder_is_found_sound_and_a_cache_mends_itself(tmp_path):
    folder = tmp_path / "new"
    check(folder)
    connect(folder / "a.sqlite", [FIRST]).close()
    (folder / "cache.sqlite").write_bytes(b"damaged" * 100)
    check(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["a.sqlite", "cache.sqlite"]
