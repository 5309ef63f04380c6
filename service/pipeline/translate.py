"""The translate stage: sentences in, sentences out under the same ids, none lost and none cut.

Each text goes through clauses (too long for the model?), batches, the model, typography and the
guards. What the guards find is tried once more with other decoding settings; the better of the
two is kept, and what is still wrong with it becomes a flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from service import flags
from service.domain import (
    Bitext,
    Document,
    Flag,
    Language,
    Sentence,
    TranslatedSentence,
    other,
)
from service.engines.batching import Order, length_class
from service.engines.protocol import Decoding, Generated, Translator
from service.engines.sharing import stream
from service.pipeline import clauses
from service.pipeline.clauses import Clause
from service.pipeline.faults import REPAIRED, weighed
from service.pipeline.figures import differences, repair
from service.pipeline.guards import Finding, findings
from service.pipeline.run import Progress, Run
from service.pipeline.typography import finish, rejoin
from service.text.words import arabic_share, words

STAGE = "translate"
#: Sentences beyond this are cut at their clauses, even where the model could read more.
LONG_TOKENS = 96
#: So many sentences are seen through together; of a long article the first are there before the
#: last are begun. Enough for full batches.
SLICE = 48

# Other than the first try: narrower, and no phrase of three tokens twice.
_SECOND_TRY = Decoding(beam_size=6, no_repeat_ngram_size=3, repetition_penalty=1.15)


@dataclass(frozen=True, slots=True)
class Translation:
    """The translation of one text.

    Attributes:
        score: exp(mean log probability of a token), in 0–1; 1 where nothing was to translate.
        findings: what the guards still find wrong with it, and what was repaired.
        misstated: values (numbers, dates, sums) that it lacks, changes or adds; the checks stage
            flags them, here they count when two tries are compared.
    """

    text: str
    score: float
    findings: tuple[Finding, ...] = ()
    misstated: int = 0


Keep = Callable[[Bitext, Sequence[Flag]], None]


def translate(
    document: Document,
    translator: Translator,
    run: Run,
    given: Mapping[int, TranslatedSentence] | None = None,
    keep: Keep = lambda *_: None,
) -> tuple[Bitext, tuple[Flag, ...]]:
    """The document beside its translation, title included, and what an editor should look at.

    Args:
        given: translations that are there already, by sentence id; no model is run for them and
            no flags are raised on them.
        keep: told of each slice of the document as soon as it is final, and of its flags.
    """
    source, target = document.language.code, other(document.language.code)
    given = given or {}
    todo = [sentence for sentence in document.sentences if sentence.id not in given]
    titles = [] if document.title is None else [document.title]
    sentences, raised, above = dict(given), list[Flag](), list[Flag]()
    total, title = len(todo) + len(titles), None
    for start in range(0, max(1, len(todo)), SLICE):
        part = todo[start : start + SLICE]
        texts = [*(sentence.text for sentence in part), *(() if start else titles)]
        ahead = start + len(titles) if start else 0
        done = translate_texts(texts, source, target, translator, _ahead(run, ahead, total))
        if len(done) > len(part):
            title = done.pop()
            above = as_flags(title, flags.ON_TITLE)
        made = tuple(map(_translated, part, done))
        found = [flag for pair in zip(part, done, strict=True) for flag in _flags_of(*pair)]
        keep(Bitext(replace(document, sentences=tuple(part)), target, None, made), found)
        sentences |= {sentence.id: sentence for sentence in made}
        raised += found
    in_order = tuple(sentences[sentence.id] for sentence in document.sentences)
    bitext = Bitext(document, target, title.text if title else None, in_order)
    return bitext, (*raised, *above)


def _translated(sentence: Sentence, translation: Translation) -> TranslatedSentence:
    return TranslatedSentence(sentence.id, translation.text, translation.score)


def _flags_of(sentence: Sentence, translation: Translation) -> list[Flag]:
    return as_flags(translation, flags.on_sentence(sentence.id))


def _ahead(run: Run, before: int, total: int) -> Run:
    """The same run for a part of the work: what it reports counts towards the whole."""

    def report(progress: Progress) -> None:
        run.report(progress.stage, before + progress.done, total)

    return replace(run, listener=report)


def as_flags(translation: Translation, where: str) -> list[Flag]:
    """A translation's findings as flags on the place ``where``."""
    return [
        flags.make(finding.code, where, source=finding.source, target=finding.target)
        for finding in translation.findings
    ]


def translate_texts(
    texts: Sequence[str],
    source: Language,
    target: Language,
    translator: Translator,
    run: Run,
) -> list[Translation]:
    """Translate sentences or short texts; same order, same count.

    A text without a letter of the source's script (a number, an emoji, a line that is in the
    target's language already) is handed through as it is.

    Raises:
        EngineFailed: the model broke.
        Cancelled, DeadlineExceeded: between batches, as ``run`` says.
    """
    result = [Translation(text, 1.0) for text in texts]
    todo = [index for index, text in enumerate(texts) if to_translate(text, source)]
    walk = _Walk(source, target, translator, run)

    def progress(done: int) -> None:
        run.report(STAGE, len(texts) - len(todo) + done, len(texts))

    tried = walk.attempt([texts[index] for index in todo], None, progress)
    doubtful = [k for k, translation in enumerate(tried) if _badness(translation)[0]]
    again = walk.attempt([texts[todo[k]] for k in doubtful], _SECOND_TRY)
    for k, other_try in zip(doubtful, again, strict=True):
        tried[k] = min(tried[k], other_try, key=_badness)
    for index, translation in zip(todo, tried, strict=True):
        result[index] = translation
    return result


def to_translate(text: str, source: Language) -> bool:
    """Whether a text has words of the source's script; else it is handed through as it is."""
    letters = any(word[:1].isalpha() for word in words(text))
    share = arabic_share(text)
    return letters and (share > 0 if source == "ar" else share < 1)


def _badness(translation: Translation) -> tuple[int, float]:
    """What is wrong, weighed, then how unsure the model was; nothing is wrong with 0."""
    wrong = [finding for finding in translation.findings if finding.code != REPAIRED]
    return weighed(wrong, translation.misstated), -translation.score


@dataclass(frozen=True, slots=True)
class _Walk:
    """One call's direction, model and way out."""

    source: Language
    target: Language
    translator: Translator
    run: Run

    def attempt(
        self,
        texts: Sequence[str],
        decoding: Decoding | None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> list[Translation]:
        """One try for each text, looked at by the guards."""
        pieces = self._pieces(texts)
        order = Order(
            texts=[clause.given for _, clause in pieces],
            tokens=[clause.tokens for _, clause in pieces],
            decodings=[
                replace(decoding or Decoding(), max_tokens=_output_bound(clause.tokens))
                for _, clause in pieces
            ],
            source=self.source,
            target=self.target,
        )
        waiting = Counter(owner for owner, _ in pieces)
        written: dict[int, Generated] = {}
        for outputs in stream(self.translator, order, self.run.check):
            written |= dict(outputs)
            waiting -= Counter(pieces[index][0] for index, _ in outputs)
            progress(len(texts) - len(waiting))
        own: list[list[tuple[str, Generated]]] = [[] for _ in texts]
        for index, (owner, clause) in enumerate(pieces):
            own[owner].append((clause.text, written[index]))
        return [self._assembled(text, parts) for text, parts in zip(texts, own, strict=True)]

    def _pieces(self, texts: Sequence[str]) -> list[tuple[int, Clause]]:
        limit = min(LONG_TOKENS, self.translator.max_source_tokens())

        def cost(text: str) -> int:
            return self.translator.count_tokens(text, self.source)

        return [
            (owner, clause)
            for owner, text in enumerate(texts)
            for clause in clauses.cut(text, cost, limit, self.source)
        ]

    def _assembled(self, text: str, parts: Sequence[tuple[str, Generated]]) -> Translation:
        raw = rejoin([(clause, part.text) for clause, part in parts], self.target)
        score = sum(part.score for _, part in parts) / len(parts)
        wrong = findings(text, raw, self.source)
        written, repairs = repair(text, finish(raw, text, self.target), self.source)
        wrong += [Finding(REPAIRED, each.source, each.was) for each in repairs]
        missed = len(differences(text, written, self.source))
        return Translation(written, score, tuple(wrong), missed)


def _output_bound(tokens: int) -> int:
    """The most tokens of an output: by length class, so that a batch's company has no say in it.

    Twice the source and a few is beyond every true translation measured; a loop ends there.
    """
    return 2 * length_class(tokens) + 16
