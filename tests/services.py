"""The real services that tests talk to: found, or the test is skipped with its reason."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest

REQUIRED = os.environ.get("KHULASA_REQUIRE_SERVICES") == "1"


def absent(reason):
    """Skip the test, or fail it where every service is required."""
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Redis:
    """A Redis server of the test's own, which it may kill and start again."""

    def __init__(self, folder, environment=None):
        self.port, self.folder, self.process = free_port(), folder, None
        self.environment = {**os.environ, **(environment or {})}

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [*command, "--bind", "127.0.0.1", "--dir", str(self.folder)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while not listens(self.port):
            assert time.monotonic() < end, "redis-server does not start"
            time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()


@contextmanager
def redis_server(folder, environment=None):
    if shutil.which("redis-server") is None:
        absent("redis-server is not installed")
    server = Redis(folder, environment)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class RabbitMQ:
    """A RabbitMQ node of the test's own, with its files and ports apart from any other's."""

    def __init__(self, folder, command):
        self.port, self._command = free_port(), command
        self._process = None
        (folder / "plugins").write_text("[].")
        self._variables = {
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(free_port()),
            "RABBITMQ_NODENAME": f"khulasa-{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "no-environment"),
            "RABBITMQ_CONFIG_FILE": str(folder / "no-configuration"),
        }

    @property
    def url(self):
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self):
        self._process = subprocess.Popen(
            [self._command],
            env={**os.environ, **self._variables},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: listens(self.port), 240)

    def kill(self):
        """Kill -9 of the node and of all that it started."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self):
        self.kill()
        # Erlang's name server leaves the node's session, to outlive it.
        names = {**os.environ, **self._variables}
        subprocess.run(["epmd", "-kill"], env=names, check=False, stdout=subprocess.DEVNULL)


@contextmanager
def rabbitmq_server(folder):
    # Debian's command in the path drops to a user who may not write here.
    command = shutil.which("rabbitmq-server", path="/usr/lib/rabbitmq/bin") or shutil.which(
        "rabbitmq-server"
    )
    if command is None:
        absent("rabbitmq-server is not installed")
    node = folder / "rabbitmq"
    node.mkdir()
    server = RabbitMQ(node, command)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def until(condition, seconds=10):
    """Wait for the condition; fail when it does not come true in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
