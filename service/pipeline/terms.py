"""The glossary in an article's translation: enforced sentence by sentence, title included.

Where a term cannot be put into what the model wrote, the model is asked once more, with the term
in the source as the target writes it. That second text is taken if it has more of the terms and
the guards find no more wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain import (
    Bitext,
    DetectedLanguage,
    Document,
    Flag,
    Language,
    Sentence,
    TranslatedSentence,
)
from service.flags import ON_TITLE, on_sentence
from service.glossary.enforce import (
    Enforced,
    enforce,
    enforcement_flags,
    may_be_shown,
    spelled_out,
)
from service.glossary.terms import Glossary
from service.pipeline.faults import faults, weight
from service.pipeline.translate import to_translate


@dataclass(frozen=True, slots=True)
class Anew:
    """A second translation, how sure the model is of it, and what the guards say of it.

    The flags' ``where`` is put right by whoever takes the text.
    """

    text: str
    score: float
    flags: tuple[Flag, ...] = ()


#: Translates sentences or titles once more, in order.
Again = Callable[[Sequence[str]], Sequence[Anew]]
#: The translate stage: a document beside its translation, and the flags on it.
Stage = Callable[[Document], tuple[Bitext, Sequence[Flag]]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A text beside its translation with the terms in it; ``anew`` where it was asked for again."""

    where: str
    source: str
    enforced: Enforced
    anew: Anew | None = None

    def flags(self, language: Language) -> Iterator[Flag]:
        """What there is to be said of the second translation, and of terms that it lacks."""
        if self.anew:
            yield from (replace(flag, where=self.where) for flag in self.anew.flags)
        yield from enforcement_flags(self.enforced, language, self.where)


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
    told = _retold(glossary, told, raised, again, language)
    replaced = {each.where for each in told if each.anew}
    flags = [flag for flag in raised if flag.where not in replaced]
    flags += [flag for each in told for flag in each.flags(language)]
    by_place = {each.where: each for each in told}
    sentences = tuple(_with_terms(target, by_place) for target in bitext.sentences)
    title = by_place[ON_TITLE].enforced.text if ON_TITLE in by_place else bitext.title
    return replace(bitext, title=title, sentences=sentences), tuple(flags)


def _texts(bitext: Bitext) -> list[tuple[str, str, str]]:
    """Place, source and translation of what no person has approved."""
    texts = [
        (on_sentence(target.id), source.text, target.text)
        for source, target in zip(bitext.document.sentences, bitext.sentences, strict=True)
        if target.origin not in {"memory", "editor"}
    ]
    if bitext.title and bitext.document.title:
        texts.append((ON_TITLE, bitext.document.title, bitext.title))
    return texts


def _retold(
    glossary: Glossary,
    told: Sequence[_Told],
    raised: Sequence[Flag],
    again: Again,
    language: Language,
) -> list[_Told]:
    """The same texts; those that lack terms as the model writes them when it is shown the terms."""
    asked: dict[str, str] = {}
    for each in told:
        terms = [term for term in each.enforced.unmet if may_be_shown(term, language)]
        shown = spelled_out(glossary, each.source, language, terms)
        if shown != each.source and to_translate(shown, language):
            asked[each.where] = shown
    made = dict(zip(asked, again(list(asked.values())) if asked else (), strict=True))
    return [
        _better(glossary, each, made[each.where], raised, language) if each.where in made else each
        for each in told
    ]


def _better(
    glossary: Glossary, first: _Told, anew: Anew, raised: Sequence[Flag], language: Language
) -> _Told:
    """The second text with the terms in it if it is the better one, else the first."""
    shown = first.enforced.unmet
    enforced = enforce(glossary, first.source, anew.text, language, shown=shown)
    flagged = [flag for flag in raised if flag.where == first.where]
    worse = (
        len(enforced.unmet) >= len(shown)
        or faults(first.source, enforced.text, language)
        > faults(first.source, first.enforced.text, language)
        or weight(anew.flags) > weight(flagged)
    )
    return first if worse else _Told(first.where, first.source, enforced, anew)


def _with_terms(target: TranslatedSentence, told: dict[str, _Told]) -> TranslatedSentence:
    each = told.get(on_sentence(target.id))
    if each is None or each.enforced.text == target.text:
        return target
    score = each.anew.score if each.anew else target.score
    return replace(target, text=each.enforced.text, score=score, plain=target.text)


def translating(document: Document, translate: Stage) -> Again:
    """What translates sentences of the document's language that it does not have itself."""

    def again(texts: Sequence[str]) -> list[Anew]:
        bitext, raised = translate(of_sentences(document.language, texts))
        by_place: dict[str, list[Flag]] = {}
        for flag in raised:
            by_place.setdefault(flag.where, []).append(flag)
        return [
            Anew(made.text, made.score, tuple(by_place.get(on_sentence(made.id), ())))
            for made in bitext.sentences
        ]

    return again


def of_sentences(language: DetectedLanguage, texts: Sequence[str]) -> Document:
    """A document of these sentences."""
    sentences, text = list[Sentence](), ""
    for number, each in enumerate(texts):
        sentences.append(Sentence(number, len(text), len(text) + len(each), each))
        text += f"{each}\n"
    return Document(language, None, text, tuple(sentences))
