"""Cuts a sentence that is too long for the model at the ends of its clauses.

Nothing is lost: the pieces, joined by single spaces, are the words of the sentence in order (a
single "word" beyond the limit, such as a URL of thousands of characters, is cut inside). The
nearest good place to the middle is taken, the better kinds of places first, and the halves again
as long as they do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.domain import Language

# Better places first; the cut is made at the end of a match, which is a space.
_AFTER_MARK = (re.compile(r"[؛;:—–…](?=\s)"), re.compile(r"[،,)»”](?=\s)"))
_BEFORE_WORD: dict[Language, re.Pattern[str]] = {
    "ar": re.compile(
        r"\s(?=(?:و(?:قال|أضاف|أكد|أشار|ذكر|أوضح|تابع|كان|قد|لا|لم|لن|هو|هي|أن|إن|من|في|على|مع|بعد"
        r"|قبل|ذلك|هذا|هذه)|فيما|بينما|حيث|لكن|إذ|كما|بعدما|عندما|التي|الذي|الذين)\w*\s)"
    ),
    "en": re.compile(
        r"\s(?=(?:and|but|while|which|who|because|although|whereas|when|where|after|before|that"
        r"|as|if|until)\s)",
        re.IGNORECASE,
    ),
}
_WAW = re.compile(r"\s(?=و\w{3})")
_SPACE = re.compile(r"\s")
_GOES_ON = "،,؛;:–—… \t\n"
_ENDS = ".!?؟"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, or a whole one: as it is, and as a model is given it.

    Attributes:
        tokens: what ``given`` costs.
    """

    text: str
    given: str
    tokens: int


def cut(text: str, cost: Callable[[str], int], limit: int, language: Language) -> list[Clause]:
    """The clauses of ``text``, none above ``limit``; all but the last are given as sentences.

    The last one ends the text's own way, and a text that fits is the last one.
    """
    tokens = cost(text)
    if tokens <= limit:
        return [Clause(text, text, tokens)]
    *before, last = split(text, lambda part: cost(as_sentence(part)) <= limit, language)
    given = [*map(as_sentence, before), last]
    return [
        Clause(part, sentence, cost(sentence))
        for part, sentence in zip([*before, last], given, strict=True)
    ]


def split(text: str, fits: Callable[[str], bool], language: Language) -> list[str]:
    """The pieces of ``text``, each of which ``fits``; ``[text]`` where it fits as it is.

    ``fits`` must hold for every text of one character.
    """
    text = text.strip()
    if len(text) <= 1 or fits(text):
        return [text]
    cut = _best_cut(text, language)
    left, right = text[:cut].strip(), text[cut:].strip()
    return [*split(left, fits, language), *split(right, fits, language)]


def as_sentence(clause: str) -> str:
    """The clause as a model is given it: ended by a full stop, in place of its own mark.

    A model that has learned whole sentences takes a comma at the end for one that goes on, and
    invents how.
    """
    body = clause.rstrip(_GOES_ON)
    return clause if not body or body[-1] in _ENDS else f"{body}."


def _best_cut(text: str, language: Language) -> int:
    kinds = [*_AFTER_MARK, _BEFORE_WORD[language], *([_WAW] if language == "ar" else []), _SPACE]
    middle = len(text) // 2
    for kind in kinds:
        # Near an end, a cut would leave a stump that no model translates well.
        low, high = (1, len(text)) if kind is _SPACE else (len(text) // 5, len(text) * 4 // 5)
        places = [m.end() for m in kind.finditer(text) if max(1, low) <= m.end() <= high]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return middle
