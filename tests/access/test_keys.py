import sqlite3
import stat

import pytest

from service.access.keys import SCOPES, Keys
from service.errors import NotFound, Unauthenticated


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.sqlite"


@pytest.fixture
def keys(path):
    keys = Keys(path)
    yield keys
    keys.close()


def test_a_key_opens_with_its_scope_and_those_below(keys):
    key, secret = keys.create("غرفة الأخبار", "write")
    assert keys.check(secret) == key
    assert [scope for scope in SCOPES if key.allows(scope)] == ["read", "write"]


def test_a_revoked_key_is_refused_at_once_and_stays_listed(keys):
    key, secret = keys.create("cms", "read")
    keys.revoke(key.id)
    with pytest.raises(Unauthenticated):
        keys.check(secret)
    assert keys.all()[0].revoked_at is not None


@pytest.mark.parametrize(
    "wrong", ["", "khu_", "khu_00000000_" + "x" * 43, "Bearer", "khu_٠٠٠٠٠٠٠٠_" + "x" * 43, "\x00"]
)
def test_what_is_no_key_is_refused(keys, wrong):
    with pytest.raises(Unauthenticated):
        keys.check(wrong)


def test_one_keys_id_with_anothers_secret_is_refused(keys):
    one, first = keys.create("one", "admin")
    _, second = keys.create("two", "read")
    with pytest.raises(Unauthenticated):
        keys.check(f"khu_{one.id}_{second.split('_', 2)[2]}")
    assert keys.check(first) == one


def test_no_secret_lies_on_the_disk_and_only_the_owner_reads_the_file(keys, path):
    _, secret = keys.create("cms", "write")
    keys.close()
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    assert secret.split("_", 2)[2].encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_revoking_what_is_not_there_says_so(keys):
    with pytest.raises(NotFound, match="nope"):
        keys.revoke("nope")
