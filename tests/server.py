"""A real service in a process of its own: gunicorn, as ``python -m service serve`` starts it."""

import http.client
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

from tests.services import free_port, until


class Server:
    """One process over a data folder; may be killed and started again.

    ``environment`` are variables that are no settings, such as those of a wall clock.
    """

    def __init__(self, data_dir, environment=None, **settings):
        self.port, self.data_dir, self.settings = free_port(), data_dir, settings
        self.environment = environment or {}
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, wait_s=180, stderr=subprocess.DEVNULL):
        variables = {
            "KHULASA_PORT": str(self.port),
            "KHULASA_DATA_DIR": str(self.data_dir),
            "KHULASA_LOG_LEVEL": "WARNING",
            **{f"KHULASA_{name.upper()}": str(value) for name, value in self.settings.items()},
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHULASA_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service", "serve"],
            env={**kept, **self.environment, **variables},
            stderr=stderr,
        )
        until(self.is_ready, wait_s)

    def is_ready(self):
        assert self.process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
            return False

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def kill(self):
        """Kill -9 of the arbiter and of its worker, as the kernel out of memory would."""
        children = _children(self.process.pid)
        self.process.kill()  # first, or it starts a new worker in place of the killed one
        for child in children:
            with suppress(ProcessLookupError):  # it saw that its arbiter is gone
                os.kill(child, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.terminate()
            self.process.wait(90)


def _children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123 - not a file on a disk
        return [int(child) for child in file.read().split()]


@contextmanager
def server(data_dir, environment=None, **settings):
    running = Server(data_dir, environment, **settings)
    try:
        running.start()
        yield running
    finally:
        running.stop()
