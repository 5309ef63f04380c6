"""An end to a call over the network, whatever its other side does.

A time-out of a socket is one of a single read: who sends a line of headers every few seconds holds
a caller for as long as it likes. At the deadline the connection is shut down under whoever reads
from it or writes to it, in TLS' handshake too; what they raise then is theirs.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection


class Deadline:
    """Shuts down what it watches once ``seconds`` are over; a context manager."""

    def __init__(self, seconds: float) -> None:
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self.passed = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    def watch(self, sock: socket.socket) -> None:
        """Watch the connection of ``sock``.

        By a descriptor of our own: TLS takes the socket's away from it.
        """
        with self._lock:
            self._watched.append(sock.dup())
        if self.passed:
            self._end()

    def _end(self) -> None:
        self.passed = True
        with self._lock:
            for sock in self._watched:
                with suppress(OSError):  # the other side was quicker
                    sock.shutdown(socket.SHUT_RDWR)


def bind(pool: urllib3.HTTPConnectionPool, deadline: Deadline) -> None:
    """Have every connection of a pool that is yet to be made watched."""
    base: type[HTTPConnection] = (
        HTTPSConnection if isinstance(pool, urllib3.HTTPSConnectionPool) else HTTPConnection
    )

    class Watched(base):  # type: ignore[valid-type, misc]  # chosen just above
        def _new_conn(self) -> socket.socket:
            sock: socket.socket = super()._new_conn()
            deadline.watch(sock)
            return sock

    pool.ConnectionCls = Watched
