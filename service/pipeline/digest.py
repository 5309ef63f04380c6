"""The corridor itself: runs the rooms in order and hands out the Digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256

from service import checks, codec, flags
from service.cache import Cache
from service.domain import (
    Article,
    Bitext,
    DetectedLanguage,
    Digest,
    Document,
    Evidence,
    Flag,
    Language,
    Length,
    Summary,
    TranslatedSentence,
    other,
)
from service.engines.load import Engines
from service.glossary import Chosen
from service.pipeline import intake, terms
from service.pipeline.language import detect
from service.pipeline.passages import translate_passages
from service.pipeline.reuse import SentenceCache
from service.pipeline.run import Run
from service.pipeline.signature import signature, with_glossary
from service.pipeline.translate import Translation, translate
from service.summary import strategy
from service.summary.abstain import abstain
from service.summary.bands import BANDS
from service.summary.evidence import trace
from service.summary.strategy import Summaries

# Translations that need no model, by sentence id.
Known = Mapping[int, TranslatedSentence]


class Pipeline:
    """One profile's corridor. Thread-safe: it holds nothing that a walk changes.

    Args:
        engines: the profile's models.
        cache: remembers the translations of sentences.
        max_words: the longest article that is read.
    """

    def __init__(self, engines: Engines, cache: Cache, max_words: int) -> None:
        self.engines = engines
        self.signature = signature(engines)
        self._sentences = SentenceCache(cache, self.signature)
        self._max_words = max_words

    def read(self, article: Article) -> Document:
        """Intake: the article as a Document.

        Raises:
            InputError: too short, too large, or neither Arabic nor English.
        """
        return intake.read(
            text=article.text,
            html=article.html,
            title=article.title,
            language=article.language,
            max_words=self._max_words,
        )

    def signed(self, chosen: Chosen | None) -> str:
        """The signature of an article's answer, the glossary included."""
        return with_glossary(self.signature, chosen)

    def key(
        self, document: Document, article: Article, known: Known, chosen: Chosen | None = None
    ) -> str:
        """The id of the Digest: what it is made from and by what, as a sha256.

        Args:
            known: the translations that an editor approved for its sentences.
            chosen: the glossary that is enforced.
        """
        facts = {
            "text": document.text,
            "title": document.title,
            "language": document.language.code,
            "lengths": sorted(article.lengths),
            "known": {str(number): sentence.text for number, sentence in known.items()},
            "signature": self.signed(chosen),
        }
        return sha256(codec.dumps(facts)).hexdigest()

    def digest(
        self,
        document: Document,
        article: Article,
        run: Run,
        known: Known,
        chosen: Chosen | None = None,
    ) -> Digest:
        """Walk the corridor.

        Args:
            known: translations that an editor approved, by sentence id; used before the model.
            chosen: the glossary to enforce in the translation.

        Raises:
            Cancelled, DeadlineExceeded: through ``run``.
            ModelError: a model is missing, damaged or broke.
        """
        with run.stage("translate"):
            bitext, raised, reused = self._translate(document, known, run)
            if chosen:
                again = terms.translating(document, partial(self._translate_silently, run))
                bitext, raised = terms.apply(chosen.glossary, bitext, raised, again)
        with run.stage("check"):
            found = [*self._about_profile(), *raised, *checks.check_bitext(bitext)]
        with run.stage("summarize"):
            barred = checks.misleading(bitext, found)
            written = strategy.summarize(bitext, self.engines, article.lengths, run, barred)
        with run.stage("check"):
            summaries, faults = self._checked(bitext, written, article, run, barred)
        return Digest(
            id=self.key(document, article, known, chosen),
            bitext=bitext,
            summaries=summaries,
            flags=(*found, *faults),
            signature=self.signed(chosen),
            profile=self.engines.profile.name,
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            timings_ms=dict(run.timings_ms),
            reused_sentences=reused,
            glossary=chosen.name if chosen else None,
        )

    def trace(self, texts: Sequence[str], digest: Digest) -> list[tuple[Evidence, ...]]:
        """The source sentences that texts of any origin rest on, one tuple a text."""
        source = digest.bitext.sentences_in(digest.document.language.code)
        return list(trace(texts, source, self.engines.vectors))

    def so_far(self, document: Document, known: Known) -> Known:
        """The translations of a document that there are already, by sentence id."""
        recalled = self._sentences.recall(document, skip=known)
        return {number: each.sentence for number, each in recalled.items()} | dict(known)

    def _translate(
        self, document: Document, known: Known, run: Run
    ) -> tuple[Bitext, tuple[Flag, ...], int]:
        """Translate what neither an editor nor an earlier walk has translated."""
        source = document.language.code
        translator = self.engines.translator(source, other(source))
        recalled = self._sentences.recall(document, skip=known)
        given = {number: each.sentence for number, each in recalled.items()} | dict(known)

        def keep(part: Bitext, raised: Sequence[Flag]) -> None:
            self._sentences.remember(part, raised, skip=())

        bitext, raised = translate(document, translator, run, given, keep)
        old = tuple(flag for each in recalled.values() for flag in each.flags)
        return bitext, (*old, *raised), len(recalled)

    def _translate_silently(self, run: Run, document: Document) -> tuple[Bitext, tuple[Flag, ...]]:
        """Translate without a word on the progress, which is the article's own."""
        bitext, raised, _ = self._translate(document, {}, replace(run, listener=None))
        return bitext, raised

    def detect(self, texts: Sequence[str]) -> DetectedLanguage:
        """The one language of texts that are no article.

        Raises:
            WrongLanguage: neither Arabic nor English, or too mixed.
        """
        return detect("\n".join(texts))

    def translate(
        self, texts: Sequence[str], source: Language, target: Language, run: Run
    ) -> list[Translation]:
        """Translate texts that are no article, in order; a text in ``target`` stays as it is."""
        if source == target:
            return [Translation(text, 1.0) for text in texts]
        translator = self.engines.translator(source, target)
        return translate_passages(texts, source, target, translator, run)

    def summarize(
        self, document: Document, article: Article, run: Run
    ) -> tuple[dict[Length, Summary], tuple[Flag, ...]]:
        """The summaries in the document's own language, and what is to be said of them.

        Nothing is translated unless the profile's summarizer reads only the other language.
        """
        language = document.language.code
        if language not in self.engines.summarizers:
            digest = self.digest(document, article, run, {})
            return dict(digest.summaries[language]), digest.flags
        alone = Bitext(document, other(language), None, ())
        with run.stage("summarize"):
            summaries = strategy.summarize_side(alone, language, self.engines, article.lengths, run)
        with run.stage("check"):
            checked, raised = self._checked(alone, {language: summaries}, article, run)
        return checked[language], tuple(raised)

    def _about_profile(self) -> list[Flag]:
        if self.engines.profile.draft:
            return [flags.make("draft_translation", "translation")]
        return []

    def _checked(
        self,
        bitext: Bitext,
        written: Summaries,
        article: Article,
        run: Run,
        barred: Collection[int] = (),
    ) -> tuple[Summaries, list[Flag]]:
        """The summaries to hand out, the extractive ones in place of those thrown out."""

        @cache
        def extracted() -> Summaries:
            return strategy.extractive(bitext, self.engines, article.lengths, run, barred)

        def stand_in(language: Language, length: Length) -> Summary:
            return extracted()[language][length]

        raised: list[Flag] = []
        summaries: Summaries = {}
        for language, by_length in written.items():
            summaries[language] = {}
            for length, summary in by_length.items():
                kept, found = abstain(bitext, summary, stand_in)
                summaries[language][length] = kept
                raised += [*found, *_shortness(kept)]
        return summaries, raised


def _shortness(summary: Summary) -> list[Flag]:
    if len(summary.sentences) >= BANDS[summary.length].min_sentences:
        return []
    where = f"summaries.{summary.language}.{summary.length}"
    return [flags.make("short_article", where, length=summary.length)]
