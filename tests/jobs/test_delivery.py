import socket
import threading
import time

import pytest
from urllib3.exceptions import HTTPError

from service.errors import Malformed
from service.jobs import delivery

NOBODY = frozenset()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook",
        "ftp://example.org/",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://[::1",
        "javascript:alert(1)",
        "",
        "خبر",
        "https://a..b/hook",
        f"https://{'a' * 64}.example/hook",
        "https://example.org/\ud800",
    ],
)
def test_what_will_never_be_called_is_refused_when_it_is_given(url):
    with pytest.raises(Malformed):
        delivery.check_url(url, NOBODY)


def test_a_host_of_the_house_may_go_without_tls_if_it_was_allowed():
    delivery.check_url("http://cms.internal:8080/hook", frozenset({"cms.internal"}))
    delivery.check_url("https://example.org/hook?a=1", NOBODY)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_addresses_inside_the_house_are_not_called(host):
    with pytest.raises(OSError, match=r"not public|not known|resolution|Name"):
        delivery.post(f"https://{host}/", b"{}", {}, NOBODY)


def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    def both(host, port, **_):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("93.184.216.34", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(OSError, match="not public"):
        delivery.post("https://two-faced.example/", b"{}", {}, NOBODY)


def test_the_name_is_resolved_once_and_the_looked_at_address_is_called(monkeypatch):
    asked = []

    def rebinding(host, port, *arguments, **_):
        asked.append(host)
        address = "127.0.0.1" if len(asked) > 1 else "192.0.2.7"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    called = []

    def connect(address, *arguments, **_):
        called.append(address[0])
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    monkeypatch.setattr(delivery, "_is_public", lambda address: address == "192.0.2.7")
    with pytest.raises(Exception, match=r"no network|refused|connection"):
        delivery.post("https://rebinding.example/", b"{}", {}, NOBODY)
    assert asked == ["rebinding.example"]
    assert called == ["192.0.2.7"]


@pytest.mark.parametrize("url", ["https://a..b/", f"https://{'a' * 64}.example/"])
def test_a_name_that_no_resolver_takes_is_as_good_as_one_that_is_unknown(url):
    with pytest.raises(OSError, match="cannot be called"):
        delivery.post(url, b"{}", {}, NOBODY)


@pytest.mark.parametrize(
    ("host", "sent"), [("cms.test", "cms.test"), ("أخبار.test", "xn--igbicxr.test")]
)
def test_a_host_is_named_in_the_letters_that_a_header_can_hold(monkeypatch, host, sent):
    heard = []

    def serve(listener):
        connection, _ = listener.accept()
        with connection:
            heard.append(connection.recv(65536))
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(delivery.socket, "getaddrinfo", lambda *_, **__: found)
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        status = delivery.post(f"http://{host}:{port}/", b"{}", {}, frozenset({host}))
        thread.join()
    assert status == 204
    assert f"Host: {sent}:{port}".encode() in heard[0]


def test_an_answer_that_does_not_end_is_not_waited_for():
    over = threading.Event()

    def drip(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            over.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        assert delivery.post(url, b"{}", {}, frozenset({"127.0.0.1"})) == 200
        over.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_drips_its_answer_does_not_hold_a_call(monkeypatch, scheme):
    """A line of headers now and then, each within what a read may take; TLS gets no further."""
    over = threading.Event()

    def drip(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(
                b"HTTP/1.1 200 OK\r\n" if scheme == "http" else b"\x16\x03\x03\x40\x00"
            )
            while not over.wait(0.1):
                try:
                    connection.sendall(b"X: y\r\n" if scheme == "http" else b"\x02")
                except OSError:
                    return

    monkeypatch.setattr(delivery, "CALL_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/"
        dripping = threading.Thread(target=drip, args=(listener,), daemon=True)
        dripping.start()
        begun = time.monotonic()
        with pytest.raises((OSError, HTTPError)):
            delivery.post(url, b"{}", {}, frozenset({"127.0.0.1"}))
        assert 0.4 < time.monotonic() - begun < 4
        over.set()
        dripping.join()
