"""What a desk has decided: one name, one spelling in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from service.domain import Language

KINDS = ("country", "place", "organisation", "agency", "media", "person", "term")
#: Before a spelling that answers for the term in a translation, and does no more.
ANSWERS = "~"


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term.

    Attributes:
        ar: how the desk writes it in Arabic.
        en: how the desk writes it in English.
        kind: one of ``KINDS``.
        ar_variants: other Arabic spellings, to be known in a source and put right in a target;
            those that begin with ``~`` only answer for the term in a target.
        en_variants: the same in English.
        source: where the spelling is from.
    """

    ar: str
    en: str
    kind: str = "term"
    ar_variants: tuple[str, ...] = ()
    en_variants: tuple[str, ...] = ()
    source: str = ""

    def preferred(self, language: Language) -> str:
        """The desk's spelling."""
        return self.ar if language == "ar" else self.en

    def spellings(self, language: Language) -> tuple[str, ...]:
        """The desk's spelling first, then the others."""
        variants = (each.removeprefix(ANSWERS) for each in self._variants(language))
        return tuple(dict.fromkeys((self.preferred(language), *variants)))

    def answering(self, language: Language) -> frozenset[str]:
        """The spellings that are as often something else: not looked for, and never put right."""
        marked = (each for each in self._variants(language) if each.startswith(ANSWERS))
        return frozenset(each.removeprefix(ANSWERS) for each in marked)

    def _variants(self, language: Language) -> tuple[str, ...]:
        return self.ar_variants if language == "ar" else self.en_variants


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a desk, in its order.

    Compared by identity, so that what is worked out for one is found again quickly; ``version``
    says whether two have the same content.
    """

    terms: tuple[Term, ...] = ()

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Glossary:
        """A glossary of the terms."""
        return cls(tuple(terms))

    @cached_property
    def version(self) -> str:
        """Names the content: equal glossaries have equal versions."""
        digest = sha256()
        for term in self.terms:
            fields = (term.ar, term.en, term.kind, *term.ar_variants, "", *term.en_variants)
            digest.update("\x1f".join(fields).encode() + b"\x1e")
        return digest.hexdigest()[:12]

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A desk's glossary at a version, as it is applied to an article."""

    desk: str
    glossary: Glossary

    @property
    def name(self) -> str:
        """``desk@version``, for the answer and the key of the cache."""
        return f"{self.desk}@{self.glossary.version}"
