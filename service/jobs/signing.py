"""Signatures of webhooks after the Standard Webhooks specification (standardwebhooks.com), v1.

The signed content is ``{id}.{timestamp}.{body}``; the secret reads ``whsec_`` and base64.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256

from service.errors import ConfigurationError

_PREFIX = "whsec_"


def read_secret(secret: str) -> bytes:
    """The key's bytes.

    Raises:
        ConfigurationError: it is not ``whsec_`` and base64 of at least 24 bytes.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith(_PREFIX) or len(key) < 24:
        raise ConfigurationError(
            "KHULASA_WEBHOOK_SECRET must read 'whsec_' and base64 of 24 bytes or more"
        )
    return key


def headers(key: bytes, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that go with ``body``; ``timestamp`` in seconds since the epoch."""
    content = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    signature = base64.b64encode(hmac.digest(key, content, sha256)).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
