"""A translation with the desk's terms in it.

Done after the model, since whatever model stands there need not know a placeholder: where the
source has a term, its translation is looked for in the target; another known spelling is put
right, and a word that can only be a transliteration of the term is replaced by the desk's
spelling. What cannot be helped so can be asked for: the source with the term in it as the target
writes it, for the model to copy. What fails even then is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service import flags
from service.checks.tokens import POSSESSIVE, Token, fold
from service.domain import Flag, Language, other
from service.glossary.copies import CERTAIN, likeness, put, recopied
from service.glossary.find import Found, find, find_one, stands
from service.glossary.sounds import names_the_same, runs_like, written_on
from service.glossary.spellings import surnames
from service.glossary.terms import Glossary, Term

_TO_THE = re.compile("([وف]?)لل")
_CASE = re.compile("(ون|ين)$")
# A last name is put in for another that has so much of it: not Dagalo for Hemedti.
_LEAST_LIKENESS = 0.5
# Not countries and places: the names of many are ordinary words as well («كوبا» is a cup).
_SHOWN_KINDS = frozenset({"person", "organisation", "agency", "media", "term"})


@dataclass(frozen=True, slots=True)
class Enforced:
    """The text with the terms in it; ``changed`` were put right, ``unmet`` could not be."""

    text: str
    changed: tuple[Term, ...] = ()
    unmet: tuple[Term, ...] = ()


def enforce(
    glossary: Glossary,
    source: str,
    target: str,
    source_language: Language,
    *,
    shown: Collection[Term] = (),
) -> Enforced:
    """The translation ``target`` of ``source`` with the glossary's terms in it.

    Args:
        shown: terms that the model was shown in the target's script: of these, a word that can
            only be a bad copy is replaced too ("Slink" of "Starlink").
    """
    language = other(source_language)
    changed: list[Term] = []
    unmet: list[Term] = []
    for term, times in _wanted(glossary, source, source_language).items():
        text = _with_term(target, term, language)
        if term in shown and term.kind in _SHOWN_KINDS:
            text = _with_copies(glossary, target if text is None else text, term, language, times)
        if text is None:
            unmet.append(term)
        elif text != target:
            changed.append(term)
            target = text
    return Enforced(target, tuple(changed), tuple(unmet))


def may_be_shown(term: Term, language: Language) -> bool:
    """Whether a term of the source that the model garbled is shown to it: a name for certain."""
    return term.kind in _SHOWN_KINDS or " " in term.preferred(language)


def spelled_out(
    glossary: Glossary, source: str, language: Language, terms: Collection[Term]
) -> str:
    """The source with the given terms as the target language writes them: «أطلقت SpaceX صاروخا».

    What is written onto a name stays («ل» of «للأمم المتحدة», 's), the point of U.N. goes.
    """
    for hit in reversed(find(glossary, source, language)):
        if hit.term in terms and not hit.shared:
            covered, rest = source[hit.start : hit.end], source[hit.end :]
            before, after = _TO_THE.match(covered), POSSESSIVE.search(covered)
            wanted = f"{before[1]}ل" if before else ""
            wanted += _as_long(hit, hit.term, other(language)) + (after[0] if after else "")
            source = source[: hit.start] + wanted + rest.removeprefix("." if "." in covered else "")
    return source


def enforcement_flags(enforced: Enforced, source_language: Language, where: str) -> Iterator[Flag]:
    """A flag for each term that could not be enforced."""
    for term in enforced.unmet:
        wanted = term.preferred(other(source_language))
        yield flags.make(
            "glossary_unmet", where, source=term.preferred(source_language), target=wanted
        )


def _wanted(glossary: Glossary, source: str, language: Language) -> Mapping[Term, int]:
    """The terms of the source and how often; words that several terms share are left alone."""
    return Counter(hit.term for hit in find(glossary, source, language) if not hit.shared)


def _with_copies(
    glossary: Glossary, target: str, term: Term, language: Language, times: int
) -> str | None:
    """The target with bad copies put right, as many as the source has the term; None without it."""
    there = len(find_one(term, target, language))
    for number in range(there, times):
        text = recopied(glossary, target, term, language, CERTAIN if number else 0.0)
        if text is None:
            break
        target = text
    return target if stands(term, target, language) else None


def _with_term(target: str, term: Term, language: Language) -> str | None:
    """The target with the term as the desk writes it, None where it is not there in any form."""
    if hits := find_one(term, target, language):
        return _whole_names(_respelled(target, hits, term, language), term, language)
    if language == "ar" and _left_in_latin(term, target):
        return target
    if term.kind in {"country", "place"}:
        return target if stands(term, target, language) else None
    return _transliterated(target, term, language)


def _left_in_latin(term: Term, target: str) -> bool:
    """Whether an Arabic text has the term as an acronym in Latin letters: «(CNN)», «لـCNN»."""
    acronyms = (re.escape(each) for each in term.spellings("en") if each.isupper())
    return any(re.search(f"(?<![A-Za-z]){each}(?![A-Za-z])", target) for each in acronyms)


def _respelled(target: str, hits: Sequence[Found], term: Term, language: Language) -> str:
    """Other spellings replaced: whole names by whole names, surnames by the surname.

    Abbreviations and short forms (WHO) stay, since they were chosen so.
    """
    for hit in reversed(hits):
        preferred = _as_long(hit, term, language)
        alike = len(hit.spelling.split()) == len(preferred.split()) and not hit.spelling.isupper()
        if alike and not hit.answers and not _same(hit.spelling, preferred, language):
            before = _TO_THE.match(target[hit.start : hit.end])
            wanted = _to_the(before, preferred) if before else preferred
            target = target[: hit.start] + wanted + target[hit.end :]
    return target


def _same(spelling: str, preferred: str, language: Language) -> bool:
    """Whether a spelling is the desk's but for its article or its case («الحوثيين», Sisi)."""
    one, two = (fold(each).removeprefix("al-") for each in (spelling, preferred))
    if language == "ar":
        one, two = (_CASE.sub("", each) for each in (one, two))
    return one == two


def _to_the(before: re.Match[str], name: str) -> str:
    """The name with «لل» or «ل» written onto it, as that stood before the other spelling."""
    return (
        f"{before[1]}لل{name.removeprefix('ال')}"
        if name.startswith("ال")
        else f"{before[1]}ل{name}"
    )


def _whole_names(target: str, term: Term, language: Language) -> str:
    """The target with garbled whole names put right too, where the surname stands elsewhere."""
    words, preferred = term.preferred(other(language)).split(), term.preferred(language)
    if term.kind != "person" or len(words) < 2:
        return target
    right = [
        (hit.start, hit.end)
        for hit in find_one(term, target, language)
        if language == "ar" or len(hit.spelling.split()) > 1
    ]
    for run in reversed(runs_like(target, words, language)):
        if not any(run[0].start < end and start < run[-1].end for start, end in right):
            target = _named(target, run, words, preferred)
    return target


def _as_long(hit: Found, term: Term, language: Language) -> str:
    """The desk's spelling: the whole name, or the surname where that alone was found."""
    preferred = term.preferred(language)
    last = preferred.split()[-1]
    if term.kind == "person" and len(hit.spelling.split()) == 1 and _alike(hit.spelling, last):
        return last
    return preferred


def _alike(spelling: str, last: str) -> bool:
    """Whether a word can be the last name, in its own script or in the other one."""
    one, two = fold(spelling), fold(last)
    if one.isascii() == two.isascii():
        return likeness(one, two) >= _LEAST_LIKENESS
    return names_the_same(*sorted((one, two), key=str.isascii, reverse=True))


def _transliterated(target: str, term: Term, language: Language) -> str | None:
    """The target with the one run of words that can be the name replaced by it."""
    if term.kind == "term":
        return None
    words, preferred = term.preferred(other(language)).split(), term.preferred(language)
    runs = runs_like(target, words, language)
    if not runs and term.kind == "person":
        return _with_surname(target, term, language)
    if len(runs) != 1:
        return None
    return _named(target, runs[0], words, preferred)


def _with_surname(target: str, term: Term, language: Language) -> str | None:
    """The same with the last name alone, if the person can go by it in both languages."""
    names = [term.preferred(each).split()[-1] for each in (other(language), language)]
    wanted, preferred = names
    known = all(
        name.removeprefix("al-") in surnames(term, each)
        for name, each in zip(names, (other(language), language), strict=True)
    )
    runs = runs_like(target, [wanted], language) if known else []
    if len(runs) != 1 or not _alike(wanted, preferred):
        return None
    if runs[0][0].form.startswith(fold(preferred)):  # «النظام الأسدي»
        return target
    return _named(target, runs[0], [wanted], preferred)


def _named(target: str, run: Sequence[Token], words: Sequence[str], preferred: str) -> str:
    """The target with the name in place of the run; what is written onto it stays («وايلن»)."""
    onto = written_on(run[0], words[0], preferred)
    return put(target, run[0].start + onto, run[-1].end, preferred)
