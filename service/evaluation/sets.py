"""What is compared: articles with their references, and what a system made of each.

Both are JSON Lines; docs/compare.md describes the members. A digest has five *parts* here: the
translation and the four summaries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from service.domain import LANGUAGES, Language, other
from service.errors import Malformed

Part = Literal["translation", "short_ar", "short_en", "long_ar", "long_en"]
PARTS: tuple[Part, ...] = get_args(Part)
SUMMARIES: tuple[Part, ...] = PARTS[1:]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a set.

    Attributes:
        text: as it is sent to the systems, debris and all.
        clean_text: the story alone, where the set has it; measures against the source use it.
        references: by part, the texts that a careful hand wrote; one is enough.
    """

    id: str
    language: Language
    text: str
    title: str | None = None
    topic: str | None = None
    clean_text: str | None = None
    references: Mapping[Part, tuple[str, ...]] = field(default_factory=dict)

    @property
    def story(self) -> str:
        """The text that summaries are held against."""
        return self.clean_text or self.text

    def language_of(self, part: Part) -> Language:
        """The language that a part of this article's digest is in."""
        if part == "translation":
            return other(self.language)
        return "ar" if part.endswith("ar") else "en"


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of one article.

    Attributes:
        signature: of the system as it was when it made this.
        seconds: wall time of making it; None where it is not known or a cache answered.
        error: why there are no parts; the article then counts as one that failed.
    """

    article_id: str
    parts: Mapping[Part, str]
    signature: str
    seconds: float | None = None
    error: str | None = None


def read_articles(path: Path) -> tuple[Article, ...]:
    """Read a set.

    Raises:
        Malformed: no file, no article, an id twice, or a line that is not an article; names it.
    """
    articles = tuple(_article(entry, where) for entry, where in _lines(path))
    if not articles:
        raise Malformed(f"{path} holds no article")
    _unique([article.id for article in articles], path)
    return articles


def read_outputs(path: Path) -> Mapping[str, Output]:
    """Read outputs by article id; ``batch`` results and our own files both read.

    Raises:
        Malformed: no file, an id twice, or a line that is not an output; names it.
    """
    outputs = [output_from(entry, where=where) for entry, where in _lines(path)]
    _unique([output.article_id for output in outputs], path)
    return {output.article_id: output for output in outputs}


def write_outputs(path: Path, outputs: Iterable[Output]) -> None:
    """Write outputs so that ``read_outputs`` gives them back, whatever made them."""
    lines = (json.dumps(output_json(output), ensure_ascii=False) + "\n" for output in outputs)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf-8")


def output_json(output: Output) -> dict[str, Any]:
    """One line of an outputs file."""
    entry: dict[str, Any] = {"id": output.article_id, "signature": output.signature}
    entry |= dict(output.parts.items())
    if output.seconds is not None:
        entry["seconds"] = output.seconds
    if output.error is not None:
        entry["error"] = output.error
    return entry


def output_from(entry: Mapping[str, Any], *, where: str) -> Output:
    """An output from one line: flat parts, or a Digest (alone, or under ``digest``) with an id.

    Raises:
        Malformed: naming ``where`` and what is missing.
    """
    article_id = _text(entry, "id", where)
    digest = entry.get("digest", entry)
    seconds = entry.get("seconds")
    if seconds is not None and not isinstance(seconds, int | float):
        raise Malformed(f"{where}: 'seconds' must be a number")
    nested = isinstance(digest, dict) and "summaries" in digest
    error = _error(entry)
    return Output(
        article_id,
        parts_of_digest(digest, where) if nested else _flat_parts(entry, error, where),
        signature=str((digest if nested else entry).get("signature", "")),
        seconds=None if seconds is None else float(seconds),
        error=error,
    )


def parts_of_digest(digest: Mapping[str, Any], where: str) -> dict[Part, str]:
    """The parts in the JSON of a Digest.

    Raises:
        Malformed: it does not have the shape of a Digest.
    """
    try:
        parts: dict[Part, str] = {}
        if digest.get("translation") is not None:
            parts["translation"] = str(digest["translation"]["text"])
        for language, by_length in digest["summaries"].items():
            for length, summary in by_length.items():
                parts[cast("Part", f"{length}_{language}")] = str(summary["text"])
    except (AttributeError, KeyError, TypeError) as error:
        raise Malformed(f"{where}: not a Digest ({error!r})") from None
    if unknown := parts.keys() - set(PARTS):
        raise Malformed(f"{where}: unknown summary {sorted(unknown)[0]!r}")
    return parts


def _lines(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Malformed(f"{path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise Malformed(f"{where}: not JSON ({error})") from None
        if not isinstance(entry, dict):
            raise Malformed(f"{where}: must be a JSON object")
        yield entry, where


def _article(entry: Mapping[str, Any], where: str) -> Article:
    language = entry.get("lang")
    if language not in LANGUAGES:
        raise Malformed(f"{where}: 'lang' must be 'ar' or 'en', not {language!r}")
    return Article(
        id=_text(entry, "id", where),
        language=cast("Language", language),
        text=_text(entry, "text", where),
        title=_optional_text(entry, "title", where),
        topic=_optional_text(entry, "topic", where),
        clean_text=_optional_text(entry, "clean_text", where),
        references={
            part: references
            for part in PARTS
            if (references := _references(entry.get(part), f"{where}: '{part}'"))
        },
    )


def _references(value: object, where: str) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if texts is None:
        return ()
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Malformed(f"{where} must be a string or a list of strings")
    return tuple(text for text in texts if text.strip())


def _error(entry: Mapping[str, Any]) -> str | None:
    """Our own ``error``, or the ``problem`` of a line of ``batch``."""
    problem = entry.get("problem")
    if isinstance(problem, dict):
        return f"{problem.get('code', 'failed')}: {problem.get('detail', '')}"
    return None if entry.get("error") is None else str(entry["error"])


def _flat_parts(entry: Mapping[str, Any], error: str | None, where: str) -> dict[Part, str]:
    parts = {part: entry[part] for part in PARTS if entry.get(part) is not None}
    for part, text in parts.items():
        if not isinstance(text, str):
            raise Malformed(f"{where}: '{part}' must be a string")
    if not parts and error is None:
        raise Malformed(f"{where}: none of {', '.join(PARTS)}, and no 'error'")
    return parts


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{where}: '{name}' must be a string that is not empty")
    return value


def _optional_text(entry: Mapping[str, Any], name: str, where: str) -> str | None:
    return _text(entry, name, where) if entry.get(name) else None


def _unique(ids: Sequence[str], path: Path) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise Malformed(f"{path}: the id {one!r} is there twice")
        seen.add(one)
