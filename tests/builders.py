"""Small domain objects for tests: a document of given sentences, its bitext, its digest."""

from service.domain import (
    Bitext,
    DetectedLanguage,
    Digest,
    Document,
    Evidence,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
    other,
)


def document(sentences, language="ar", title=None):
    placed, position = [], 0
    for number, text in enumerate(sentences):
        placed.append(Sentence(number, position, position + len(text), text, number))
        position += len(text) + 2
    return Document(DetectedLanguage(language, 1.0), title, "\n\n".join(sentences), tuple(placed))


def bitext(pairs, language="ar", title=None, title_translation=None):
    source = document([pair[0] for pair in pairs], language, title)
    translated = tuple(
        TranslatedSentence(number, pair[1], 0.5) for number, pair in enumerate(pairs)
    )
    return Bitext(source, other(language), title_translation, translated)


def picked(text, language, length, *numbers):
    """An extractive summary that shows the sentences of these numbers."""
    texts = text.sentences_in(language)
    sentences = tuple(SummarySentence(texts[n], (Evidence(n, 1.0),)) for n in numbers)
    return Summary(language, length, sentences, "extractive")


def digest(pairs, flags=(), short=(0,), **facts):
    """A Digest whose short summaries show the sentences ``short``."""
    text = bitext(pairs, **facts)
    return Digest(
        id="a" * 64,
        bitext=text,
        summaries={
            language: {"short": picked(text, language, "short", *short)}
            for language in ("ar", "en")
        },
        flags=tuple(flags),
        signature="khulasa:0|profile:embedded",
        profile="embedded",
        created_at="2026-01-01T00:00:00+00:00",
    )
