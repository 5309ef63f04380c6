"""Sentences of a text, with exact offsets: sentencex cuts, and what it gets wrong is mended here.

sentencex (MIT, Rust, some 300 languages) is asked about each line with its quotation marks masked,
since a mark that is left open makes it swallow sentences. Four mendings follow:

- a line break always ends a sentence, so a headline needs no full stop;
- a cut after an abbreviation, an initial, a number or a question that the sentence goes on from is
  taken back (``_is_false``; the words are in service/rules/sentences.toml);
- quotation marks and stray points go to the sentence they belong to;
- a quotation of several sentences stays whole where it is short enough to be read as one.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sentencex import get_sentence_boundaries

from service.domain import LANGUAGES, Language, Sentence
from service.pipeline.rules import RULES_DIR

_LINE = re.compile(r"[^\n]+")
_OPENERS, _CLOSERS = "«“„", "»”"
_MASK = str.maketrans(dict.fromkeys(_OPENERS + _CLOSERS + '"', " "))
_MARK = re.compile('[«“„»”"]')
_TERMINAL = re.compile(r"[.!?؟…۔][»”\"'’)\]\s]*$")
_WORD = re.compile(r"\w")
# A longer quotation is cut inside: nobody reads sixty words as one sentence.
_LONGEST_QUOTATION = 40
# How far back from a cut an abbreviation, how far ahead a word is looked for.
_REACH = 32


def split(text: str, language: Language) -> tuple[Sentence, ...]:
    """Cut ``text`` into sentences: ``text[s.start:s.end] == s.text``, nothing but spaces between.

    ``paragraph`` counts the lines that have any text; ids run from 0. Linear in the text's length.
    """
    sentences: list[Sentence] = []
    lines = (line for line in _LINE.finditer(text) if not line[0].isspace())
    for paragraph, line in enumerate(lines):
        for start, end in _cut(line[0], language):
            at, to = line.start() + start, line.start() + end
            sentences.append(Sentence(len(sentences), at, to, text[at:to], paragraph))
    return tuple(sentences)


def ends_sentence(left: str) -> bool:
    """Whether a sentence surely ends after the full stop of ``left``, in either language.

    It does not after an abbreviation («د.», “Rep.”, “U.S.”), which may or may not end it.
    """
    words = [_words(language) for language in LANGUAGES]
    left = left[-_REACH:]
    unsure = [kind for one in words for kind in (one.never_last, one.rarely_last, one.letter)]
    return not any(kind.search(left) for kind in unsure)


def _cut(line: str, language: Language) -> Iterator[tuple[int, int]]:
    """The trimmed (start, end) of the sentences of one line."""
    inside = _Quotations(line)
    words = _words(language)
    proposed = {_settled(line, cut, inside) for cut in _proposed(line, language, words)}
    cuts = [cut for cut in sorted(proposed) if cut and not _is_false(line, cut, words)]
    bounds = [0, *cuts, len(line)]
    group: list[tuple[int, int]] = []
    for index, piece in enumerate(pairwise(bounds)):
        group.append(piece)
        if index == len(cuts) or cuts[index] not in inside:
            yield from _grouped(line, group)
            group = []


def _proposed(line: str, language: Language, words: _Words) -> Iterator[int]:
    """Where sentencex would begin a new sentence, and where it should."""
    for boundary in get_sentence_boundaries(language, line.translate(_MASK)):
        yield boundary["start_index"]
    for match in words.also.finditer(line):
        yield match.end("cut")


def _grouped(line: str, group: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences of a quotation: as one if it is short, else one by one."""
    start, end = group[0][0], group[-1][1]
    if len(group) > 1 and line.count(" ", start, end) < _LONGEST_QUOTATION:
        group = [(start, end)]
    for piece in group:
        trimmed = _trim(line, *piece)
        if trimmed[0] < trimmed[1]:
            yield trimmed


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


class _Quotations:
    """The stretches of a line that stand in quotation marks which are closed."""

    def __init__(self, line: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        opened: re.Match[str] | None = None
        for mark in _MARK.finditer(line):
            if opened is None and mark[0] not in _CLOSERS:
                opened = mark
            elif opened and (mark[0] in _CLOSERS or mark[0] == '"' == opened[0]):
                self._starts.append(opened.end())
                self._ends.append(mark.start())
                opened = None

    def __contains__(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at <= self._ends[index]


def _settled(line: str, cut: int, inside: _Quotations) -> int:
    """The cut moved over masked marks: closing ones end the left side, opening ones stay right."""
    start = cut
    while start > 0 and (line[start - 1].isspace() or line[start - 1] in _OPENERS + '"'):
        start -= 1
    end = start
    while end < len(line) and (
        line[end] in _CLOSERS + ")]'’"
        or (line[end] == '"' and end in inside)
        or line[end] in ".!?؟…"
    ):
        end += 1
    return end


def _is_false(line: str, cut: int, words: _Words) -> bool:
    """Whether no sentence ends there after all."""
    left, right = line[max(0, cut - _REACH) : cut], line[cut : cut + _REACH].lstrip()
    spaced = line[cut : cut + 1].isspace()
    if not _TERMINAL.search(left) or not _WORD.search(line, cut):
        return True
    if not spaced and not words.unspaced.search(left + "¦" + right):
        return True
    if words.never_last.search(left) or words.goes_on.match(right):
        return True
    if words.question_goes_on.search(left[-3:] + "¦" + right):
        return True
    if words.rarely_last.search(left):
        return not words.first.match(right)
    return bool(words.letter.search(left)) and not words.after_letter.match(right)


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language in service/rules/sentences.toml; the file explains them."""

    never_last: re.Pattern[str]
    rarely_last: re.Pattern[str]
    first: re.Pattern[str]
    letter: re.Pattern[str]
    after_letter: re.Pattern[str]
    goes_on: re.Pattern[str]
    question_goes_on: re.Pattern[str]
    unspaced: re.Pattern[str]
    also: re.Pattern[str]


@lru_cache(maxsize=2)
def _words(language: Language) -> _Words:
    file = tomllib.loads((RULES_DIR / "sentences.toml").read_text(encoding="utf-8"))
    data = file[language]
    data["also"] = data["also"].replace("¦", r"(?P<cut>\s+)")
    for word, forms in file["words"].items():
        data = {name: text.replace(f"{{{word}}}", f"(?:{forms})") for name, text in data.items()}
    return _Words(**{name: re.compile(text, re.VERBOSE) for name, text in data.items()})
