"""Lay an editor's corrections over a Digest: a pure function of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from service import checks
from service.desk import places
from service.desk.corrections import Correction
from service.domain import Digest, Evidence, Flag, SummarySentence
from service.flags import ON_TITLE
from service.pipeline.segment import split

Trace = Callable[[Sequence[str], Digest], Sequence[tuple[Evidence, ...]]]


def overlay(digest: Digest, in_force: Mapping[str, Correction], trace: Trace) -> Digest:
    """The Digest with the corrections in force, and with the flags that now hold.

    Args:
        in_force: corrections by place of this Digest (``service.desk.placing``); places that it
            lacks are passed over.
        trace: finds the evidence for the sentences of an editor's summary.
    """
    corrected = digest
    for place, correction in in_force.items():
        if correction.text is not None:
            corrected = _lay(corrected, place, correction.text, trace)
    return replace(corrected, flags=_flags(digest, corrected))


def _lay(digest: Digest, place: str, text: str, trace: Trace) -> Digest:
    number = places.sentence_number(place)
    if number is not None and number < len(digest.bitext.sentences):
        return places.put_sentence(digest, number, text)
    if place == ON_TITLE:
        return places.put_title(digest, text)
    key = places.summary_key(place)
    if key and key[1] in digest.summaries.get(key[0], {}):
        texts = [sentence.text for sentence in split(text, key[0])]
        sentences = map(SummarySentence, texts, trace(texts, digest))
        return places.put_summary(digest, *key, tuple(sentences))
    return digest


def _flags(before: Digest, after: Digest) -> tuple[Flag, ...]:
    """Flags of places that stayed as they were, and what is found at those that changed."""
    changed = _changed(before, after)

    def touched(flag: Flag) -> bool:
        return any(flag.where == place or flag.where.startswith(place + ".") for place in changed)

    found = [*checks.check_bitext(after.bitext)]
    for by_length in after.summaries.values():
        for summary in by_length.values():
            found += checks.check_summary(after.bitext, summary)
    kept = [flag for flag in before.flags if not touched(flag)]
    return (*kept, *(flag for flag in found if touched(flag)))


def _changed(before: Digest, after: Digest) -> list[str]:
    changed = [
        f"translation.sentences.{new.id}"
        for old, new in zip(before.bitext.sentences, after.bitext.sentences, strict=True)
        if old != new
    ]
    if before.bitext.title != after.bitext.title:
        changed.append(ON_TITLE)
    for language, by_length in after.summaries.items():
        for length, summary in by_length.items():
            if summary != before.summaries[language][length]:
                changed.append(f"summaries.{language}.{length}")
    return changed
