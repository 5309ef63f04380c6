"""The page's own files under a version in their path, so that browsers may keep them for ever.

The version is a hash over all of them. It stands in the path, not in a query, so that modules and
fonts that name each other relatively are fetched under it as well; nothing has to be built.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path, PurePath

from flask import Blueprint, Response, current_app

from service.api.auth import needs
from service.errors import NotFound

FOLDER = Path(__file__).with_name("static")
KEY = "khulasa-assets"
_YEAR_S = 365 * 24 * 3600
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}

blueprint = Blueprint("assets", __name__)


class Assets:
    """The files as they are when the process starts; they fit into memory many times over."""

    def __init__(self) -> None:
        self.files = {
            path.relative_to(FOLDER).as_posix(): path.read_bytes()
            for path in sorted(FOLDER.rglob("*"))
            if path.is_file()
        }
        digest = blake2b(digest_size=8)
        for name, content in self.files.items():
            digest.update(b"%s %d\0" % (name.encode(), len(content)) + content)
        self.version = digest.hexdigest()

    def url(self, name: str) -> str:
        """Where a browser finds the file ``name``."""
        return f"/static/{self.version}/{name}"


@blueprint.get("/static/<version>/<path:name>")
@needs(None)
def static(version: str, name: str) -> Response:
    """One file; an old version's address still answers, but is not to be kept."""
    assets: Assets = current_app.extensions[KEY]
    if name not in assets.files:
        raise NotFound("there is no such file")
    response = Response(assets.files[name], mimetype=_TYPES[PurePath(name).suffix])
    kept = f"public, max-age={_YEAR_S}, immutable"
    response.headers["Cache-Control"] = kept if version == assets.version else "no-cache"
    return response
