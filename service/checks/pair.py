"""Any two texts against each other: what POST /v1/check answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from service import flags
from service.checks.naming import (
    translation_name_flags,
    unknown_name_flags,
    unknown_term_flags,
)
from service.checks.negation import negation_flags
from service.checks.reader import read
from service.checks.values import summary_flags, translation_flags
from service.checks.wording import quotation_flags, wording_flags
from service.domain import Flag, Language
from service.pipeline.guards import findings
from service.pipeline.segment import split
from service.text.words import words

Relation = Literal["translation", "summary"]
_WHERE = "target"


def check_pair(
    source: str,
    source_language: Language,
    target: str,
    target_language: Language,
    relation: Relation | None = None,
) -> tuple[Flag, ...]:
    """The flags of ``target``, taken for a translation or a summary of ``source``.

    Where ``relation`` is not given, two texts in different languages and of like length are a
    translation: then nothing may be lost either. ``where`` is ``target``.
    """
    relation = relation or _relation(source, source_language, target, target_language)
    check = _translation if relation == "translation" else _summary
    return tuple(check(source, source_language, target, target_language))


def _relation(source: str, source_language: Language, target: str, language: Language) -> Relation:
    if source_language == language:
        return "summary"
    return "translation" if len(words(target)) * 3 >= len(words(source)) else "summary"


def _translation(
    source: str, source_language: Language, target: str, language: Language
) -> Iterator[Flag]:
    yield from sentence_flags(source, source_language, target, language, _WHERE)
    if source and source_language != language:
        for finding in findings(source, target, source_language):
            yield flags.make(finding.code, _WHERE, source=finding.source, target=finding.target)


def sentence_flags(
    source: str, source_language: Language, target: str, language: Language, where: str
) -> Iterator[Flag]:
    """What a sentence's translation says otherwise: values, names, negation."""
    yield from translation_flags(read(source, source_language), read(target, language), where)
    if source_language != language:
        yield from translation_name_flags(source, source_language, target, where)
        yield from negation_flags(source, source_language, target, language, where)


def _summary(
    source: str, source_language: Language, target: str, language: Language
) -> Iterator[Flag]:
    yield from summary_flags(read(target, language), read(source, source_language), _WHERE)
    english, arabic = ([source], []) if source_language == "en" else ([], [source])
    unknown = unknown_name_flags if language == "en" else unknown_term_flags
    yield from unknown(target, english, arabic, _WHERE)
    if source_language == language:
        yield from quotation_flags(target, source, _WHERE)
    sentences = [sentence.text for sentence in split(target, language)]
    yield from wording_flags(sentences, language, None, _WHERE)
