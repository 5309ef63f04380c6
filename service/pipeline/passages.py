"""Translate texts that are no article: any number of sentences and lines each, layout kept."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from service.domain import Language, Sentence
from service.engines.protocol import Translator
from service.pipeline.run import Run
from service.pipeline.segment import split
from service.pipeline.translate import Translation, translate_texts
from service.text.normalize import clean_unicode


def translate_passages(
    texts: Sequence[str], source: Language, target: Language, translator: Translator, run: Run
) -> list[Translation]:
    """One translation a text, in order; what stands between sentences stays where it is.

    The score of a text is the mean of its sentences' (1 for a text without any).
    """
    cleaned = [clean_unicode(text) for text in texts]
    sentences = [split(text, source) for text in cleaned]
    flat = [sentence.text for passage in sentences for sentence in passage]
    translated = iter(translate_texts(flat, source, target, translator, run))
    return [
        _rejoin(text, passage, [next(translated) for _ in passage])
        for text, passage in zip(cleaned, sentences, strict=True)
    ]


def _rejoin(
    text: str, sentences: Sequence[Sentence], translated: Sequence[Translation]
) -> Translation:
    if not sentences:
        return Translation(text, 1.0)
    parts, end = [], 0
    for sentence, translation in zip(sentences, translated, strict=True):
        parts += [text[end : sentence.start], translation.text]
        end = sentence.end
    parts.append(text[end:])
    findings = tuple(finding for each in translated for finding in each.findings)
    return Translation("".join(parts), fmean(each.score for each in translated), findings)
