"""What is asked: an article for a profile. Its text is read once, or not at all.

Reading an article costs some milliseconds, and all that a cached answer needs of it is its id. So
the ids of articles that were asked for before are remembered, each under everything that an id
depends on: the article as it came, the models, what editors have approved so far, the glossary.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from hashlib import blake2b

from service.desk.desk import Desk
from service.domain import Article, Document, TranslatedSentence
from service.glossary import Chosen
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run
from service.recent import Recent

_IDS = 10_000  # under 200 bytes each


@dataclass(slots=True)
class Question:
    """An article for a pipeline, and the walk that it takes if nobody knows the answer.

    Attributes:
        chosen: the glossary to enforce.
        run: its deadline and timings are those of the one who asks.
    """

    article: Article
    pipeline: Pipeline
    chosen: Chosen | None
    run: Run
    _document: Document | None = field(default=None, init=False)

    @property
    def document(self) -> Document:
        """The article, read when this is first asked for.

        Raises:
            InputError: it cannot be worked on.
            Cancelled, DeadlineExceeded: through ``run``.
        """
        if self._document is None:
            with self.run.stage("intake"):
                self._document = self.pipeline.read(self.article)
        return self._document

    def key(self, known: Mapping[int, TranslatedSentence]) -> str:
        """The id of the Digest, given the translations that editors approved."""
        return self.pipeline.key(self.document, self.article, known, self.chosen)


class Names:
    """Tells which Digest a question is about; thread-safe.

    Args:
        desk: knows what editors approved.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids: Recent[bytes, str] = Recent(_IDS)

    def knows(self, question: Question) -> bool:
        """Whether the id is remembered, so that ``id_of`` need not read the article."""
        return self._ids.get(_fingerprint(question, self._desk.state())) is not None

    def id_of(self, question: Question) -> str:
        """The id of the Digest that answers the question.

        Raises:
            InputError: the article cannot be worked on.
        """
        # The state is read before what it stands for. If a correction comes in between, the id
        # is remembered under a state that never comes back.
        asked = _fingerprint(question, self._desk.state())
        found = self._ids.get(asked)
        if found is None:
            found = question.key(self._desk.known(question.document))
            self._ids.put(asked, found)
        return found


def _fingerprint(question: Question, state: int) -> bytes:
    signed = question.pipeline.signed(question.chosen)
    facts = [astuple(question.article), signed, state]
    # A lone surrogate is no UTF-8, and intake takes it out.
    raw = json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=32).digest()
