import socket

import pytest

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
