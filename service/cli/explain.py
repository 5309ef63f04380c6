"""``--explain``: what each summary sentence rests on, and what an editor should look at twice."""

from __future__ import annotations

from collections.abc import Iterator

from service.domain import LANGUAGES, LENGTHS, Digest, Language, Summary
from service.text.bidi import isolate

_MARKS = {"info": "·", "warning": "!", "severe": "✗"}


def explained(digest: Digest, interface: Language = "en") -> Iterator[str]:
    """Lines for a terminal; foreign words are isolated, so that nothing flips."""
    source = digest.document.language.code
    for language in LANGUAGES:
        for length in LENGTHS:
            summary = digest.summaries.get(language, {}).get(length)
            if summary is not None:
                yield f"{language} {length}, {summary.method}"
                yield from _evidence(summary, digest, source)
    yield from _glossary(digest)
    if digest.flags:
        yield "flags"
    for flag in digest.flags:
        message = isolate(flag.message[interface], interface)
        yield f"  {_MARKS[flag.severity]} {flag.where} [{flag.code}] {message}"


def _glossary(digest: Digest) -> Iterator[str]:
    changed = [sentence for sentence in digest.bitext.sentences if sentence.plain is not None]
    if changed:
        yield f"glossary {digest.glossary}"
    for sentence in changed:
        language = digest.bitext.language
        yield f"  sentence {sentence.id}: {isolate(sentence.text, language)}"
        yield f"    was: {isolate(str(sentence.plain), language)}"


def _evidence(summary: Summary, digest: Digest, source: Language) -> Iterator[str]:
    for sentence in summary.sentences:
        yield f"  {isolate(sentence.text, summary.language)}"
        for evidence in sentence.evidence:
            text = digest.document.sentences[evidence.sentence_id].text
            place = f"{evidence.sentence_id} ({evidence.score:.2f})"
            yield f"    ← sentence {place}: {isolate(text, source)}"
    if summary.reason:
        yield f"  rejected: {summary.reason}"
