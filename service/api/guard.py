"""What a browser is told about every answer, whichever route, method or error it comes from.

The page runs its own files and nothing else; what is no page runs nothing at all. No answer may be
framed, guessed at, or kept by a cache that others share, unless its route says so. HSTS is not
here: only who holds the certificate knows whether the name is served over TLS for good
(docs/production.md).
"""

from __future__ import annotations

from flask import Flask, Response

from service.api.headers import fill

_CLOSED = ("base-uri 'none'", "frame-ancestors 'none'")
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        *_CLOSED,
    )
)
API_POLICY = "; ".join(("default-src 'none'", "form-action 'none'", *_CLOSED))

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # frame-ancestors says it to browsers of this decade, this to those before.
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Against embedding by no-cors requests; an origin that CORS allows asks with cors and may read.
    "Cross-Origin-Resource-Policy": "same-origin",
}


def register(app: Flask) -> None:
    """Put the headers on every response; register it before whatever else changes responses.

    Flask runs these last-registered first, so this one sees them as they leave.
    """
    app.after_request(_tell)


def _tell(response: Response) -> Response:
    is_page = response.mimetype == "text/html"
    # A page may stay in the browser's own history, and what has an ETag may be asked for again.
    kept = is_page or "ETag" in response.headers
    return fill(
        response,
        HEADERS
        | {
            "Content-Security-Policy": PAGE_POLICY if is_page else API_POLICY,
            "Cache-Control": "private, no-cache" if kept else "no-store",
        },
    )
