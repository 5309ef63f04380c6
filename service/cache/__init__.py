"""Where answers are kept, by the hash of what was asked."""

from __future__ import annotations

from collections.abc import Callable

from service.cache.protocol import Cache
from service.cache.sqlite import SqliteCache
from service.errors import ConfigurationError
from service.settings import Settings

__all__ = ["Cache", "SqliteCache", "check", "open_cache"]


def check(settings: Settings) -> None:
    """Tell before the start whether the URL of a shared cache can be read; nothing is asked.

    Raises:
        ConfigurationError: it cannot.
    """
    if not settings.cache_url:
        return
    from redis import ConnectionPool

    try:
        ConnectionPool.from_url(settings.cache_url).make_connection()
    except (TypeError, ValueError) as error:  # of an option that there is not, or of a part
        raise ConfigurationError(f"KHULASA_CACHE_URL cannot be read: {error}") from None


def open_cache(settings: Settings, on_trouble: Callable[[], None]) -> Cache:
    """The cache that the settings ask for.

    Args:
        on_trouble: called whenever the shared cache could not be reached.

    Raises:
        ConfigurationError: the URL cannot be read.
    """
    check(settings)  # before a file is opened
    local = SqliteCache(settings.data_dir / "cache.sqlite", settings.cache_max_bytes)
    url = settings.cache_url
    if not url:
        return local
    from service.cache.redis import RedisCache

    return RedisCache(url, local, on_trouble)
