"""How the models of a profile are run on this machine: which class for which engine and family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from service.domain import Language
from service.engines import features
from service.engines.adapters import ModelGenerator, ModelTranslator
from service.engines.ct2 import Ct2Model, Hardware
from service.engines.extractive import PointerSelector
from service.engines.lazy import LazyGenerator
from service.engines.protocol import Generator, Selector, Translator, Vectors
from service.engines.sharing import BatchingTranslator
from service.engines.specs import Family, Kind, Profile
from service.engines.store import Installed
from service.engines.transformers_engine import TransformersModel
from service.engines.vectors import E5Vectors
from service.settings import Settings
from service.summary.prompts import STEPS, prompts_for
from service.summary.seq2seq import Seq2SeqSummarizer


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """What a signature, and ``GET /v1/info``, say of one model."""

    role: str
    source: str
    content: str
    engine: str
    compute_type: str
    licence: str
    restriction: str | None

    @property
    def signature(self) -> str:
        """Such as ``ar-en:3f2a91c4d0e1,ctranslate2-4.8.5,int8``."""
        name = self.role.removeprefix("translation.")
        return f"{name}:{self.content},{self.engine},{self.compute_type}"

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@cache
def shared_vectors() -> Vectors:
    """One for the process: every profile asks the same model about the same sentences."""
    return E5Vectors()


@dataclass(frozen=True, slots=True)
class Runtime:
    """How a profile's models are run on this machine."""

    profile: Profile
    settings: Settings
    observe: Callable[[int, int], None] = lambda _texts, _requests: None

    def translator(self, model: Installed) -> Translator:
        """The translator of one direction; it shares its batches between requests."""
        if self.profile.engine == "transformers":
            return ModelTranslator(self._transformers(model), model.spec.clause_tokens)
        translator = ModelTranslator(self._ctranslate2(model), model.spec.clause_tokens)
        return BatchingTranslator(translator, observe=self.observe)

    def selector(self, model: Installed) -> Selector:
        """The selector of sentences, on the process's own sentence vectors."""
        return PointerSelector(model.folder, shared_vectors())

    def writer(
        self, family: Family, languages: Sequence[Language], model: Installed
    ) -> Seq2SeqSummarizer:
        """The summarizer that writes; the generator below it is built on first use.

        Raises:
            ConfigurationError: prompts/ does not say how to ask it in one of the languages.
        """
        prompts = prompts_for(family)
        for language in languages:
            for step in STEPS:
                prompts.ask(language, step)
        return Seq2SeqSummarizer(LazyGenerator(partial(self.generator, model)), prompts)

    def generator(self, model: Installed) -> Generator:
        """The model that writes."""
        if self.profile.engine == "transformers":
            return ModelGenerator(self._transformers(model))
        return ModelGenerator(self._ctranslate2(model))

    def facts(self, model: Installed, kind: Kind | None = None) -> LoadedModel:
        """What is said of a model; ``kind`` is a summarizer's."""
        extractive = kind == "extractive"
        engine = self.profile.engine
        own = f"{engine}-{version(engine)}"
        return LoadedModel(
            role=model.spec.role,
            source=model.manifest.about.get("source", model.folder.name),
            content=model.manifest.content,
            engine=f"extractive-{features.VERSION}" if extractive else own,
            compute_type="float32" if extractive else self._compute_type(),
            licence=model.spec.licence,
            restriction=model.spec.restriction,
        )

    def _ctranslate2(self, model: Installed) -> Ct2Model:
        token = model.spec.language_token
        return Ct2Model(model.folder, language_token=token, hardware=self._hardware())

    def _transformers(self, model: Installed) -> TransformersModel:
        return TransformersModel(model.folder, language_token=model.spec.language_token)

    def _hardware(self) -> Hardware:
        return Hardware(
            compute_type=self.profile.compute_type, intra_threads=self.settings.intra_threads
        )

    def _compute_type(self) -> str:
        """What "auto" comes to on this machine, and where, as other devices round otherwise."""
        if self.profile.engine == "transformers":
            return "float32"
        options = self._hardware().options()
        where = "" if options["device"] == "cpu" else f"-{options['device']}"
        return f"{options['compute_type']}{where}"
