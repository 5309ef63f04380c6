"""The real services that tests talk to: found, or the test is skipped with its reason."""

import itertools
import os
import secrets
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


# Below the ports that the kernel gives to outgoing connections and to whoever asks for any; a share
# of them for each process of pytest-xdist. So nobody takes a test's port before its server listens,
# nor while that server is down.
_FIRST_PORT, _PORTS, _SHARES = 20_000, 1_000, 12
_share = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _SHARES
_turns = itertools.count(secrets.randbelow(_PORTS))


def free_port():
    """A port on which nobody listens, and which no other test is given."""
    for turn in itertools.islice(_turns, _PORTS):
        port = _FIRST_PORT + _share * _PORTS + turn % _PORTS
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Redis:
    """A Redis server of the test's own, which it may kill and start again."""

    def __init__(self, folder, environment=None, socket=False):
        self.port, self.folder, self.process = free_port(), folder, None
        self._socket = folder / "redis.socket" if socket else None
        self.environment = {**os.environ, **(environment or {})}

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def socket_url(self):
        return f"unix://{self._socket}?db=0"

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        if self._socket:
            command += ["--unixsocket", str(self._socket)]
        self.process = subprocess.Popen(
            [*command, "--bind", "127.0.0.1", "--dir", str(self.folder)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        until(self._is_up)

    def _is_up(self):
        assert self.process.poll() is None, "redis-server ended"
        return listens(self.port)

    def kill(self):
        self.process.kill()
        self.process.wait()


@contextmanager
def redis_server(folder, environment=None, socket=False):
    if shutil.which("redis-server") is None:
        absent("redis-server is not installed")
    server = Redis(folder, environment, socket)
    try:
        server.start()
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


def until(condition, seconds=60):
    """Wait for the condition; fail when it does not come true in time.

    The time is for a crowded machine: on any other the condition holds long before.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
