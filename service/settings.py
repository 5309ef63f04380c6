"""One frozen Settings, read once from KHULASA_* variables; nothing else reads ``os.environ``.

Each field carries its help text, so that the table in docs/settings.md can be held against the
code by a test and ``python -m service info --settings`` can print it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from service.errors import ConfigurationError
from service.origins import read_origin

PREFIX = "KHULASA_"
ROOT = Path(__file__).resolve().parent.parent


# The timers of the system take no longer ones, and no request is worth a day.
_DAY_S = 86_400.0


def _setting(
    default: Any,
    help_text: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Any:
    bounds = {"at_least": at_least, "at_most": at_most}
    return field(default=default, metadata={"help": help_text, **bounds})


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
    port: int = _setting(8000, "port to listen on", at_least=1, at_most=65_535)
    keys: str = _setting("auto", "ask for API keys: on, off, or auto (unless on loopback)")
    cors_origins: str = _setting(
        "", "origins, by comma, whose scripts may call /v1 from a browser; empty is none"
    )
    rate_limit: str = _setting("", "a client's own quota, such as 600/minute; empty is none")
    threads: int = _setting(64, "request threads of the one worker process", at_least=1)
    working: int = _setting(4, "articles that are worked on at once", at_least=1)
    waiting: int = _setting(
        32, "articles that may wait for that; beyond it 503 with Retry-After", at_least=0
    )
    intra_threads: int = _setting(
        0, "threads of one model call; 0 takes the machine's cores", at_least=0
    )
    max_body_bytes: int = _setting(4_000_000, "largest request body, in bytes", at_least=1)
    receive_timeout_s: float = _setting(
        30.0, "seconds in which a request must come in whole (408)", at_least=0.1, at_most=_DAY_S
    )
    max_words: int = _setting(20_000, "longest article, in words", at_least=1)
    sync_deadline_s: float = _setting(
        45.0, "seconds after which a request becomes a job (202)", at_least=0, at_most=_DAY_S
    )
    jobs: str = _setting("local", "what runs jobs: local (threads here) or celery (workers)")
    broker_url: str = _setting("", "amqp://… or redis://…: where celery sends jobs")
    job_threads: int = _setting(2, "jobs that run at once in this process", at_least=1)
    job_queue: int = _setting(
        10_000, "jobs that may wait; beyond it 503 with Retry-After; 0 takes none", at_least=0
    )
    webhook_secret: str = _setting("", "whsec_… signs webhooks; without it none are taken")
    webhook_hosts: str = _setting("", "hosts, by comma, that webhooks may reach inside the house")
    cache_url: str = _setting(
        "", "redis://… for a shared cache; empty is SQLite in the data folder"
    )
    cache_max_bytes: int = _setting(
        512_000_000, "the SQLite cache evicts its oldest beyond this", at_least=0
    )
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")
    otlp_endpoint: str = _setting(
        "", "http://… of an OpenTelemetry collector that takes traces; empty is none"
    )

    @property
    def address(self) -> str:
        """Where to listen, as gunicorn and addresses have it: ``[::1]:8000``."""
        bare = ":" in self.host and not self.host.startswith("[")
        return f"[{self.host}]:{self.port}" if bare else f"{self.host}:{self.port}"

    @property
    def webhook_allowed(self) -> frozenset[str]:
        """The hosts of ``webhook_hosts``, as a URL's host is read."""
        return frozenset(_parts(self.webhook_hosts.lower()))

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
            if raw or _kind(known[name]) != "Path":  # Path("") is wherever one stands
                values[known[name].name] = _parse(known[name], name, raw)
        return cls(**values)

    def __post_init__(self) -> None:
        """Hold the values to what they may be."""
        _one_of("keys", self.keys, ("auto", "on", "off"))
        _one_of("jobs", self.jobs, ("local", "celery"))
        _one_of("log_level", self.log_level, ("DEBUG", "INFO", "WARNING", "ERROR"))
        if self.otlp_endpoint and not self.otlp_endpoint.startswith(("http://", "https://")):
            raise ConfigurationError(f"{PREFIX}OTLP_ENDPOINT must be http://… or https://…")
        if self.cache_url and not self.cache_url.startswith(_REDIS):
            raise ConfigurationError(f"{PREFIX}CACHE_URL must be one of {', '.join(_REDIS)}")
        for spec in fields(self):
            _hold_to_bounds(spec, getattr(self, spec.name))
        _ = self.cors_allowed  # each must be an origin


# Read by the tests, not by the service.
_NOT_SETTINGS = frozenset({"KHULASA_REQUIRE_SERVICES"})
_REDIS = ("redis://", "rediss://", "unix://")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ConfigurationError(f"{PREFIX}{name.upper()} must be one of {', '.join(allowed)}")


def _hold_to_bounds(spec: Field[Any], value: Any) -> None:
    least, most = spec.metadata["at_least"], spec.metadata["at_most"]
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigurationError(f"{PREFIX}{spec.name.upper()}={value} is not a number of seconds")
    if least is not None and value < least:
        raise ConfigurationError(f"{PREFIX}{spec.name.upper()}={value}: it is at least {least}")
    if most is not None and value > most:
        raise ConfigurationError(f"{PREFIX}{spec.name.upper()}={value}: it is at most {most}")


def _parts(listed: str) -> list[str]:
    return [part for each in listed.split(",") if (part := each.strip())]


def _origin(given: str) -> str:
    try:
        return read_origin(given)
    except ValueError as error:
        raise ConfigurationError(f"{PREFIX}CORS_ORIGINS: {given!r} is no origin: {error}") from None


def _kind(spec: Field[Any]) -> str:
    return str(spec.type).split(" |")[0]


def _parse(spec: Field[Any], name: str, raw: str) -> Any:
    kind = _kind(spec)
    try:
        if kind == "bool":
            return {"1": True, "true": True, "0": False, "false": False}[raw.lower()]
        return {"int": int, "float": float, "str": str, "Path": Path}[kind](raw)
    except (KeyError, ValueError):
        raise ConfigurationError(f"{name}={raw!r} is not a {kind}") from None
