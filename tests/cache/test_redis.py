import pytest
import redis as client

from service.cache import SqliteCache, open_cache
from service.cache.redis import RedisCache
from service.errors import ConfigurationError
from service.settings import Settings
from tests.services import redis_server, until

pytestmark = [pytest.mark.redis, pytest.mark.usefixtures("unhurried_redis")]


@pytest.fixture
def server(tmp_path):
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture
def trouble():
    return []


@pytest.fixture
def cache(server, tmp_path, trouble):
    local = SqliteCache(tmp_path / "local.sqlite", 10_000)
    cache = RedisCache(server.url, local, lambda: trouble.append(1))
    yield cache
    cache.close()


def test_what_one_machine_put_another_gets(cache, server, tmp_path, trouble):
    cache.put("a", "خلاصة".encode())
    other = RedisCache(
        server.url, SqliteCache(tmp_path / "other.sqlite", 10_000), lambda: trouble.append(1)
    )
    assert other.get("a") == "خلاصة".encode()
    assert other.get("b") is None
    assert other.delete("a")
    other.close()
    assert trouble == []


def test_a_killed_redis_fails_nothing_and_heals(cache, server, trouble):
    cache.put("a", b"1")
    server.kill()
    assert cache.get("a") == b"1"
    cache.put("b", b"2")
    assert cache.get("b") == b"2"
    assert trouble
    server.start()
    with client.Redis.from_url(server.url) as shared:
        until(lambda: cache.put("c", b"3") or shared.exists("khulasa:article:c"))


def test_an_absent_redis_is_asked_once_in_a_while_not_at_every_call(
    cache, server, trouble, monkeypatch
):
    monkeypatch.setattr("service.cache.redis._RETRY_AFTER_S", 600.0)
    server.kill()
    for _ in range(200):
        cache.get("a")
    assert len(trouble) == 1
    cache._away_until = 0.0  # the while is over
    for _ in range(200):
        cache.get("a")
    assert len(trouble) == 2


def test_foreign_bytes_under_our_key_are_a_miss(cache, server):
    cache.put("a", b"the right answer")
    client.Redis.from_url(server.url).set("khulasa:article:a", b"x" * 30)
    cache._local.delete("a")
    assert cache.get("a") is None


def test_the_settings_choose_and_a_wrong_url_is_named(server, tmp_path):
    settings = Settings(data_dir=tmp_path, cache_url=server.url)
    cache = open_cache(settings, lambda: None)
    assert isinstance(cache, RedisCache)
    cache.close()
    with pytest.raises(ConfigurationError, match="KHULASA_CACHE_URL"):
        open_cache(Settings(data_dir=tmp_path, cache_url="memcached://x"), lambda: None)
    for url in ("redis://h:abc/0", "redis://[::1/0", "redis://h?nonsense=1"):
        with pytest.raises(ConfigurationError, match="KHULASA_CACHE_URL"):
            open_cache(Settings(data_dir=tmp_path / "none", cache_url=url), lambda: None)
    assert not (tmp_path / "none").exists()


def test_the_seal_is_that_of_the_bytes_in_redis_or_else_at_hand(cache, server):
    cache.put("a", b"1")
    shared = cache.seal("a")
    cache._local.put("a", b"2")
    assert cache.seal("a") == shared != cache._local.seal("a")
    assert cache.seal("b") is None
    server.kill()
    assert cache.seal("a") == cache._local.seal("a")


def test_what_one_machine_deleted_no_other_serves(cache, server, tmp_path):
    other = RedisCache(server.url, SqliteCache(tmp_path / "other.sqlite", 10_000), lambda: None)
    cache.put("a", b"1")
    other.put("a", b"1")
    assert cache.delete("a")
    assert other.seal("a") is None
    assert other.get("a") is None
    assert other._local.get("a") is None
    assert not other.delete("a")
    other.put("a", b"2")
    assert cache.get("a") == b"2"
    other.close()
