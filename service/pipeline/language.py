"""Which language an article is in: first its script, then py3langid within the script.

Scripts decide first, since they cannot be mistaken. The library then tells Arabic from Persian or
Urdu, and English from French, stretch by stretch, so that an article that changes its language
half-way is seen to. Words in the other script (names, quotations) are left out of that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from service.domain import DetectedLanguage, Language
from service.errors import WrongLanguage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The library tells dialects apart; an Egyptian or Moroccan colouring is Arabic to us. It takes
# tables of figures in English for Nigerian Pidgin, but is sure of itself only where it is Pidgin.
_OURS: dict[Language, frozenset[str]] = {
    "ar": frozenset({"ar", "ary", "arz"}),
    "en": frozenset({"en"}),
}
_ALSO_ENGLISH, _SURE = "pcm", 0.9
_ALIASES = {"sdh": "ku", "uzs": "uz"}  # one name for Kurdish and for Uzbek
_SCRIPTS: dict[Language, str] = {"ar": "arabic", "en": "latin"}
_NAMES: dict[Language, str] = {"ar": "Arabic", "en": "English"}
# Below this share of letters (or of stretches) in one language a text is a mixture.
_SHARE = 0.65
_STRETCH, _MOST_STRETCHES = 80, 16  # words to a stretch; stretches looked at, spread evenly
# In a headline of so few words the library is unsure of English: there another language has to be
# likely before the text is refused, or no English particle to be found in a dozen words.
_SHORT, _LIKELY, _HEADLINE = 40, 0.5, 12
_PARTICLE = re.compile(
    r"\b(?:the|of|and|with|that|from|has|have|had|was|were|been|this|these|said|will|would|by|at|who|"
    r"their|his|her|its|which|after|over|they|not|but|to)\b"
)
# Letters that other languages added to the script, save the Persian forms of ya and kaf, which
# some keyboards put into Arabic; names bring a few of them.
_ADDED_LETTERS = re.compile("[\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f]")
_PERSIAN_FORMS = re.compile("[\u06a9\u06cc]")
_ADDED_SHARE = 0.04


def detect(text: str, said: Language | None = None) -> DetectedLanguage:
    """The language of ``text``; ``said`` is believed unless the script speaks against it.

    Raises:
        WrongLanguage: neither Arabic nor English, or too mixed. Its details are ``detected`` (a
            language or script, or ``mixed``) and ``shares`` (of the letters by script, or of the
            stretches by language; each in 0–1).
    """
    by_script = script_shares(text)
    if said is not None:
        if by_script.get(_SCRIPTS[said], 0.0) < 1 - _SHARE:
            raise _wrong(
                f"the text was said to be {_NAMES[said]} but is not written in its script",
                max(by_script, key=by_script.__getitem__, default="nothing"),
                by_script,
            )
        return DetectedLanguage(said, 1.0)
    script = next(
        (code for code, name in _SCRIPTS.items() if by_script.get(name, 0) >= _SHARE), None
    )
    if script is None:
        other = next((name for name, share in by_script.items() if share >= _SHARE), "mixed")
        raise _wrong("the text is neither Arabic nor English, or mixes them", other, by_script)
    by_language = _language_shares(text, script)
    ours = by_language.pop(script, 0.0)
    other, most = max(by_language.items(), key=lambda item: item[1], default=("mixed", 0.0))
    if ours < _SHARE and (most >= _LIKELY or not _may_be_english_headline(text)):
        raise _wrong(
            "the text seems to be in another language than Arabic or English, or mixes them",
            other if most > ours else "mixed",
            {script: ours, **by_language},
        )
    if script == "ar" and (added := _added_share(text)) > _ADDED_SHARE:
        raise _wrong(
            "the text is in Arabic script, but in another language", "und-Arab", {"added": added}
        )
    # 1 is for what a person said; a detection is never that sure.
    return DetectedLanguage(script, round(min(ours * by_script[_SCRIPTS[script]], 0.99), 3))


def _may_be_english_headline(text: str) -> bool:
    words = text.count(" ") + 1
    return words < _HEADLINE or (words < _SHORT and bool(_PARTICLE.search(text.lower())))


def _added_share(text: str) -> float:
    """The share of letters that are not of the Arabic alphabet, in 0–1."""
    added = len(_ADDED_LETTERS.findall(text)) - len(_PERSIAN_FORMS.findall(text))
    return added / max(1, sum(map(str.isalpha, text)))


def _wrong(message: str, detected: str, shares: dict[str, float]) -> WrongLanguage:
    most = dict(Counter({name: round(share, 3) for name, share in shares.items()}).most_common(5))
    return WrongLanguage(message, detected=detected, shares=most)


def script_shares(text: str) -> dict[str, float]:
    """The letters' shares by script (``arabic``, ``latin``, others by their Unicode name)."""
    counts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counts[_script(letter)] += count
    total = sum(counts.values())
    return {script: count / total for script, count in counts.most_common()}


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "OTHER").split(" ", 1)[0].lower()


def _language_shares(text: str, script: Language) -> dict[str, float]:
    """The shares by language of what is written in the script; ours under ``script`` itself."""
    shares: defaultdict[str, float] = defaultdict(float)
    weight = 0
    for stretch in _stretches(text, _SCRIPTS[script]):
        weight += len(stretch)
        for code, probability in _probabilities(stretch, script).items():
            shares[_ALIASES.get(code, code)] += probability * len(stretch)
    return {code: share / weight for code, share in shares.items()} if weight else {}


def _stretches(text: str, script: str) -> Iterator[list[str]]:
    """Lists of words in the script."""
    found = [
        word for word in text.split() if any(_script(c) == script for c in word if c.isalpha())
    ]
    stretches = [found[i : i + _STRETCH] for i in range(0, len(found), _STRETCH)]
    step = -(-len(stretches) // _MOST_STRETCHES) or 1
    yield from stretches[::step]


def _probabilities(stretch: list[str], script: Language) -> dict[str, float]:
    ranked = dict(_identifier().rank(" ".join(dict.fromkeys(stretch)).lower()))
    probable = {str(code): float(p) for code, p in ranked.items() if p > 0.01}
    ours = sum(probable.pop(code, 0.0) for code in _OURS[script])
    if script == "en" and probable.get(_ALSO_ENGLISH, 1.0) < _SURE:
        ours += probable.pop(_ALSO_ENGLISH)
    return {**probable, script: ours}


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
