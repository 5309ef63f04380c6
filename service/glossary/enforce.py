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
from itertools import takewhile

from service import flags
from service.checks.names import gazetteer
from service.checks.tokens import POSSESSIVE, Token, fold, tokenize
from service.checks.transliterate import arabic_skeletons, latin_skeletons
from service.domain import Flag, Language, other
from service.glossary.copies import CERTAIN, PROCLITICS, put, recopied
from service.glossary.find import Found, find, find_one, stands
from service.glossary.terms import Glossary, Term

# Replacing a word needs more evidence than excusing one: so many consonants, and the very same.
_FEWEST_CONSONANTS = 3
_TO_THE = re.compile("([وف]?)لل")
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
    if term.kind in {"country", "place"}:
        return target if stands(term, target, language) else None
    return _transliterated(target, term, language)


def _respelled(target: str, hits: Sequence[Found], term: Term, language: Language) -> str:
    """Other spellings replaced: whole names by whole names, surnames by the surname.

    Abbreviations and short forms (WHO) stay, since they were chosen so.
    """
    for hit in reversed(hits):
        preferred = _as_long(hit, term, language)
        alike = len(hit.spelling.split()) == len(preferred.split()) and not hit.spelling.isupper()
        if fold(hit.spelling) != fold(preferred) and alike:
            target = target[: hit.start] + preferred + target[hit.end :]
    return target


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
    for run in reversed(_runs_like(target, words, language)):
        if not any(run[0].start < end and start < run[-1].end for start, end in right):
            target = _named(target, run, words, preferred)
    return target


def _as_long(hit: Found, term: Term, language: Language) -> str:
    """The desk's spelling: the whole name, or the surname where that alone was found."""
    preferred = term.preferred(language)
    if term.kind == "person" and len(hit.spelling.split()) == 1:
        return preferred.split()[-1]
    return preferred


def _transliterated(target: str, term: Term, language: Language) -> str | None:
    """The target with the one run of words that can be the name replaced by it."""
    if term.kind == "term":
        return None
    words, preferred = term.preferred(other(language)).split(), term.preferred(language)
    runs = _runs_like(target, words, language)
    if not runs and term.kind == "person":
        words, preferred = words[-1:], preferred.split()[-1]
        runs = _runs_like(target, words, language)
    if len(runs) != 1:
        return None
    return _named(target, runs[0], words, preferred)


def _named(target: str, run: Sequence[Token], words: Sequence[str], preferred: str) -> str:
    """The target with the name in place of the run; what is written onto it stays («وايلن»)."""
    onto = _written_on(run[0], words[0], preferred)
    return put(target, run[0].start + onto, run[-1].end, preferred)


def _written_on(token: Token, word: str, preferred: str) -> int:
    """How many letters of an Arabic word are conjunction and preposition before the name."""
    first = fold(preferred)[0]
    sizes = range(len(token.form) if len(token.text) == len(token.form) else 0)
    for size in takewhile(lambda size: set(token.form[:size]) <= PROCLITICS, sizes):
        rest = token.form[size:]
        begins = rest[0] == first != rest[1:2]  # the first ب of «ببوتين» is a preposition
        if begins and latin_skeletons(word.casefold()) & arabic_skeletons(rest):
            return size
    return 0


def _runs_like(target: str, wanted: Sequence[str], language: Language) -> list[list[Token]]:
    """The runs of words in the target with the consonants of the wanted ones, none overlapping."""
    tokens = [token for token in tokenize(target) if token.kind == "word"]
    runs: list[list[Token]] = []
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        free = not runs or run[0].start >= runs[-1][-1].end
        if free and _sound_like(run, wanted, language):
            runs.append(run)
    return runs


def _sound_like(run: Sequence[Token], wanted: Sequence[str], language: Language) -> bool:
    """Whether each word can be the wanted one, all together by enough consonants."""
    shared = [_shared(token, word, language) for token, word in zip(run, wanted, strict=True)]
    if not all(shared) or sum(map(len, shared)) < _FEWEST_CONSONANTS:
        return False
    if language == "ar":
        return True
    capitals = all(token.text[0].isupper() for token in run)
    return capitals and not all(gazetteer().is_common(token.form) for token in run)


def _shared(token: Token, word: str, language: Language) -> str:
    """The skeleton that both have, empty without one."""
    if language == "ar":
        both = latin_skeletons(word.casefold()) & arabic_skeletons(token.form)
    else:
        both = latin_skeletons(token.form) & arabic_skeletons(fold(word))
    return max(both, key=len, default="")
