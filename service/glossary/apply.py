"""The glossary in an article's translation: enforced sentence by sentence, title included.

Where a term cannot be put into what the model wrote, the model is asked once more, with the term
in the source as the target writes it. That second text is taken if it has more of the terms and
the guards find no more wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.domain import Bitext, Flag, Language, TranslatedSentence
from service.glossary.enforce import Enforced, enforce, enforcement_flags, spelled_out
from service.glossary.terms import Glossary
from service.pipeline.translate import Translation, as_flags, faults

TITLE = "translation.title"
#: Translates texts once more, in order.
Again = Callable[[Sequence[str]], Sequence[Translation]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A desk's glossary at a version, as it is applied to an article."""

    desk: str
    glossary: Glossary

    @property
    def name(self) -> str:
        """``desk@version``, for the answer and the key of the cache."""
        return f"{self.desk}@{self.glossary.version}"


@dataclass(frozen=True, slots=True)
class _Told:
    """A text beside its translation with the terms in it; ``anew`` where it was asked for again."""

    where: str
    source: str
    enforced: Enforced
    anew: Translation | None = None


def apply(
    glossary: Glossary, bitext: Bitext, raised: Sequence[Flag], again: Again
) -> tuple[Bitext, tuple[Flag, ...]]:
    """The translation with the terms in it, and what there is to be said of it.

    A changed sentence keeps what the model wrote first as ``plain``. What a person approved stays.

    Args:
        raised: the flags on the translation as it is; those on a text that is replaced go.
        again: translates the document's language.
    """
    language = bitext.document.language.code
    told = [
        _Told(where, source, enforce(glossary, source, target, language))
        for where, source, target in _texts(bitext)
    ]
    told = _retold(glossary, told, again, language)
    flags = [flag for flag in raised if flag.where not in {t.where for t in told if t.anew}]
    for each in told:
        flags += as_flags(each.anew, each.where) if each.anew else []
        flags += enforcement_flags(each.enforced, language, each.where)
    by_place = {each.where: each for each in told}
    sentences = tuple(_with_terms(target, by_place) for target in bitext.sentences)
    title = by_place[TITLE].enforced.text if TITLE in by_place else bitext.title
    return replace(bitext, title=title, sentences=sentences), tuple(flags)


def _place(sentence: TranslatedSentence) -> str:
    return f"translation.sentences.{sentence.id}"


def _texts(bitext: Bitext) -> list[tuple[str, str, str]]:
    """Place, source and translation of what no person has approved."""
    texts = [
        (_place(target), source.text, target.text)
        for source, target in zip(bitext.document.sentences, bitext.sentences, strict=True)
        if target.origin not in {"memory", "editor"}
    ]
    if bitext.title and bitext.document.title:
        texts.append((TITLE, bitext.document.title, bitext.title))
    return texts


def _retold(
    glossary: Glossary, told: Sequence[_Told], again: Again, language: Language
) -> list[_Told]:
    """The same texts; those that lack terms as the model writes them when it is shown the terms."""
    short = [each for each in told if each.enforced.unmet]
    asked = [spelled_out(glossary, t.source, language, t.enforced.unmet) for t in short]
    better = {
        first.where: second
        for first, anew in zip(short, again(asked) if asked else (), strict=True)
        if (second := _better(glossary, first, anew, language))
    }
    return [better.get(each.where, each) for each in told]


def _better(
    glossary: Glossary, first: _Told, anew: Translation, language: Language
) -> _Told | None:
    """The second text with the terms in it, if it is the better one."""
    enforced = enforce(glossary, first.source, anew.text, language)
    before = faults(first.source, first.enforced.text, language)
    if len(enforced.unmet) >= len(first.enforced.unmet):
        return None
    if faults(first.source, enforced.text, language) > before:
        return None
    return _Told(first.where, first.source, enforced, anew)


def _with_terms(target: TranslatedSentence, told: dict[str, _Told]) -> TranslatedSentence:
    each = told.get(_place(target))
    if each is None or each.enforced.text == target.text:
        return target
    score = each.anew.score if each.anew else target.score
    return replace(target, text=each.enforced.text, score=score, plain=target.text)
