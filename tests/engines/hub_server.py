"""A hub on this machine: the routes of huggingface.co that its real client asks for a model.

    GET       /api/models/OWNER/NAME/revision/REV?blobs=True   commit, files, sizes, hashes
    GET       /api/models/OWNER/NAME/tree/REV                  the same files as a listing
    HEAD, GET /OWNER/NAME/resolve/REV/FILE                     ETag, X-Repo-Commit, Range
    GET       /store/…                                         where large files redirect to

It can be told to ask for a token, to cut a transfer short, to ignore Range and to send rubbish.
Large files (``.safetensors``, ``.bin``) are served by another host name, as the hub's are.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

LARGE = (".safetensors", ".bin")


@dataclass
class Repo:
    """A repository: its files by commit, and what its branches point to."""

    commits: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    gated: bool = False

    def commit(self, files: Mapping[str, bytes], branch: str = "main") -> str:
        """Publish files; the new commit's id."""
        identity = sha1(repr(sorted(files.items())).encode() + bytes(len(self.commits)))
        commit = identity.hexdigest()
        self.commits[commit] = dict(files)
        self.refs[branch] = commit
        return commit

    def resolve(self, revision: str) -> str | None:
        """The commit of a branch, or the commit itself."""
        commit = self.refs.get(revision, revision)
        return commit if commit in self.commits else None


@dataclass
class Hub:
    """What is served, how it misbehaves, and what was asked."""

    url: str = ""
    repos: dict[str, Repo] = field(default_factory=dict)
    token: str = "hf_consented"
    cut_after: int | None = None
    cuts_left: int = 0
    ignores_range: bool = False
    rubbish: bool = False
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def repo(self, name: str) -> Repo:
        """A repository, made when it is first named."""
        return self.repos.setdefault(name, Repo())

    def sent(self, name: str) -> list[dict[str, str]]:
        """The headers of the requests that were answered with a file's bytes."""
        where = "/store/" if name.endswith(LARGE) else "/"
        return [
            headers
            for method, path, headers in self.requests
            if method == "GET" and path.startswith(where) and path.endswith(f"/{name}")
        ]


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub until the block ends."""
    hub = Hub()

    class Bound(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._route()

    def do_GET(self) -> None:
        self._route()

    def log_message(self, format: str, *args: Any) -> None:
        """Not on stderr, which is the test's."""

    def _route(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.served.requests.append((self.command, path, dict(self.headers)))
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            name, revision = "/".join(parts[2:4]), "/".join(parts[5:]) or "main"
            tree = parts[4:5] == ["tree"]
            self._known(name, revision, lambda repo, commit: self._info(name, repo, commit, tree))
        elif parts[0] == "store":
            content = self.served.repos["/".join(parts[1:3])].commits[parts[3]][parts[4]]
            self._content(content, {})
        elif len(parts) > 4 and parts[2] == "resolve":
            name, revision, file = "/".join(parts[:2]), parts[3], "/".join(parts[4:])
            self._known(name, revision, lambda repo, commit: self._file(name, repo, commit, file))
        else:
            self._refuse(404, "")

    def _known(self, name: str, revision: str, go: Any) -> None:
        repo = self.served.repos.get(name)
        allowed = self.headers.get("Authorization") == f"Bearer {self.served.token}"
        if repo is None:
            self._refuse(401, "RepoNotFound")
        elif repo.gated and not allowed:
            self._refuse(403 if "Authorization" in self.headers else 401, "GatedRepo")
        elif (commit := repo.resolve(revision)) is None:
            self._refuse(404, "RevisionNotFound")
        else:
            go(repo, commit)

    def _info(self, name: str, repo: Repo, commit: str, tree: bool) -> None:
        listed = [_listed(file, content) for file, content in repo.commits[commit].items()]
        info = {"id": name, "modelId": name, "sha": commit, "siblings": listed, "tags": []}
        body = [_entry(file) for file in listed] if tree else info
        self._content(json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _file(self, name: str, repo: Repo, commit: str, file: str) -> None:
        content = repo.commits[commit].get(file)
        if content is None:
            self._refuse(404, "EntryNotFound", commit)
        elif file.endswith(LARGE):
            port = urlsplit(self.served.url).port
            self.send_response(302)
            self.send_header("X-Repo-Commit", commit)
            self.send_header("X-Linked-Etag", f'"{sha256(content).hexdigest()}"')
            self.send_header("X-Linked-Size", str(len(content)))
            self.send_header("Location", f"http://localhost:{port}/store/{name}/{commit}/{file}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            headers = {"X-Repo-Commit": commit, "ETag": f'"{_blob(content)}"'}
            self._content(content, headers)

    def _content(self, content: bytes, headers: Mapping[str, str]) -> None:
        start = 0
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes=") and not self.served.ignores_range:
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if self.command == "GET":
            self._body(content[start:], large="/store/" in self.path)

    def _body(self, content: bytes, *, large: bool) -> None:
        if large and self.served.rubbish:
            content = bytes(len(content))
        if large and self.served.cut_after is not None and self.served.cuts_left > 0:
            self.served.cuts_left -= 1
            self.wfile.write(content[: self.served.cut_after])
            self.close_connection = True
            return
        self.wfile.write(content)

    def _refuse(self, status: int, code: str, commit: str | None = None) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        if commit is not None:
            self.send_header("X-Repo-Commit", commit)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _listed(name: str, content: bytes) -> dict[str, Any]:
    listed: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": _blob(content)}
    if name.endswith(LARGE):
        digest = sha256(content).hexdigest()
        listed["lfs"] = {"size": len(content), "sha256": digest, "pointerSize": 134}
    return listed


def _entry(listed: Mapping[str, Any]) -> dict[str, Any]:
    """The same file as a tree lists it."""
    entry = {"type": "file", "path": listed["rfilename"], "oid": listed["blobId"]}
    if "lfs" in listed:
        entry["lfs"] = {"oid": listed["lfs"]["sha256"], "size": listed["size"], "pointerSize": 134}
    return entry | {"size": listed["size"]}


def _blob(content: bytes) -> str:
    """The id that git gives a file."""
    return sha1(b"blob %d\0" % len(content) + content).hexdigest()
