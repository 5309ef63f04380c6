"""Everything that lives as long as the process: settings, profiles, pipelines, the cache.

The HTTP side, the command line and the jobs all go through here, so that an article is answered
alike whoever asks.

Longer than the house's 250 lines: it is the one list of what a process owns, in the order in which
that is opened and closed; what each part does stands in its own module.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from service import codec
from service.cache import Cache, open_cache
from service.desk.corrections import Corrections
from service.desk.desk import Desk
from service.domain import Article, Bitext, Digest, Evidence, other
from service.engines.load import load
from service.engines.profiles import profiles
from service.engines.specs import Profile
from service.errors import CapacityError, NotFound, NotReady
from service.glossary import Chosen
from service.glossary.store import GlossaryStore
from service.history import History
from service.jobs import Jobs, open_jobs
from service.jobs.protocol import Job, Order
from service.observability.metrics import Metrics
from service.observability.tracing import open_tracing
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run
from service.serving.answers import Answer, Answers
from service.serving.drafts import Drafts
from service.serving.gate import Gate
from service.serving.once import Once
from service.serving.question import Names, Question
from service.settings import Settings

logger = logging.getLogger(__name__)

_ARTICLE_ID = re.compile(r"[0-9a-f]{64}")
# So many requests of texts are let in where one article would be.
_TEXTS_AN_ARTICLE = 4


class House:
    """Owns what is shared between requests; all methods are thread-safe."""

    def __init__(self, settings: Settings, cache: Cache | None = None) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.cache = cache or open_cache(settings, self.metrics.cache_trouble.inc)
        self.profiles: dict[str, Profile] = profiles(settings)
        self.tracing = open_tracing(settings)
        self._jobs: Jobs | None = None
        self._hiring = threading.Lock()
        self._drafts = Drafts()
        self.history = History(settings.data_dir / "history.sqlite")
        self.desk = Desk(Corrections(settings.data_dir / "desk.sqlite"), self._trace)
        self._answers = Answers(self.cache, self.desk)
        self._names = Names(self.desk)
        self.glossaries = GlossaryStore.of(settings.data_dir)
        self._pipelines: dict[str, Pipeline] = {}
        self._loading = threading.Lock()
        self._warm = threading.Event()
        self.leaving = False  # told by a signal handler, which may take no lock
        self._once = Once(self.cache, settings)
        self._gate = Gate(settings.working, settings.waiting)
        self._texts = Gate(settings.working * _TEXTS_AN_ARTICLE, settings.waiting // 4)
        self.metrics.watch_queue(lambda: self._gate.depth, lambda: self._gate.working)

    def pipeline(self, profile: str | None = None) -> Pipeline:
        """The pipeline of a profile, its models loaded at the first call.

        Raises:
            NotFound: no profile of that name.
            ModelsMissing, ModelDamaged: its models cannot be used.
        """
        name = profile or self.settings.profile
        if (loaded := self._pipelines.get(name)) is not None:
            return loaded  # without the lock, which is held for as long as another one loads
        if name not in self.profiles:
            known = ", ".join(sorted(self.profiles))
            raise NotFound(f"there is no profile {name!r}; there are: {known}")
        with self._loading:
            if name not in self._pipelines:
                engines = load(self.profiles[name], self.settings, self.metrics.batched)
                self._pipelines[name] = Pipeline(
                    engines, self.cache, max_words=self.settings.max_words
                )
            return self._pipelines[name]

    def signature(self) -> str:
        """What makes the answer to an article that names neither profile nor glossary.

        Raises:
            ModelsMissing, ModelDamaged: its models cannot be used.
        """
        return self.pipeline().signed(self._own_glossary())

    def warm_up(self) -> None:
        """Load the default profile and run each of its models once; then the house is ready.

        Raises:
            ModelsMissing, ModelDamaged: its models cannot be used.
        """
        self.pipeline().engines.warm_up()
        self._warm.set()
        if want := self.glossary_wanted():
            logger.warning(want)

    def glossary_wanted(self) -> str | None:
        """What to do where the settings name a desk that has no glossary; None where it has one.

        No reason not to begin: a desk's glossary may be put while the house is open.
        """
        desk = self.settings.glossary
        if not desk or self._own_glossary():
            return None
        return (
            f"KHULASA_GLOSSARY names {desk!r}, which has no glossary yet: articles that name"
            f" none are refused until 'glossary put {desk} FILE'"
        )

    def _own_glossary(self) -> Chosen | None:
        """The glossary of the settings; None without one, and until their desk has one."""
        try:
            return self.glossaries.chosen(self.settings.glossary)
        except NotFound:
            return None

    def enter(self, run: Run) -> AbstractContextManager[None]:
        """A place for work on texts that are no articles; held inside the ``with``.

        There are more of these: such texts are short, and share their batches.

        Raises:
            QueueFull, Draining, Cancelled, DeadlineExceeded: see ``service.serving.gate``.
        """
        return self._texts.enter(run)

    def check_ready(self) -> None:
        """Tell whether traffic may come; costs microseconds.

        Raises:
            NotReady: the models are still being warmed up.
            QueueFull, Draining: one more article would be refused.
        """
        if not self._warm.is_set():
            raise NotReady("the models are being warmed up")
        self._gate.check()

    def ask(self, article: Article, run: Run, profile: str | None = None) -> Question:
        """The question that ``recall`` and ``answer`` take; the article is not read yet.

        Raises:
            NotFound: no such profile, or no glossary of the desk that the article names.
        """
        run.spans = self.tracing.stage
        return Question(article, self.pipeline(profile), self._chosen(article), run)

    def recall(self, question: Question) -> Answer | None:
        """The Digest if the cache has it; runs no model.

        Raises:
            InputError: the article cannot be worked on.
        """
        with self.tracing.stage("lookup"):
            return self._answers.find(self._names.id_of(question))

    def answer(self, question: Question) -> Answer:
        """The Digest: from the cache, or made once, however many ask for it at the same time.

        Raises:
            InputError, ModelError, CapacityError, Cancelled: see ``service.errors``.
        """
        self._turn_away(question)
        found = self.recall(question) or self._make(question)
        self.metrics.cache.labels("hit" if found.cached else "miss").inc()
        return found

    def digest(self, article: Article, run: Run, profile: str | None = None) -> Answer:
        """``ask`` and ``answer`` in one."""
        return self.answer(self.ask(article, run, profile))

    def _turn_away(self, question: Question) -> None:
        """Refuse unread, where there is no room, an article that was not asked for lately.

        Reading takes milliseconds: a crowd of them would slow down those who are inside.
        """
        if question.run.patient:
            return
        try:
            self._gate.check()
        except CapacityError:
            if not self._names.knows(question):
                raise

    def _make(self, question: Question) -> Answer:
        document, run = question.document, question.run
        known = self.desk.known(document)
        key = question.key(known)
        worked = False

        def work() -> bytes:
            nonlocal worked
            worked = True  # this caller, not one that it waits for
            with self._gate.enter(run):
                digest = question.pipeline.digest(
                    document, question.article, run, known, question.chosen
                )
            made = codec.encode(digest)
            self.cache.put(key, made)
            self.history.add(digest)
            self.metrics.walked(run.timings_ms)
            return made

        stored = self._once.do(key, run, work)
        return self._answers.of(key, stored, cached=not worked)

    def _chosen(self, article: Article) -> Chosen | None:
        """The glossary that the article asks for, or the house's.

        Raises:
            NotFound: no desk of that name has one.
        """
        named = article.glossary
        return self.glossaries.chosen(self.settings.glossary if named is None else named)

    def perform(self, order: Order, run: Run) -> str:
        """See an order of ``service.jobs`` through; the id of its Digest.

        The order was taken: a house that is full now makes it wait and does not refuse it.
        """
        run.patient = True
        with self.tracing.job(order.trace or {}):
            return self.digest(order.article, run, order.profile).id

    def submit(self, order: Order) -> Job:
        """Take an order as a job.

        Raises:
            QueueFull: too many wait.
        """
        job = self.jobs.submit(replace(order, trace=self.tracing.carry() or None))
        self._drafts.note(job.id, order)
        return job

    def draft(self, job_id: str) -> Bitext | None:
        """The sentences of a job's article that are translated already; None where none is known.

        The title is not among them, and its document has these sentences alone.
        """
        found = self._drafts.find(job_id, lambda article, name: self.pipeline(name).read(article))
        if found is None:
            return None
        order, document = found
        done = self.pipeline(order.profile).so_far(document, self.desk.known(document))
        sentences = tuple(sentence for sentence in document.sentences if sentence.id in done)
        return Bitext(
            replace(document, sentences=sentences),
            other(document.language.code),
            None,
            tuple(done[sentence.id] for sentence in sentences),
        )

    def find(self, article_id: str) -> Answer:
        """A Digest that was made before.

        Raises:
            NotFound: it was never made, or has been evicted or deleted.
        """
        # The cache keeps more than Digests, under names of other kinds.
        known = _ARTICLE_ID.fullmatch(article_id) is not None
        if not known or (found := self._answers.find(article_id)) is None:
            raise NotFound("there is no article with this id; post it again")
        return found

    def _trace(self, texts: Sequence[str], digest: Digest) -> list[tuple[Evidence, ...]]:
        return self.pipeline(digest.profile).trace(texts, digest)

    def forget(self, article_id: str) -> None:
        """Delete a Digest, and what the list of articles has of it though the cache evicted it.

        Raises:
            NotFound: there is neither.
        """
        deleted, listed = self.cache.delete(article_id), self.history.remove(article_id)
        if not (deleted or listed):
            raise NotFound("there is no article with this id")

    @property
    def jobs(self) -> Jobs:
        """What runs jobs; begun when first asked for, which a command line tool never does."""
        with self._hiring:
            if self._jobs is None:
                self._jobs = open_jobs(self.settings, self.perform)
            return self._jobs

    def close(self, timeout_s: float = 0.0) -> None:
        """Take nothing new, let what runs end, hand the rest back, let go of files.

        Args:
            timeout_s: how long what runs may take to end.
        """
        end = time.monotonic() + timeout_s
        if self._jobs is not None:  # first, or jobs would knock at a door that is closed for good
            self._jobs.close(timeout_s)
        for gate in (self._gate, self._texts):
            gate.drain(max(0.0, end - time.monotonic()))
        self.desk.close()
        self.glossaries.close()
        self._once.close()
        self.history.close()
        self.cache.close()
        self.tracing.close()
