"""Names and verbs that are spelled like number words: «رابعة العدوية», «ألف الكاتب», Alpha."""

from __future__ import annotations

from collections.abc import Sequence

from service.checks.lexicon import Lexicon
from service.checks.tokens import Token

_SHADDA = "\u0651"


def is_namesake(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the number word at ``at``, standing alone, is a name or a verb by what is beside it.

    A count takes no noun with the article after it: «ألف الكاتب» is "the writer wrote".
    """
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    for stem in lexicon.stems(token):
        if (name := lexicon.namesakes.get(stem.form)) is None:
            continue
        if name.is_verb and _SHADDA in token.text:
            return True
        if name.is_verb and after and after.text.startswith("ال") and not lexicon.number(after):
            return True
        if before and lexicon.is_one_of(before, name.after):
            return True
        if after and lexicon.is_one_of(after, name.before):
            return True
    return False
