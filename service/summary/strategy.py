"""How the summaries of both languages come about: the three strategies of a profile.

- ``parallel``: sentences are picked once, on the source; the other language's summary is the
  translation of those very picks. Both say the same, and the evidence is exact on both sides. Where
  translations mislead, the translated summary picks among the others, and only that one.
- ``native``: each language's own text is summarized.
- ``pivot``: the language that the summarizer reads is summarized, and the summary is translated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from service.domain import (
    LANGUAGES,
    Bitext,
    Language,
    Length,
    Strategy,
    Summary,
    SummarySentence,
    other,
)
from service.engines.load import Engines
from service.engines.protocol import Selector
from service.evaluation.baselines import LexRankSelector
from service.pipeline.run import Run
from service.pipeline.translate import translate_texts
from service.summary.evidence import trace
from service.summary.extractive import ExtractiveSummarizer

Summaries = dict[Language, dict[Length, Summary]]


def summarize(
    bitext: Bitext,
    engines: Engines,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int] = (),
) -> Summaries:
    """The summaries of both languages, by the profile's strategy.

    Args:
        barred: ids of sentences whose translation would mislead; never picked where a summary
            shows the translation.
    """
    return _STRATEGIES[engines.profile.strategy](bitext, engines, lengths, run, barred)


def parallel(
    bitext: Bitext,
    engines: Engines,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int] = (),
) -> Summaries:
    """Pick on the source, show the picks in both languages.

    Once for both, unless sentences are barred: those are missing from the translation alone.
    """
    return _picked(bitext, engines.selector, lengths, run, barred)


def extractive(
    bitext: Bitext,
    engines: Engines,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int] = (),
) -> Summaries:
    """What stands in for summaries that were thrown out: picks, whatever the strategy.

    Of both languages where the article was translated, else of its own alone. A profile without a
    trained selector picks by LexRank.
    """
    selector = engines.picker or LexRankSelector()
    if bitext.sentences:
        return _picked(bitext, selector, lengths, run, barred)
    language = bitext.document.language.code
    texts, title = bitext.sentences_in(language), bitext.document.title
    found = ExtractiveSummarizer(selector).summarize(texts, language, lengths, title, run)
    return {language: _summaries(language, found)}


def _picked(
    bitext: Bitext,
    selector: Selector,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int],
) -> Summaries:
    summarizer = ExtractiveSummarizer(selector)
    found = summarizer.summarize_pair(bitext, lengths, run, barred)
    if barred:
        # A translation that misleads keeps a sentence out of the translated summary, not out of
        # the one in the article's own words.
        own, title = bitext.document.language.code, bitext.document.title
        found[own] = summarizer.summarize(bitext.sentences_in(own), own, lengths, title, run)
    return {language: _summaries(language, by_length) for language, by_length in found.items()}


def _summaries(
    language: Language, found: Mapping[Length, Sequence[SummarySentence]]
) -> dict[Length, Summary]:
    return {
        length: Summary(language, length, tuple(sentences), "extractive")
        for length, sentences in found.items()
    }


def native(
    bitext: Bitext,
    engines: Engines,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int] = (),  # noqa: ARG001 - a writer reads the whole text
) -> Summaries:
    """Summarize each language's own text."""
    return {
        language: summarize_side(bitext, language, engines, lengths, run) for language in LANGUAGES
    }


def pivot(
    bitext: Bitext,
    engines: Engines,
    lengths: Sequence[Length],
    run: Run,
    barred: Collection[int] = (),  # noqa: ARG001 - a writer reads the whole text
) -> Summaries:
    """Summarize in the language that the summarizer reads, translate the summary."""
    (language,) = engines.summarizers
    written = summarize_side(bitext, language, engines, lengths, run)
    return {
        language: written,
        other(language): {
            length: _translated(summary, engines, run) for length, summary in written.items()
        },
    }


def summarize_side(
    bitext: Bitext, language: Language, engines: Engines, lengths: Sequence[Length], run: Run
) -> dict[Length, Summary]:
    """Summarize one side of the bitext in its own language."""
    summarizer = engines.summarizers[language]
    texts = bitext.sentences_in(language)
    written = summarizer.summarize(texts, language, lengths, bitext.title_in(language), run)
    return {
        length: Summary(
            language,
            length,
            _traced(sentences, texts, engines),
            # A writer leaves the evidence open; where its text is useless, it hands out sentences
            # of the article with themselves as evidence, and those must not pass for its own.
            "extractive" if all(s.evidence for s in sentences) else summarizer.method,
        )
        for length, sentences in written.items()
    }


def _traced(
    written: Sequence[SummarySentence], texts: Sequence[str], engines: Engines
) -> tuple[SummarySentence, ...]:
    untraced = [sentence.text for sentence in written if not sentence.evidence]
    found = iter(trace(untraced, texts, engines.vectors)) if untraced else iter(())
    return tuple(
        sentence if sentence.evidence else SummarySentence(sentence.text, next(found))
        for sentence in written
    )


def _translated(summary: Summary, engines: Engines, run: Run) -> Summary:
    source, target = summary.language, other(summary.language)
    translator = engines.translator(source, target)
    texts = [sentence.text for sentence in summary.sentences]
    translations = translate_texts(texts, source, target, translator, run)
    sentences = tuple(
        SummarySentence(translation.text, sentence.evidence)
        for translation, sentence in zip(translations, summary.sentences, strict=True)
    )
    return Summary(target, summary.length, sentences, summary.method)


_Strategy = Callable[[Bitext, Engines, Sequence[Length], Run, Collection[int]], Summaries]
_STRATEGIES: dict[Strategy, _Strategy] = {"parallel": parallel, "native": native, "pivot": pivot}
