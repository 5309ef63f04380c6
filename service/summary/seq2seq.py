"""The summarizer that writes: any BART, T5 or mT5 behind the ``Generator`` protocol.

What the model reads at once is asked for directly. A longer article goes through map-reduce: it
is cut along its sentences into stretches that fit, each is summed up (the ``part`` prompt), and
the sums take the article's place until they fit. A stretch's sum is at most a quarter of what the
model reads, so the rounds shrink geometrically and the whole cost is linear.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import Evidence, Language, Length, Method, SummarySentence
from service.engines.protocol import Generator
from service.errors import EngineFailed
from service.pipeline.run import Run
from service.summary.bands import Room, count
from service.summary.chunks import cut
from service.summary.prompts import Ask, Prompts, Step
from service.summary.written import whole_sentences, within_band

log = logging.getLogger(__name__)

# Stretches that are asked at once: it bounds the memory, and how late a cancellation is seen.
_BATCH = 4
_SUM_SHARE = 4
_LEAST_BUDGET = 16


class Seq2SeqSummarizer:
    """A ``Summarizer``; thread-safe where its generator is."""

    def __init__(self, generator: Generator, prompts: Prompts) -> None:
        self._generator = generator
        self._prompts = prompts

    @property
    def method(self) -> Method:
        """What ``Summary.method`` says of its work."""
        return "seq2seq"

    def summarize(
        self,
        sentences: Sequence[str],
        language: Language,
        lengths: Sequence[Length],
        title: str | None,
        run: Run,
    ) -> dict[Length, list[SummarySentence]]:
        """One summary a length, within its band; evidence is left to the caller to find.

        Where the model wrote not one whole sentence, the article's opening stands in, with itself
        as evidence.

        Raises:
            Cancelled, DeadlineExceeded: through ``run``, between batches.
            EngineFailed: the model broke.
            ConfigurationError: prompts/ does not say how to ask in ``language``.
        """
        if not sentences:
            return {length: [] for length in lengths}
        reading = _Reading(self._generator, self._prompts, language, title, run)
        article_words = sum(map(count, sentences))
        text = list(sentences)
        found: dict[Length, list[SummarySentence]] = {}
        # From the most passages to the fewest: what was condensed for one serves the next.
        for length in sorted(lengths, key=lambda length: -reading.ask(length).passages):
            text = reading.condense(text, length)
            written = reading.write(reading.cut(text, length), length)
            fitting = within_band(written, length, article_words)
            found[length] = [SummarySentence(sentence) for sentence in fitting]
            if not fitting:
                log.warning("the summarizer wrote no whole sentence; the article's opening is used")
                found[length] = _opening(sentences, length)
        return {length: found[length] for length in lengths}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One article on its way through a model."""

    generator: Generator
    prompts: Prompts
    language: Language
    title: str | None
    run: Run

    def ask(self, step: Step) -> Ask:
        return self.prompts.ask(self.language, step)

    def condense(self, text: list[str], length: Length) -> list[str]:
        """Sum up stretches until the text is asked about in the passages that are wanted."""
        while len(self.cut(text, length)) > self.ask(length).passages:
            share = self._budget("part") // _SUM_SHARE
            sums = self.write(self.cut(text, "part"), "part")
            text = [sentence for written in sums for sentence in self._within(written, share)]
        return text

    def cut(self, text: Sequence[str], step: Step) -> list[str]:
        """The text in stretches that fit a prompt."""
        passages, budget = self.ask(step).passages, self._budget(step)
        return cut(text, passages, budget, self.generator.count_tokens)

    def write(self, stretches: Sequence[str], step: Step) -> list[list[str]]:
        """The whole sentences that are written about each stretch."""
        ask, found = self.ask(step), list[list[str]]()
        for start in range(0, len(stretches), _BATCH):
            self.run.check()
            batch = stretches[start : start + _BATCH]
            decoding = ask.decoding_of(min(map(self.generator.count_tokens, batch)))
            prompts = [ask.prompt(text, self.title) for text in batch]
            for written in self.generator.generate(prompts, decoding):
                found.append(whole_sentences(written, self.language, decoding.max_tokens))
            self.run.report("summarize", len(found), len(stretches))
        return found

    def _within(self, sentences: Sequence[str], tokens: int) -> list[str]:
        taken: list[str] = []
        for sentence in sentences:
            tokens -= self.generator.count_tokens(sentence)
            if tokens < 0:
                break
            taken.append(sentence)
        return taken

    def _budget(self, step: Step) -> int:
        """Tokens left for the text in a prompt.

        Raises:
            EngineFailed: what stands around the text (a long title) takes all.
        """
        around = self.generator.count_tokens(self.ask(step).prompt("", self.title))
        left = self.generator.max_source_tokens() - around
        if left < _LEAST_BUDGET:
            raise EngineFailed(f"the prompt leaves {left} tokens for the article")
        return left


def _opening(sentences: Sequence[str], length: Length) -> list[SummarySentence]:
    """The first sentences that the band leaves room for."""
    room = Room(length, [[count(sentence) for sentence in sentences]])
    picked: list[int] = []
    while not room.may_stop(picked):
        picked.append(int(room.allowed(picked).argmax()))
    return [SummarySentence(sentences[i], (Evidence(i, 1.0),)) for i in sorted(picked)]
