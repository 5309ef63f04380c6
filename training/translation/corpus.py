"""Reads the parallel corpus, refuses bad pairs, and keeps evaluation text out of training."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.translation import text
from training.translation.config import Source

OVERLAP_WORDS = 8
DEVELOPMENT = "eval/flores_dev533.ar-en.tsv"
_EVALUATION = ("eval/ntrex_first1000.ar-en.tsv", DEVELOPMENT)
_HELD_OUT = "authored/articles_heldout.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """An Arabic text and its English translation, cleaned, with the source it came from."""

    ar: str
    en: str
    origin: str

    def side(self, language: str) -> str:
        """Return the text in ``ar`` or ``en``."""
        return self.ar if language == "ar" else self.en


def open_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, unpacked when its name ends in .xz."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield str(line).rstrip("\n")


def read_tsv(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (Arabic, English) of every row with both."""
    for line in open_lines(path):
        cells = line.split("\t")
        if len(cells) >= 2 and cells[0].strip() and cells[1].strip():
            yield cells[0], cells[1]


def read_articles(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (Arabic, English) of the titles and sentences of the authored articles."""
    for line in open_lines(path):
        article = json.loads(line)
        own = [article["title"], *article["sentences"]]
        other = [article["title_translation"], *article["translation"]]
        for one, two in zip(own, other, strict=True):
            yield (one, two) if article["lang"] == "ar" else (two, one)


def read_source(root: Path, source: Source) -> Iterator[Pair]:
    """Yield a source's pairs, cleaned, unfiltered."""
    for name in source.paths:
        path = root / name
        rows = read_articles(path) if ".jsonl" in path.name else read_tsv(path)
        for arabic, english in rows:
            yield Pair(text.clean(arabic), text.clean(english), source.name)


def refusal(pair: Pair, source: Source) -> str | None:
    """Return why a pair is unfit, or None: empty, script, ratio, short, markup, untranslated."""
    arabic, english = text.words(pair.ar), text.words(pair.en)
    checks = {
        "empty": not arabic or not english,
        "script": text.share(pair.ar, "ar") < 0.5 or text.share(pair.en, "en") < 0.8,
        "untranslated": pair.ar == pair.en,
        "short": len(english) < source.min_words,
        "ratio": not 0.3 <= (len(arabic) + 2) / (len(english) + 2) <= 2.5,
        "markup": source.plain and (text.has_markup(pair.ar) or text.has_markup(pair.en)),
    }
    return next((reason for reason, failed in checks.items() if failed), None)


def evaluation_texts(root: Path) -> Iterator[str]:
    """Yield every text, in both languages, that no training pair may share words with."""
    for name in _EVALUATION:
        for arabic, english in read_tsv(root / name):
            yield from (arabic, english)
    for line in open_lines(root / _HELD_OUT):
        article = json.loads(line)
        yield from (article["title"], article["title_translation"])
        yield from (*article["sentences"], *article["translation"])


class Overlap:
    """Finds texts that share a run of words with the evaluation texts."""

    def __init__(self, texts: Iterable[str], size: int = OVERLAP_WORDS) -> None:
        self.size = size
        self._known = {gram for item in texts for gram in text.ngrams(item, size)}

    def __contains__(self, item: str) -> bool:
        return any(gram in self._known for gram in text.ngrams(item, self.size))


def collect(
    root: Path, sources: Iterable[Source], overlap: Overlap
) -> tuple[list[Pair], dict[str, Counter[str]]]:
    """Return the fit, unique pairs, and for each source how many were kept and refused, and why."""
    kept: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    report: dict[str, Counter[str]] = {}
    for source in sources:
        tally = report.setdefault(source.name, Counter())
        for pair in read_source(root, source):
            key = (" ".join(text.words(pair.ar)), " ".join(text.words(pair.en)))
            reason = refusal(pair, source) or ("duplicate" if key in seen else None)
            if reason is None and (pair.ar in overlap or pair.en in overlap):
                reason = "evaluation"
            tally[reason or "kept"] += 1
            if reason is None:
                seen.add(key)
                kept.append(pair)
    return kept, report
