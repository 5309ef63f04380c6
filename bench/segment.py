"""How the sentences that ``split`` finds agree with given ones.

    python -m bench.segment FILE … [--show]

A file is JSON lines with ``lang`` and ``sentences``, or tab-separated with an Arabic and an English
sentence a line (five lines make a paragraph). The sentences are joined by spaces and cut again;
``extra`` are cuts that were not given, ``missed`` given ones that were not made.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from service.domain import LANGUAGES, Language
from service.pipeline.segment import split


def documents(path: Path) -> Iterator[tuple[Language, list[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".jsonl":
        for row in map(json.loads, lines):
            yield cast(Language, row["lang"]), [sentence.strip() for sentence in row["sentences"]]
        return
    for column, language in enumerate(LANGUAGES):
        sentences = [line.split("\t")[column].strip() for line in lines if "\t" in line]
        for at in range(0, len(sentences), 5):
            yield language, sentences[at : at + 5]


def run(path: Path, show: bool) -> None:
    for language in LANGUAGES:
        given = extra = missed = 0
        for code, sentences in documents(path):
            if code != language:
                continue
            text, ends, at = " ".join(sentences), set[int](), -1
            for sentence in sentences:
                at += len(sentence) + 1
                ends.add(at)
            found = {sentence.end for sentence in split(text, language)}
            given, extra, missed = (
                given + len(ends),
                extra + len(found - ends),
                missed + len(ends - found),
            )
            for cut in sorted(found ^ ends) if show else ():
                mark = "extra " if cut in found else "missed"
                print(f"{mark} | {text[max(0, cut - 60) : cut]} ¦ {text[cut : cut + 40]}")
        print(f"{path.name} {language}: {given} given, {extra} extra, {missed} missed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="every cut that differs")
    options = parser.parse_args()
    for path in options.paths:
        run(path, options.show)


if __name__ == "__main__":
    main()
