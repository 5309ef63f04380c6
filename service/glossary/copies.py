"""A bad copy of a term that the model was shown: found by likeness and put right.

A small model that is shown "Starlink" in an Arabic sentence may write "Slink". Which word that is
can be told, since it must be there: the one that is most like the term, is no ordinary word, and
is no other term of the desk. Countries and places are left alone: too many ordinary words are like
them («مصدر» and «مصر»), and Arabic has no capitals to tell a name by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from service.checks.names import gazetteer
from service.checks.tokens import POSSESSIVE, Token, fold, tokenize
from service.domain import Language
from service.glossary.find import find
from service.glossary.terms import Glossary, Term
from service.text.words import PROCLITICS

# Twice the letters that both have in order, by the letters of both. In 317 Arabic references whose
# term was taken out, 0.65 took another word for it 24 times, 0.8 once among the names.
LEAST_LIKENESS: Mapping[Language, float] = {"ar": 0.8, "en": 0.65}
#: Where the term stands already, and only a further mention may be a bad copy.
CERTAIN = 0.78
_KINDS = frozenset({"person", "organisation", "agency", "media"})


def recopied(
    glossary: Glossary, target: str, term: Term, language: Language, least: float = 0.0
) -> str | None:
    """The target with the term in place of its one likely copy; None if none is, or several are.

    Args:
        least: asks for more likeness than the language does.
    """
    if term.kind not in _KINDS:
        return None
    wanted, least = term.preferred(language), max(least, LEAST_LIKENESS[language])
    alike = [
        (like, start, end)
        for start, end, form in _candidates(glossary, target, len(wanted.split()), language)
        if (like := likeness(form, wanted)) >= least
    ]
    best = max(alike, default=None)
    if best is None or sum(like == best[0] for like, *_ in alike) > 1:
        return None
    return put(target, best[1], best[2], wanted)


def put(text: str, start: int, end: int, name: str) -> str:
    """The text with a name in place of what stands there; its 's stays."""
    owner = POSSESSIVE.search(text[start:end])
    return text[:start] + name + (owner[0] if owner else "") + text[end:]


def _candidates(
    glossary: Glossary, target: str, longest: int, language: Language
) -> Iterator[tuple[int, int, str]]:
    """Where up to so many words stand that are neither known terms nor ordinary, and their form.

    Of Arabic words also without what may be written onto them.
    """
    taken = [(hit.start, hit.end) for hit in find(glossary, target, language)]
    words = [token for token in tokenize(target) if token.kind == "word"]
    for at in range(len(words)):
        for run in (words[at : at + size] for size in range(1, longest + 1)):
            start, end, form = run[0].start, run[-1].end, "".join(token.form for token in run)
            free = not any(start < last and first < end for first, last in taken)
            if free and not _ordinary(run, language):
                yield start, end, form
                if language == "ar" and form[0] in PROCLITICS:
                    yield start + 1, end, form[1:]


def _ordinary(run: Sequence[Token], language: Language) -> bool:
    """Arabic has no capitals to tell a name by: there the likeness alone decides."""
    if language == "ar":
        return False
    known = all(gazetteer().is_common(token.form) for token in run)
    return known or not any(letter.isupper() for token in run for letter in token.text)


def likeness(form: str, wanted: str) -> float:
    """The share of letters that two spellings have in order, by the letters of both."""
    return SequenceMatcher(None, form, fold("".join(wanted.split())), autojunk=False).ratio()
