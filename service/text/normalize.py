"""Normal forms of text: one for readers, one for matching.

``clean_unicode`` is what a reader may be shown: NFC, no control characters, one kind of space.
``matching_form`` is only ever compared, never shown: it folds what two spellings of the same
Arabic word differ in (tashkeel, tatweel, alef, ya, ta-marbuta), digits and case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# A ZWNJ that stands for a space: nothing of the same word follows ة or ى, and «ال» opens a word
# where it does not follow a particle. Anywhere else nobody can tell, and the ZWNJ just goes.
_SPACE_UNSEEN = re.compile(
    "(?<=[ةى])\u200c(?=[\u0621-\u064a])|(?<=[\u0621-\u064a]{3})\u200c(?=ال[\u0621-\u064a]{3})"
)
# Zero-width and bidi controls: they carry no letter, break matching, and can flip what is read.
# ZWNJ and ZWJ are among them: Arabic (unlike Persian) does not need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# Agencies write 463.89 as 89, a point, a right-to-left mark and 463: the mark turns the two on the
# line, so the digits must change places before it is dropped.
_TURNED_DECIMAL = re.compile("(?<![\\d.,٫])(\\d+)([.,٫])\u200f(\\d+)(?![\\d.,٫])")
# U+FFFE and U+FFFF are no characters, and XML cannot hold them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff]")
# The C1 controls that text declared as Latin-1 really means as quotes and dashes of Windows-1252.
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_LINE_END = re.compile("\r\n?|[\x0b\x0c\u2028\u0085]")
_PARAGRAPH_END = re.compile("\u2029")
_SPACE = re.compile("[^\\S\n]+")

TATWEEL = "\u0640"
# Harakat, tanwin, shadda, sukun, superscript alef, Quranic marks.
_TASHKEEL = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك",
        "ء": "", TATWEEL: "",
    }
)  # fmt: skip
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
# Presentation forms (ﻻ, ﷲ) are what some CMSs and PDFs hand over in place of letters.
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")


def clean_unicode(text: str) -> str:
    """NFC with letters for presentation forms, ``\\n`` line ends, single spaces, no controls.

    Idempotent. Tabs and the many Unicode spaces become one space; lone surrogates become U+FFFD.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _PARAGRAPH_END.sub("\n\n", _LINE_END.sub("\n", text))
    text = _TURNED_DECIMAL.sub(r"\3\2\1", text)
    text = text.translate(_WINDOWS_1252)
    text = _CONTROL.sub("", _INVISIBLE.sub("", _SPACE_UNSEEN.sub(" ", text)))
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text))


def fold_letters(text: str) -> str:
    """Alef, ya, ta-marbuta, hamza and tatweel folded, marks gone, all else as it is.

    This much of ``matching_form`` may be done to a regular expression.
    """
    return strip_tashkeel(text).translate(_LETTERS)


class _Folds(dict[str, str]):
    """The matching form of single code points, worked out when first met."""

    def __missing__(self, character: str) -> str:
        form = character
        if character != "\n":
            form = " " if character.isspace() else matching_form(character)
        return self.setdefault(character, form)


_FOLDS = _Folds()


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The matching form of a text, and for each of its code points the one in ``text`` it is from.

    Folds code point by code point, so that a place in the one can be found in the other.
    """
    forms = [_FOLDS[character] for character in text]
    form = "".join(forms)
    if len(form) == len(text) and "" not in forms:
        return form, range(len(text))
    return form, [index for index, part in enumerate(forms) for _ in part]


def strip_tashkeel(text: str) -> str:
    """The text without vowel marks and tatweel."""
    return _TASHKEEL.sub("", text).replace(TATWEEL, "")


def western_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0–9; the length in code points stays the same."""
    return text.translate(_DIGITS)


def matching_form(text: str) -> str:
    """The form in which two spellings of a word are equal; for comparison only."""
    text = unicodedata.normalize("NFKC", text)
    text = strip_tashkeel(_INVISIBLE.sub("", text)).translate(_LETTERS)
    return _SPACE.sub(" ", western_digits(text).casefold()).strip()
