"""gunicorn's threaded worker, with a limit on slow clients and less to do for quick ones.

gunicorn's own ``timeout`` watches the process, not a connection: one that sends half a request and
then nothing holds a thread of a gthread worker for as long as it likes, and as many as there are
threads hold the service. So a request must have come in whole by a time.

And after every answer gthread hands a kept-alive connection back to its main thread, which waits
for the next request and hands it to some thread of the pool: two changes of thread, some system
calls and as many turns for the interpreter lock. So a thread stays a moment with the connection
that it has just answered, unless another one waits for a thread.

And on SIGTERM gunicorn waits for every connection; so whoever streams is told to come to an end.

And gunicorn sends the head of an answer and its body by two system calls, between which another
thread takes the interpreter lock. So the head waits for what follows it.
"""

from __future__ import annotations

import errno
import select
import socket
import time
from collections.abc import Callable
from typing import Any, ClassVar

from gunicorn.workers.gthread import TConn, ThreadWorker

#: How long a thread waits for the next request of the connection that it has just answered.
LINGER_MS = 2


class _Connection:
    """A client's socket, read until a moment and no longer, written to in few parts.

    All else is the socket's.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._until = 0.0
        self._head: bytes | None = None  # None: what comes next is no head

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def begin(self, receive_s: float) -> None:
        """The next request may come in for so long; what is written next is an answer's head."""
        self._until = time.monotonic() + receive_s
        self._head = b""

    def recv(self, size: int, *flags: int) -> bytes:
        """As the socket's.

        Raises:
            TimeoutError: the moment has come. It says that the peer is gone, which gunicorn does
                not log as a fault.
        """
        asked, left = self._sock.gettimeout(), self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError(errno.ECONNRESET, "the request did not come in whole in time")
        self._sock.settimeout(left if asked is None else min(asked, left))
        try:
            return self._sock.recv(size, *flags)
        except TimeoutError:
            raise TimeoutError(errno.ECONNRESET, "the request did not come in in time") from None
        finally:
            self._sock.settimeout(asked)

    def sendall(self, data: bytes, *flags: int) -> None:
        """As the socket's; an answer's head is kept until something follows or ``flush``."""
        if self._head == b"":
            self._head = data
            return
        head, self._head = self._head, None
        self._sock.sendall(head + data if head else data, *flags)

    def sendfile(self, *what: Any, **how: Any) -> int:
        """As the socket's."""
        self.flush()
        return self._sock.sendfile(*what, **how)

    def flush(self) -> None:
        """Send what was kept."""
        head, self._head = self._head, None
        if head:
            self._sock.sendall(head)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A ``gthread`` worker that does not wait for slow requests, and a moment for the next one.

    Attributes:
        receive_s: the longest that head and body of a request may take together.
        leaving: told of the application when the worker is to end; takes no lock.
    """

    receive_s: ClassVar[float]
    leaving: ClassVar[Callable[[Any], None]]

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Take no more, let what runs end."""
        super().handle_exit(sig, frame)
        if getattr(self, "wsgi", None) is not None:
            type(self).leaving(self.wsgi)

    def handle(self, conn: TConn) -> Any:
        """Answer the next request of a connection, and those that follow it closely."""
        if not isinstance(conn.sock, _Connection):
            conn.sock = _Connection(conn.sock)
        outcome = self._answer(conn)
        while outcome is True and self._may_linger() and _is_readable(conn.sock):
            outcome = self._answer(conn)
        return outcome

    def _answer(self, conn: TConn) -> Any:
        conn.sock.begin(self.receive_s)
        outcome = super().handle(conn)
        try:
            conn.sock.flush()
        except OSError:
            return False  # the client is gone
        return outcome

    def _may_linger(self) -> bool:
        return bool(self.alive) and self.tpool._work_queue.empty()


def _is_readable(sock: _Connection) -> bool:
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return bool(poll.poll(LINGER_MS))


def worker(receive_s: float, leaving: Callable[[Any], None] = lambda _app: None) -> type[Worker]:
    """The worker under this limit; gunicorn makes its own from the class."""
    facts = {"receive_s": receive_s, "leaving": staticmethod(leaving)}
    return type("Worker", (Worker,), facts)
