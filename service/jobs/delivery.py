"""Post to an address that a client named, without being made to reach into the house (SSRF).

The name is resolved once; every address must be a public one, unless the house has allowed the
host; the connection goes to the very address that was looked at, so a name that changes its
meaning in between (DNS rebinding) gains nothing. Redirects are not followed. Nobody holds a call
for longer than ``CALL_S``.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from http.client import HTTPException
from urllib.parse import urlsplit

import urllib3

from service.errors import Malformed
from service.jobs.deadline import Deadline, bind

#: How long a call may take from its connection to the head of the answer.
CALL_S = 30.0
_TIMEOUT = urllib3.Timeout(connect=5.0, read=10.0)


def check_url(url: str, allowed: frozenset[str]) -> None:
    """Refuse a webhook that will never be called.

    Args:
        allowed: hosts that may be inside the house, and may be spoken to without TLS.

    Raises:
        Malformed: no https URL, or one with credentials in it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        _ascii(parts.hostname or "")
    except ValueError:
        raise Malformed("webhook: this is no URL") from None
    if not url.isprintable():  # neither a header nor a file holds a lone surrogate
        raise Malformed("webhook: this is no URL")
    if not parts.hostname or parts.username or parts.password or port == 0:
        raise Malformed("webhook: give a URL with a host and without credentials")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in allowed):
        raise Malformed("webhook: the URL must be https")


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: frozenset[str]) -> int:
    """Post ``body``; the status of the answer.

    Raises:
        OSError: the host cannot be resolved, or only to addresses inside the house; or the URL is
            none that can be called; or the call took too long.
        urllib3.exceptions.HTTPError: it cannot be reached, or does not answer in time.
    """
    try:
        return _post(url, body, headers, allowed)
    except (ValueError, HTTPException) as error:  # of a name, a header or a path
        raise OSError(f"this cannot be called: {type(error).__name__}") from None


def _post(url: str, body: bytes, headers: Mapping[str, str], allowed: frozenset[str]) -> int:
    parts = urlsplit(url)
    host = _ascii(parts.hostname or "")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _resolve(host, port, check=parts.hostname not in allowed)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    pool = (
        urllib3.HTTPSConnectionPool(
            address, port, timeout=_TIMEOUT, server_hostname=host, assert_hostname=host
        )
        if secure
        else urllib3.HTTPConnectionPool(address, port, timeout=_TIMEOUT)
    )
    with pool, Deadline(CALL_S) as deadline:
        bind(pool, deadline)
        response = pool.urlopen(
            "POST",
            target,
            body=body,
            headers={
                **headers,
                "Host": _host(host, parts.port),
                "Content-Type": "application/json",
            },
            redirect=False,
            retries=False,
            preload_content=False,  # nobody reads it, and it may never end
        )
        response.close()
        if deadline.passed:  # the head that was cut off is no answer
            raise TimeoutError("the answer did not come in whole in time")
        return int(response.status)


def _ascii(host: str) -> str:
    """A host's name as resolvers and headers take it: xn--… for Arabic letters.

    Raises:
        UnicodeError: it is no name.
    """
    return host if ":" in host else host.encode("idna").decode("ascii")


def _host(host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _resolve(host: str, port: int, *, check: bool) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if check and not all(_is_public(address) for address in addresses):
        raise OSError(f"{host} leads to an address that is not public")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        # An IPv4 address may hide in these; it is what is reached in the end.
        hidden = parsed.ipv4_mapped or parsed.sixtofour
        if hidden is not None:
            return hidden.is_global
    return parsed.is_global and not parsed.is_multicast
