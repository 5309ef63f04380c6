"""What differs between two Digests: sentence by sentence, and summary by summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from service.domain import LANGUAGES, LENGTHS, Digest, Language, Length, Summary

Operation = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A source sentence that only one Digest has, or that was reworded.

    Ids are sentence ids in the old and the new Digest; None where there is no such sentence.
    """

    operation: Operation
    old_id: int | None
    new_id: int | None
    old: str | None
    new: str | None
    old_translation: str | None
    new_translation: str | None


@dataclass(frozen=True, slots=True)
class SummaryChange:
    """A summary that reads differently."""

    language: Language
    length: Length
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes; ``kept`` counts the sentences that both share word for word."""

    kept: int
    sentences: tuple[SentenceChange, ...]
    summaries: tuple[SummaryChange, ...]


def difference(old: Digest, new: Digest) -> Difference:
    """What an editor should look at when ``new`` takes the place of ``old``."""
    before = [sentence.text for sentence in old.document.sentences]
    after = [sentence.text for sentence in new.document.sentences]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    changes = tuple(
        change
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
        for change in _changes(old, new, range(i, j), range(k, m))
    )
    return Difference(kept, changes, tuple(_summary_changes(old, new)))


def _changes(
    old: Digest, new: Digest, gone: Sequence[int], come: Sequence[int]
) -> Iterator[SentenceChange]:
    """Pair a stretch that went with the one that came: in order, the surplus alone."""
    for position in range(max(len(gone), len(come))):
        i = gone[position] if position < len(gone) else None
        k = come[position] if position < len(come) else None
        operation: Operation = "added" if i is None else "removed" if k is None else "changed"
        yield SentenceChange(operation, i, k, *_side(old, i, new, k))


def _side(
    old: Digest, i: int | None, new: Digest, k: int | None
) -> tuple[str | None, str | None, str | None, str | None]:
    return (
        None if i is None else old.document.sentences[i].text,
        None if k is None else new.document.sentences[k].text,
        None if i is None else old.bitext.sentences[i].text,
        None if k is None else new.bitext.sentences[k].text,
    )


def _summary_changes(old: Digest, new: Digest) -> Iterator[SummaryChange]:
    for language in LANGUAGES:
        for length in LENGTHS:
            before = _text(old.summaries.get(language, {}).get(length))
            after = _text(new.summaries.get(language, {}).get(length))
            if before != after:
                yield SummaryChange(language, length, before, after)


def _text(summary: Summary | None) -> str | None:
    return summary.text if summary else None
