"""Bring a checkpoint's files from a Hugging Face hub, or from a folder that holds them.

The hub is spoken to by huggingface_hub, which honours HF_ENDPOINT, HF_TOKEN and proxies. Its parts
are used (listing, transfer) and not ``snapshot_download``: since 2.x that one throws an unfinished
file away, and a newsroom's line drops in the middle of 1.6 GB. Here the part stays in the folder
and the next pull asks for the rest. Every file is checked against the hash that the hub lists:
SHA-256 of large files, git's own of small ones.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from service.engines import manifest
from service.engines.specs import HubSource, is_commit
from service.errors import ModelsMissing

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository at one commit: what is to be fetched, by name."""

    repo: str
    commit: str
    files: Mapping[str, RepoSibling]

    @property
    def size(self) -> int:
        """Bytes of all the files, as far as the hub says."""
        return sum(file.size or 0 for file in self.files.values())


def wanted(source: HubSource, available: Collection[str]) -> tuple[str, ...]:
    """The files to take of those that a repository or folder has.

    Raises:
        ModelsMissing: one that is needed is not there.
    """
    weights = next((name for name in source.weights if name in available), None)
    missing = [name for name in source.files if name not in available]
    if weights is None:
        missing.append(" or ".join(source.weights))
    if missing or weights is None:
        raise ModelsMissing(f"{source.repo} has no {', no '.join(missing)}", model=source.repo)
    return (*source.files, *(name for name in source.optional if name in available), weights)


def resolve(source: HubSource, revision: str, endpoint: str | None = None) -> Remote:
    """Ask the hub what a revision means and which files it has.

    Raises:
        ModelsMissing: the hub cannot be reached, refuses, or has no such repository or file.
    """
    from huggingface_hub import HfApi

    with _explained(source.repo):
        api = HfApi(endpoint=endpoint)
        info = api.model_info(source.repo, revision=revision, files_metadata=True)
    listed = {file.rfilename: file for file in info.siblings or ()}
    if info.sha is None:
        raise ModelsMissing(f"the hub names no commit for {source.repo}", model=source.repo)
    names = wanted(source, listed)
    return Remote(source.repo, info.sha, {name: listed[name] for name in names})


def download(remote: Remote, into: Path, endpoint: str | None = None) -> None:
    """Fetch what is not there yet; unfinished files are carried on where they stopped.

    Raises:
        ModelsMissing: a transfer failed, the disk is full, or what came is not what was listed.
    """
    into.mkdir(parents=True, exist_ok=True)
    _make_room(remote, into)
    for name, file in remote.files.items():
        if not (into / name).is_file():
            with _explained(remote.repo):
                _fetch(remote, file, into / name, endpoint)


def local_commit(source: HubSource, folder: Path) -> str:
    """What stands for a commit where files come from a folder: the hub cache's, or their hash.

    Raises:
        ModelsMissing: a file that is needed is not there.
    """
    if is_commit(folder.name):
        return folder.name
    lines = "".join(f"{manifest.file_hash(folder / n)} {n}\n" for n in _names(source, folder))
    return f"local-{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def copy(source: HubSource, folder: Path, into: Path) -> None:
    """Take the files from a folder instead.

    Raises:
        ModelsMissing: one that is needed is not there, or the disk is full.
    """
    with _explained(source.repo):
        for name in _names(source, folder):
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, into / name)


def local_folder(source: HubSource, origin: Path) -> Path:
    """Where a repository's files lie below ``origin``: OWNER/NAME, NAME, or a hub cache.

    Raises:
        ModelsMissing: nowhere.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    for folder in (origin / source.repo, origin / source.repo.partition("/")[2]):
        if folder.is_dir():
            return folder
    try:
        return Path(
            snapshot_download(
                source.repo, revision=source.revision, cache_dir=origin, local_files_only=True
            )
        )
    except LocalEntryNotFoundError:
        raise ModelsMissing(
            f"{origin} has neither {source.repo}, nor {source.repo.partition('/')[2]}, nor a "
            "hub cache with it",
            model=source.repo,
        ) from None


def _names(source: HubSource, folder: Path) -> tuple[str, ...]:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return wanted(source, there)


def _fetch(remote: Remote, file: RepoSibling, target: Path, endpoint: str | None) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]
    from tqdm import tqdm  # type: ignore[import-untyped]

    url = hf_hub_url(remote.repo, file.rfilename, revision=remote.commit, endpoint=endpoint)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{(file.blob_id or '')[:12]}.part")
    with part.open("ab") as stream:
        if stream.tell() > (file.size or 0):
            stream.truncate(0)
        http_get(
            url,
            stream,
            resume_size=stream.tell(),
            headers=build_hf_headers() | {"Accept-Encoding": "identity"},
            expected_size=file.size,
            displayed_filename=f"{remote.repo.partition('/')[2]}/{file.rfilename}",
            # The hub's own bar would stay dark once a conversion has hushed transformers.
            tqdm_class=cast("Any", partial(tqdm, disable=None)),
        )
    if not _is(file, part):
        part.unlink()
        raise OSError(f"{url}: what came is not what the hub lists: its hash differs")
    part.rename(target)


def _is(file: RepoSibling, path: Path) -> bool:
    if file.lfs is not None:
        return manifest.file_hash(path) == file.lfs.sha256
    content = path.read_bytes()
    git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return file.blob_id in (None, git.hexdigest())


def _make_room(remote: Remote, into: Path) -> None:
    """Refuse before the first byte where the files, and their conversion, cannot fit."""
    there = sum(path.stat().st_size for path in into.rglob("*") if path.is_file())
    needed, free = remote.size - there + remote.size // 2, shutil.disk_usage(into).free
    if needed > free:
        raise ModelsMissing(
            f"{remote.repo} needs {needed / 1e9:.1f} GB of disk to fetch and convert; "
            f"{into} has {free / 1e9:.1f} GB",
            model=remote.repo,
        )


@contextmanager
def _explained(repo: str) -> Iterator[None]:
    """Turn what a transfer may raise into ModelsMissing, a sentence that a person can act on."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except (httpx2.HTTPError, OSError) as error:
        if isinstance(error, errors.GatedRepoError):
            why = "its owner asks for consent first: give it on the model's page and set HF_TOKEN"
        elif isinstance(error, errors.RevisionNotFoundError):
            why = "the hub has no such revision"
        elif isinstance(error, errors.RepositoryNotFoundError):
            why = "the hub has no such repository, or it is private and HF_TOKEN is not set"
        else:
            why = (str(error) or repr(error)).strip().splitlines()[0]
            if isinstance(error, httpx2.TransportError):
                why = (
                    f"the line to the hub failed ({why}). The same command carries on; "
                    "HF_ENDPOINT names another hub, --from takes a folder"
                )
        raise ModelsMissing(f"{repo} could not be fetched: {why}", model=repo) from error
