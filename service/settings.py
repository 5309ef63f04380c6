"""One frozen Settings, read once from KHULASA_* variables; nothing else reads ``os.environ``.

Each field carries its help text, so that the table in docs/settings.md can be held against the
code by a test and ``python -m service info --settings`` can print it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from service.errors import ConfigurationError
from service.origins import read_origin

PREFIX = "KHULASA_"
ROOT = Path(__file__).resolve().parent.parent


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a house may set. Field ``host`` is the variable ``KHULASA_HOST``."""

    profile: str = _setting("embedded", "the model set that serves where a request names none")
    profiles_dir: Path | None = _setting(None, "a folder of your own profiles (*.toml)")
    data_dir: Path = _setting(ROOT / "data", "cache, jobs, keys, corrections, converted models")
    glossary: str = _setting(
        "starter", "the desk whose glossary is enforced where a request names none; empty is none"
    )
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8000, "port to listen on")
    keys: str = _setting("auto", "ask for API keys: on, off, or auto (unless on loopback)")
    cors_origins: str = _setting(
        "", "origins, by comma, whose scripts may call /v1 from a browser; empty is none"
    )
    rate_limit: str = _setting("", "a client's own quota, such as 600/minute; empty is none")
    threads: int = _setting(64, "request threads of the one worker process")
    working: int = _setting(4, "articles that are worked on at once")
    waiting: int = _setting(32, "articles that may wait for that; beyond it 503 with Retry-After")
    intra_threads: int = _setting(0, "threads of one model call; 0 takes the machine's cores")
    max_body_bytes: int = _setting(4_000_000, "largest request body, in bytes")
    receive_timeout_s: float = _setting(30.0, "seconds in which a request must come in whole (408)")
    max_words: int = _setting(20_000, "longest article, in words")
    sync_deadline_s: float = _setting(45.0, "seconds after which a request becomes a job (202)")
    jobs: str = _setting("local", "what runs jobs: local (threads here) or celery (workers)")
    broker_url: str = _setting("", "amqp://… or redis://…: where celery sends jobs")
    job_threads: int = _setting(2, "jobs that run at once in this process")
    job_queue: int = _setting(10_000, "jobs that may wait; beyond it 503 with Retry-After")
    webhook_secret: str = _setting("", "whsec_… signs webhooks; without it none are taken")
    webhook_hosts: str = _setting("", "hosts, by comma, that webhooks may reach inside the house")
    cache_url: str = _setting(
        "", "redis://… for a shared cache; empty is SQLite in the data folder"
    )
    cache_max_bytes: int = _setting(512_000_000, "the SQLite cache evicts its oldest beyond this")
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")
    otlp_endpoint: str = _setting(
        "", "http://… of an OpenTelemetry collector that takes traces; empty is none"
    )

    @property
    def webhook_allowed(self) -> frozenset[str]:
        """The hosts of ``webhook_hosts``."""
        return frozenset(_parts(self.webhook_hosts))

    @property
    def cors_allowed(self) -> frozenset[str]:
        """The origins of ``cors_origins``, as browsers write them."""
        return frozenset(map(_origin, _parts(self.cors_origins)))

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; unknown KHULASA_* names and unreadable values are errors.

        Raises:
            ConfigurationError: naming the variable and what it should hold.
        """
        env = os.environ if env is None else env
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, raw in env.items():
            if not name.startswith(PREFIX) or name in _NOT_SETTINGS:
                continue
            if name not in known:
                raise ConfigurationError(
                    f"{name} is not a setting of Khulasa; see docs/settings.md"
                )
            values[known[name].name] = _parse(known[name], name, raw)
        return cls(**values)

    def __post_init__(self) -> None:
        """Hold the values to what they may be."""
        _one_of("keys", self.keys, ("auto", "on", "off"))
        _one_of("jobs", self.jobs, ("local", "celery"))
        _one_of("log_level", self.log_level, ("DEBUG", "INFO", "WARNING", "ERROR"))
        if self.otlp_endpoint and not self.otlp_endpoint.startswith(("http://", "https://")):
            raise ConfigurationError(f"{PREFIX}OTLP_ENDPOINT must be http://… or https://…")
        _ = self.cors_allowed  # each must be an origin


# Read by the tests, not by the service.
_NOT_SETTINGS = frozenset({"KHULASA_REQUIRE_SERVICES"})


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ConfigurationError(f"{PREFIX}{name.upper()} must be one of {', '.join(allowed)}")


def _parts(listed: str) -> list[str]:
    return [part for each in listed.split(",") if (part := each.strip())]


def _origin(given: str) -> str:
    try:
        return read_origin(given)
    except ValueError as error:
        raise ConfigurationError(f"{PREFIX}CORS_ORIGINS: {given!r} is no origin: {error}") from None


def _parse(spec: Field[Any], name: str, raw: str) -> Any:
    kind = str(spec.type).split(" |")[0]
    try:
        if kind == "bool":
            return {"1": True, "true": True, "0": False, "false": False}[raw.lower()]
        return {"int": int, "float": float, "str": str, "Path": Path}[kind](raw)
    except (KeyError, ValueError):
        raise ConfigurationError(f"{name}={raw!r} is not a {kind}") from None
