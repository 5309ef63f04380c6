"""A Digest as JSON and back: the one place that knows the published shape.

The bytes are canonical (keys in the documented order, no spaces, UTF-8), so equal digests are equal
bytes. Two facts are about the answer rather than the article, ``cached`` among them; they are
appended to the stored bytes without parsing them (``answer``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from service.domain import (
    Bitext,
    DetectedLanguage,
    Digest,
    Document,
    Dropped,
    Evidence,
    Flag,
    Length,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
)


def dumps(value: Any) -> bytes:
    """Canonical JSON as bytes; a lone surrogate cannot occur in a cleaned text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def answer(stored: bytes, *, cached: bool) -> bytes:
    """The body that a client gets for the stored bytes of a Digest."""
    return stored[:-1] + (b',"cached":true}' if cached else b',"cached":false}')


def encode(digest: Digest) -> bytes:
    """The stored bytes of a Digest."""
    return dumps(to_json(digest))


def decode(stored: bytes) -> Digest:
    """The Digest that ``encode`` stored; also reads what ``answer`` made of it."""
    return from_json(json.loads(stored))


def to_json(digest: Digest) -> dict[str, Any]:
    """The published shape, in the documented order, without ``cached``."""
    document, bitext = digest.document, digest.bitext
    return {
        "id": digest.id,
        "language": _language(document.language),
        "title": document.title,
        "source_credit": document.source_credit,
        "text": document.text,
        "sentences": [_sentence(s) for s in document.sentences],
        "dropped": [_dropped(d) for d in document.dropped],
        "translation": {
            "language": bitext.language,
            "title": bitext.title,
            "sentences": [_translated(s) for s in bitext.sentences],
            "text": bitext.text,
        },
        "summaries": {
            language: {length: _summary(summary) for length, summary in by_length.items()}
            for language, by_length in digest.summaries.items()
        },
        "flags": [flag_to_json(flag) for flag in digest.flags],
        "signature": digest.signature,
        "profile": digest.profile,
        "glossary": digest.glossary,
        "reused_sentences": digest.reused_sentences,
        "created_at": digest.created_at,
        "timings_ms": dict(digest.timings_ms),
    }


def flag_to_json(flag: Flag) -> dict[str, Any]:
    """One flag as every endpoint shows it."""
    return {
        "code": flag.code,
        "severity": flag.severity,
        "where": flag.where,
        "message": dict(flag.message),
        "source": flag.source,
        "target": flag.target,
    }


def own_summaries_to_json(
    document: Document, summaries: Mapping[Length, Summary], flags: Sequence[Flag], signature: str
) -> dict[str, Any]:
    """What POST /v1/summarize answers."""
    return {
        "language": _language(document.language),
        "sentences": [_sentence(s) for s in document.sentences],
        "dropped": [_dropped(d) for d in document.dropped],
        "source_credit": document.source_credit,
        "summaries": {length: _summary(summary) for length, summary in summaries.items()},
        "flags": [flag_to_json(flag) for flag in flags],
        "signature": signature,
    }


def _language(language: DetectedLanguage) -> dict[str, Any]:
    return {"code": language.code, "confidence": language.confidence}


def _dropped(dropped: Dropped) -> dict[str, Any]:
    return {
        "start": dropped.start,
        "end": dropped.end,
        "text": dropped.text,
        "reason": dropped.reason,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "id": sentence.id,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "paragraph": sentence.paragraph,
    }


def _translated(sentence: TranslatedSentence) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": sentence.id,
        "text": sentence.text,
        "score": sentence.score,
        "origin": sentence.origin,
    }
    return shape if sentence.plain is None else shape | {"plain": sentence.plain}


def _summary(summary: Summary) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "text": summary.text,
        "sentences": [
            {
                "text": sentence.text,
                "evidence": [
                    {"sentence_id": e.sentence_id, "score": e.score} for e in sentence.evidence
                ],
            }
            for sentence in summary.sentences
        ],
        "method": summary.method,
        "words": summary.words,
    }
    if summary.rejected is not None:
        shape |= {"rejected": summary.rejected, "reason": summary.reason}
    return shape


def from_json(shape: Mapping[str, Any]) -> Digest:
    """The Digest of a published shape; derived members such as ``words`` are not read."""
    document = Document(
        language=DetectedLanguage(**shape["language"]),
        title=shape["title"],
        text=shape["text"],
        sentences=tuple(Sentence(**s) for s in shape["sentences"]),
        source_credit=shape["source_credit"],
        dropped=tuple(Dropped(**d) for d in shape["dropped"]),
    )
    translation = shape["translation"]
    bitext = Bitext(
        document=document,
        language=translation["language"],
        title=translation["title"],
        sentences=tuple(TranslatedSentence(**s) for s in translation["sentences"]),
    )
    return Digest(
        id=shape["id"],
        bitext=bitext,
        summaries={
            language: {
                length: _read_summary(language, length, summary)
                for length, summary in by_length.items()
            }
            for language, by_length in shape["summaries"].items()
        },
        flags=tuple(Flag(**flag) for flag in shape["flags"]),
        signature=shape["signature"],
        profile=shape["profile"],
        created_at=shape["created_at"],
        timings_ms=shape["timings_ms"],
        reused_sentences=shape["reused_sentences"],
        glossary=shape.get("glossary"),
    )


def _read_summary(language: Any, length: Any, shape: Mapping[str, Any]) -> Summary:
    return Summary(
        language=language,
        length=length,
        sentences=tuple(
            SummarySentence(s["text"], tuple(Evidence(**e) for e in s["evidence"]))
            for s in shape["sentences"]
        ),
        method=shape["method"],
        rejected=shape.get("rejected"),
        reason=shape.get("reason"),
    )
