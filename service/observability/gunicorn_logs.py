"""gunicorn's own log as JSON lines like ours, without the addresses and requests that it quotes."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from service.observability import logs


class JsonLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn says of itself; what it says of clients only as that it happened."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does, in our dress."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            logs.dress(handler)

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Without the address and the line of a request that is none."""
        if msg.startswith("Invalid request from"):
            msg, args = "a request that is no HTTP was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Without the request's path and query."""
        if msg.startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)
