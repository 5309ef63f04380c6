"""The glossary in an article's translation: enforced sentence by sentence, title included."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.domain import Bitext, Flag, TranslatedSentence
from service.glossary.enforce import enforce, enforcement_flags
from service.glossary.terms import Glossary


@dataclass(frozen=True, slots=True)
class Chosen:
    """A desk's glossary at a version, as it is applied to an article."""

    desk: str
    glossary: Glossary

    @property
    def name(self) -> str:
        """``desk@version``, for the answer and the key of the cache."""
        return f"{self.desk}@{self.glossary.version}"


def apply(glossary: Glossary, bitext: Bitext) -> tuple[Bitext, tuple[Flag, ...]]:
    """The translation with the terms in it, and a flag for each that could not be put in.

    A changed sentence keeps what the model wrote as ``plain``. What a person approved stays.
    """
    language = bitext.document.language.code
    raised: list[Flag] = []
    sentences: list[TranslatedSentence] = []
    for source, target in zip(bitext.document.sentences, bitext.sentences, strict=True):
        if target.origin in {"memory", "editor"}:
            sentences.append(target)
            continue
        enforced = enforce(glossary, source.text, target.text, language)
        raised += enforcement_flags(enforced, language, f"translation.sentences.{target.id}")
        changed = enforced.text != target.text
        sentences.append(
            replace(target, text=enforced.text, plain=target.text) if changed else target
        )
    title = bitext.title
    if title and bitext.document.title:
        enforced = enforce(glossary, bitext.document.title, title, language)
        raised += enforcement_flags(enforced, language, "translation.title")
        title = enforced.text
    return replace(bitext, title=title, sentences=tuple(sentences)), tuple(raised)
