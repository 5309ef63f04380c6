"""Faults planted by program into articles whose translations and summaries are sound."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.checks.names import latin_names
from service.domain import (
    LANGUAGES,
    LENGTHS,
    Bitext,
    DetectedLanguage,
    Document,
    Language,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
    other,
)
from service.glossary import find, starter
from service.pipeline.segment import split

Article = tuple[Bitext, list[Summary]]

FAULTS = {
    "digit": "a digit changed",
    "month": "a month swapped",
    "weekday": "a weekday swapped",
    "currency": "a currency swapped",
    "scale": "million for billion, or the reverse",
    "name": "a name replaced",
    "negation": "a denial dropped",
    "invented": "a sentence invented (taken from another article)",
    "quote": "a quotation made up",
}
_DIGITS = re.compile(r"(?<![\w.,])\d[\d.,٫٬]*\d|(?<![\w.,])[3-9](?![\d.,\w])")
_DENIAL = {
    "en": re.compile(r"\b(?:do|does|did) not |\bnot |n['’]t\b|\bnever ", re.I),
    "ar": re.compile(r"(?<!\w)[وف]?(?:لم|لن|ليس|ليست) "),
}
_SCALES = {
    "en": {"million": "billion", "billion": "million"},
    "ar": {"مليون": "مليار", "مليار": "مليون"},
}
_CURRENCIES = {
    "en": {"$": "€", "dollars": "pounds", "euros": "dollars", "pounds": "dollars", "€": "$"},
    "ar": {"دولار": "يورو", "يورو": "دولار", "جنيه": "دولار", "درهم": "دولار", "دينار": "دولار"},
}
_MADE_UP = {
    "en": ' "We never expected such a strange ending to it all," they said.',
    "ar": " وقالوا: «لم نكن نتوقع نهاية غريبة إلى هذا الحد».",
}
_STRANGERS = ("Kowalczyk", "Bergstrom", "Fernandinho", "Takahashi", "Podolski", "Malinowska")


@dataclass(frozen=True, slots=True)
class Fault:
    """An article before and after; ``side`` is translation or summary with its language."""

    kind: str
    side: str
    before: Article
    after: Article


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file: one JSON object, or one a line, in either of two shapes."""
    text = path.read_text("utf-8")
    rows = text.splitlines() if path.suffix == ".jsonl" else [text]
    for row in map(json.loads, rows):
        language: Language = row["lang"]
        if "clean_text" in row:
            source, target = row["clean_text"].split("\n\n"), row["translation"].split("\n\n")
            title = row["translation_title"]
        else:
            source, target, title = row["sentences"], row["translation"], row["title_translation"]
        yield _bitext(language, row["title"], source, title, target), [*_summaries(row)]


def _bitext(
    language: Language, title: str, source: Sequence[str], other_title: str, target: Sequence[str]
) -> Bitext:
    sentences, at = [], 0
    for number, text in enumerate(source):
        sentences.append(Sentence(number, at, at + len(text), text))
        at += len(text) + 1
    document = Document(DetectedLanguage(language, 1.0), title, " ".join(source), tuple(sentences))
    translated = tuple(TranslatedSentence(n, text, 1.0) for n, text in enumerate(target))
    return Bitext(document, other(language), other_title, translated)


def _summaries(row: dict[str, str | list[str]]) -> Iterator[Summary]:
    for language in LANGUAGES:
        for length in LENGTHS:
            given = row[f"{length}_{language}"]
            text = given if isinstance(given, str) else given[0]
            sentences = tuple(SummarySentence(s.text) for s in split(text, language))
            yield Summary(language, length, sentences, "seq2seq")


def plant(items: Sequence[Article], rng: random.Random) -> Iterator[Fault]:
    """One fault of each kind for every place that an article offers for it, at most one a text."""
    for index, (article, summaries) in enumerate(items):
        for number, sentence in enumerate(article.sentences):
            for kind, text in _faulty(sentence.text, article.language, rng):
                changed = list(article.sentences)
                changed[number] = replace(sentence, text=text)
                after = replace(article, sentences=tuple(changed))
                yield Fault(kind, "a translation", (article, []), (after, []))
        strangers = items[(index + 1) % len(items)][1]
        for at, summary in enumerate(summaries):
            for kind, faulty in _faulty_summaries(summary, strangers[at], rng):
                yield Fault(kind, "a summary", (article, [summary]), (article, [faulty]))


def _faulty_summaries(
    summary: Summary, stranger: Summary, rng: random.Random
) -> Iterator[tuple[str, Summary]]:
    language, sentences = summary.language, summary.sentences
    number = rng.randrange(len(sentences))
    for kind, text in _faulty(sentences[number].text, language, rng):
        if kind == "negation":  # told in translations alone
            continue
        changed = (*sentences[:number], SummarySentence(text), *sentences[number + 1 :])
        yield kind, replace(summary, sentences=changed)
    yield "invented", replace(summary, sentences=(*sentences, stranger.sentences[0]))
    made_up = SummarySentence(_MADE_UP[language].strip())
    yield "quote", replace(summary, sentences=(*sentences, made_up))


def _faulty(text: str, language: Language, rng: random.Random) -> Iterator[tuple[str, str]]:
    makers = (
        ("digit", _change_digit(text, rng)),
        ("month", _swap(text, _months(language), rng)),
        ("weekday", _swap(text, _weekdays(language), rng)),
        ("currency", _swap(text, _CURRENCIES[language], rng)),
        ("scale", _swap(text, _SCALES[language], rng)),
        ("name", _replace_name(text, rng) if language == "en" else _replace_term(text, rng)),
        ("negation", _DENIAL[language].sub("", text, count=1)),
    )
    yield from ((kind, changed) for kind, changed in makers if changed and changed != text)


def _change_digit(text: str, rng: random.Random) -> str | None:
    found = [*_DIGITS.finditer(text)]
    if not found:
        return None
    match = rng.choice(found)
    spots = [i for i in range(match.start(), match.end()) if text[i].isdigit()]
    at = rng.choice(spots)
    digit = rng.choice([d for d in "3456789" if d != str(int(text[at]))])
    return text[:at] + digit + text[at + 1 :]


def _swap(text: str, words: dict[str, str], rng: random.Random) -> str | None:
    """The text with one of the words, or signs before a digit, swapped for its counterpart."""
    found = [
        (match, new)
        for old, new in words.items()
        for match in re.finditer(
            rf"{re.escape(old)}(?=\d)" if old in "$€" else rf"(?<!\w){re.escape(old)}(?!\w)", text
        )
    ]
    if not found:
        return None
    match, new = rng.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def _months(language: Language) -> dict[str, str]:
    names = [
        ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
         "نوفمبر", "ديسمبر"),
        ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"),
    ]  # fmt: skip
    chosen = names[0] if language == "ar" else names[1]
    return {
        name: chosen[(i + 4) % 12] for i, name in enumerate(chosen) if name not in {"May", "مايو"}
    }


def _weekdays(language: Language) -> dict[str, str]:
    arabic = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
    english = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    days = arabic if language == "ar" else english
    return {day: days[(i + 2) % 6] for i, day in enumerate(days)}


def _replace_term(text: str, rng: random.Random) -> str | None:
    """Another of the same kind for a well-known name of an Arabic text."""
    hits = [hit for hit in find(starter(), text, "ar") if hit.term.kind in {"person", "country"}]
    if not hits:
        return None
    hit = rng.choice(hits)
    strangers = [t for t in starter().terms if t.kind == hit.term.kind and t.ar not in text]
    return text[: hit.start] + rng.choice(strangers).ar + text[hit.end :]


def _replace_name(text: str, rng: random.Random) -> str | None:
    runs = [run for run in latin_names(text) if len(run) == 1 or run[-1].end > run[0].end]
    if not runs:
        return None
    run = rng.choice(runs)
    return text[: run[0].start] + rng.choice(_STRANGERS) + text[run[-1].end :]
