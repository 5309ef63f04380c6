"""A profile of this very code as a system: the whole corridor, with no cache in the way."""

from __future__ import annotations

import time
from dataclasses import dataclass

from service import domain
from service.engines.load import load
from service.engines.profiles import profiles
from service.errors import DeadlineExceeded, EngineFailed, InputError, NotFound
from service.evaluation.sets import Article, Output, Part
from service.glossary import Chosen, GlossaryStore
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run
from service.settings import Settings


class _Forgetful:
    """A cache that keeps nothing: seconds are those of work that was done."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 (the protocol's)
        return None

    def seal(self, key: str) -> bytes | None:  # noqa: ARG002 (the protocol's)
        return None

    def put(self, key: str, value: bytes) -> None:
        pass

    def delete(self, key: str) -> bool:  # noqa: ARG002 (the protocol's)
        return False

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class InProcess:
    """A pipeline under its profile's name; an editor's corrections are not used.

    Attributes:
        chosen: the glossary that is enforced.
    """

    name: str
    pipeline: Pipeline
    chosen: Chosen | None = None

    @classmethod
    def open(cls, profile: str, settings: Settings) -> InProcess:
        """Load a profile and run each of its models once, so that no article pays for it.

        The glossary is the one that the service of these settings would take.

        Raises:
            NotFound: there is no profile of that name, or no glossary of the settings' desk.
            ModelsMissing, ModelDamaged: its models cannot be used.
        """
        known = profiles(settings)
        if profile not in known:
            names = ", ".join(sorted(known))
            raise NotFound(
                f"{profile!r} is neither a URL, nor a file of outputs, nor a profile ({names})"
            )
        engines = load(known[profile], settings)
        engines.warm_up()
        pipeline = Pipeline(engines, _Forgetful(), max_words=settings.max_words)
        return cls(profile, pipeline, _chosen(settings))

    def signature(self) -> str:
        """As on every answer of a service with this profile and glossary."""
        return self.pipeline.signed(self.chosen)

    def make(self, article: Article) -> Output:
        """Walk the corridor; what the article itself is to blame for is its error."""
        start = time.perf_counter()
        try:
            parts = self._parts(article)
        except (InputError, EngineFailed, DeadlineExceeded) as error:
            return Output(article.id, {}, self.signature(), error=f"{error.code}: {error}")
        seconds = round(time.perf_counter() - start, 3)
        return Output(article.id, parts, self.signature(), seconds)

    def _parts(self, article: Article) -> dict[Part, str]:
        asked = domain.Article(text=article.text, title=article.title, language=article.language)
        document = self.pipeline.read(asked)
        digest = self.pipeline.digest(document, asked, Run(), {}, self.chosen)
        parts: dict[Part, str] = {"translation": digest.bitext.text}
        names: dict[tuple[domain.Language, domain.Length], Part] = {
            ("ar", "short"): "short_ar",
            ("en", "short"): "short_en",
            ("ar", "long"): "long_ar",
            ("en", "long"): "long_en",
        }
        for (language, length), part in names.items():
            parts[part] = digest.summaries[language][length].text
        return parts


def _chosen(settings: Settings) -> Chosen | None:
    store = GlossaryStore.of(settings.data_dir)
    try:
        return store.chosen(settings.glossary)
    finally:
        store.close()
