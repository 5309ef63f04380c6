"""Structured logs: one JSON object a line on stderr, with the request's and the trace's id.

What an exception says may quote what was being worked on, so the log has where it was raised and
of what kind it is, not its message. Libraries are not let speak below INFO, whatever our own level:
their DEBUG tells arguments and addresses, and articles are arguments.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

from flask import g, has_request_context
from pythonjsonlogger.json import JsonFormatter

from service.observability.tracing import TRACE_ID

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}
# Speak of clients by address or key at INFO.
_QUIETER = ("flask-limiter", "werkzeug")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Ids(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
        if (trace_id := TRACE_ID.get()) is not None:
            record.trace_id = trace_id
        if record.name.startswith("celery"):
            record.__dict__.pop("data", None)  # a message with its arguments
        return True


class _Json(JsonFormatter):
    def formatException(self, exc_info: ExcInfo) -> str:  # noqa: N802 - logging's name
        return "\n".join(_without_messages(exc_info[1]))

    def format(self, record: logging.LogRecord) -> str:
        # Another handler's formatter may have left its text, message and all, on the record.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept


def _without_messages(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [*_without_messages(before), frames, kind]


def dress(handler: logging.StreamHandler[Any]) -> None:
    """Make a handler write our JSON lines."""
    handler.setFormatter(_Json(_FIELDS, rename_fields=_NAMES, json_ensure_ascii=False))
    handler.addFilter(_Ids())


class _JsonHandler(logging.StreamHandler[TextIO]):
    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        dress(self)


def libraries_level(level: str) -> str:
    """How loud others may be when we speak at ``level``."""
    return "INFO" if level == "DEBUG" else level


def configure(level: str) -> None:
    """Send the log of the process to stderr as JSON lines; may be called again."""
    root = logging.getLogger()
    root.setLevel(libraries_level(level))
    logging.getLogger("service").setLevel(level)
    for name in _QUIETER:
        logging.getLogger(name).setLevel("WARNING")
    if not any(isinstance(handler, _JsonHandler) for handler in root.handlers):
        root.addHandler(_JsonHandler(sys.stderr))
