"""Where answers are kept, by the hash of what was asked."""

from __future__ import annotations

from collections.abc import Callable

from service.cache.protocol import Cache
from service.cache.sqlite import SqliteCache
from service.errors import ConfigurationError
from service.settings import Settings

__all__ = ["Cache", "SqliteCache", "open_cache"]


def open_cache(settings: Settings, on_trouble: Callable[[], None]) -> Cache:
    """The cache that the settings ask for.

    Args:
        on_trouble: called whenever the shared cache could not be reached.

    Raises:
        ConfigurationError: the URL is not one that we know.
    """
    local = SqliteCache(settings.data_dir / "cache.sqlite", settings.cache_max_bytes)
    url = settings.cache_url
    if not url:
        return local
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigurationError(f"KHULASA_CACHE_URL={url!r} is not redis://, rediss:// or unix://")
    from service.cache.redis import RedisCache

    return RedisCache(url, local, on_trouble)
