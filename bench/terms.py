"""How many of a desk's terms the embedded translations have: as written, put in, asked once more.

    python -m bench.terms [--corpus ../shared/corpus] [--write docs/glossary.md]

The sentences of NTREX (news, used for no choice) that have terms of the starter glossary.
"""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

from bench.checks import put_into, share, table
from service.domain import (
    Bitext,
    DetectedLanguage,
    Language,
    TranslatedSentence,
    other,
)
from service.engines.load import Engines, load
from service.engines.profiles import load_profile
from service.glossary import enforce, find, starter
from service.pipeline.run import Run
from service.pipeline.terms import Anew, apply, of_sentences
from service.pipeline.translate import Translation, translate_texts
from service.settings import Settings

MARKS = ("<!-- terms -->", "<!-- /terms -->")


def pairs(corpus: Path, source: Language) -> list[tuple[str, str]]:
    """Sentences of that language that have a term, with their reference."""
    lines = (corpus / "eval" / "ntrex_first1000.ar-en.tsv").read_text("utf-8").splitlines()
    both = [line.split("\t")[:2] for line in lines]
    rows = [(ar, en) if source == "ar" else (en, ar) for ar, en in both]
    return [row for row in rows if terms(row[0], source)]


def terms(text: str, language: Language) -> int:
    """How many terms a text has, words that several terms share left out."""
    return len({hit.term for hit in find(starter(), text, language) if not hit.shared})


def unmet(sources: list[str], targets: list[str], language: Language, *, put_in: bool) -> int:
    """How many terms the translations lack, before or after they are put in."""
    found = [enforce(starter(), *pair, language) for pair in zip(sources, targets, strict=True)]
    return sum(len(one.unmet) + (0 if put_in else len(one.changed)) for one in found)


def bitext(sources: list[str], made: list[Translation], language: Language) -> Bitext:
    """The sentences as one document."""
    document = of_sentences(DetectedLanguage(language, 1.0), sources)
    rows = [TranslatedSentence(n, one.text, one.score) for n, one in enumerate(made)]
    return Bitext(document, other(language), None, tuple(rows))


def rows(engines: Engines, corpus: Path, source: Language) -> list[tuple[object, ...]]:
    """What one direction has after each step: terms met, their share, BLEU and chrF."""
    sources, references = [list(side) for side in zip(*pairs(corpus, source), strict=True)]
    translator = engines.translator(source, other(source))

    def again(texts: Sequence[str]) -> list[Translation]:
        return translate_texts(texts, source, other(source), translator, Run())

    made = again(sources)
    written = [one.text for one in made]
    put_in = [enforce(starter(), *pair, source).text for pair in zip(sources, written, strict=True)]

    def anew(texts: Sequence[str]) -> list[Anew]:
        return [Anew(one.text, one.score) for one in again(texts)]

    done, _ = apply(starter(), bitext(sources, made, source), (), anew)
    asked = [sentence.text for sentence in done.sentences]
    total = sum(terms(text, source) for text in sources)

    def row(name: str, texts: list[str], *, in_: bool) -> tuple[object, ...]:
        met = total - unmet(sources, texts, source, put_in=in_)
        bleu = sacrebleu.corpus_bleu(texts, [references]).score
        chrf = sacrebleu.corpus_chrf(texts, [references]).score
        way = f"{source} → {other(source)}, {len(sources)} sentences"
        return way, name, met, share(met, total), f"{bleu:.2f}", f"{chrf:.2f}"

    return [
        row("as the model wrote it", written, in_=False),
        row("put in", put_in, in_=True),
        row("asked once more", asked, in_=True),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    settings = Settings()
    engines = load(load_profile("embedded", settings), settings)
    found = [row for source in ("ar", "en") for row in rows(engines, args.corpus, source)]
    today = datetime.date.today().isoformat()
    text = (
        f"Measured {today} on {os.cpu_count()} cores by `python -m bench.terms`: the embedded "
        "models, NTREX sentences with terms of the starter glossary.\n\n"
    ) + table(("direction", "translation", "terms met", "share", "BLEU", "chrF"), found)
    print(text)
    if args.write:
        put_into(args.write, text, MARKS)


if __name__ == "__main__":
    main()
