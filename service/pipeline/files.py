"""Files as newsrooms have them: .txt, .html and .docx, read into what intake takes.

Text without a byte-order mark is UTF-8 or else Windows-1256, the code page of Arabic Windows, which
also reads the quotation marks of Windows-1252.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from service.errors import Malformed, TooLarge, UnsupportedMedia

Kind = Literal["text", "html", "docx"]

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".docx": "docx",
}  # fmt: skip
# A .docx is a zip archive: a small one can hold gigabytes.
MAX_UNPACKED_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was in a file: ``html`` where it is a page, else ``text``."""

    kind: Kind
    text: str | None = None
    html: str | None = None
    title: str | None = None


def load(name: str, content: bytes) -> Loaded:
    """Read a file by the ending of its name.

    Raises:
        UnsupportedMedia: another ending.
        Malformed: it is not what its ending says, or has no text.
        TooLarge: it unpacks to more than ``MAX_UNPACKED_BYTES``.
    """
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise UnsupportedMedia(f"this kind of file is not read; send one of {', '.join(KINDS)}")
    loaded = _docx(content) if kind == "docx" else _plain(kind, content)
    if not (loaded.text or loaded.html or "").strip():
        raise Malformed("there is no text in this file")
    return loaded


def _plain(kind: Kind, content: bytes) -> Loaded:
    text = _decode(content)
    if "\x00" in text:
        raise Malformed("this is not a text file")
    return Loaded(kind, html=text) if kind == "html" else Loaded(kind, text=text)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1256", "replace")


def _docx(content: bytes) -> Loaded:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise TooLarge(f"the file unpacks to more than {MAX_UNPACKED_BYTES} bytes")
        blocks = list(_blocks(docx.Document(io.BytesIO(content))))
    except TooLarge:
        raise
    except Exception as error:  # of the archive, of its XML, of what python-docx misses in it
        raise Malformed(f"this is not a Word document: {error}") from None
    title = next((text for text, style in blocks if style == "Title"), None)
    body = [text for text, style in blocks if style != "Title"]
    return Loaded("docx", text="\n\n".join(body), title=title)


def _blocks(document: Any) -> Iterator[tuple[str, str]]:
    """Paragraphs and the rows of tables in the document's order, with their style's name."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield " ".join(filter(None, cells)), ""
        elif text := block.text.strip():
            yield text, block.style.name if block.style is not None else ""
