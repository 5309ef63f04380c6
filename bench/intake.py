"""What intake drops from real articles, and how it tells their languages.

    python -m bench.intake NEWS.jsonl.xz … [--sample 1000] [--as-lines] [--quiet]

Reads JSON lines (plain or .xz) with ``text`` and, optionally, ``lang``. Prints every drop with its
reason for a person to read, then counts. ``--as-lines`` puts each sentence in a paragraph of its
own: the hardest test of the rules, since a short sentence then stands like a label.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.domain import Document, Language
from service.errors import InputError
from service.pipeline import intake, segment


def rows(path: Path, sample: int, seed: int) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    lines = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode().splitlines()
    found = [json.loads(line) for line in lines]
    return random.Random(seed).sample(found, min(sample, len(found)))


def as_lines(text: str, language: Language) -> str:
    return "\n\n".join(sentence.text for sentence in segment.split(text, language))


def drops(document: Document, title: str) -> Iterator[str]:
    for drop in document.dropped:
        yield f"{drop.reason:14} | {drop.text}"
    if document.source_credit:
        yield f"{'CREDIT':14} | {document.source_credit}"
    if document.title and document.title != title:
        yield f"{'TITLE':14} | {document.title}"


def run(path: Path, options: argparse.Namespace) -> None:
    reasons: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    words = dropped = 0
    start = time.process_time()
    for row in rows(path, options.sample, options.seed):
        text = row["text"]
        if options.as_lines:
            text = as_lines(text, row.get("lang", "en"))
        try:
            document = intake.read(text=text)
        except InputError as error:
            languages[f"{error.code} {error.details.get('detected', '')}"] += 1
            print(f"{'REFUSED':14} | {error} {error.details} | {text[:150]!r}")
            continue
        languages[document.language.code] += 1
        words += len(text.split())
        dropped += sum(len(drop.text.split()) for drop in document.dropped)
        reasons.update(drop.reason for drop in document.dropped)
        if not options.quiet:
            for line in drops(document, ""):
                print(line)
    spent = time.process_time() - start
    count = sum(languages.values())
    each = spent / max(count, 1) * 1000
    print(f"== {path.name}: {count} articles, {each:.1f} ms of processor time each")
    print(f"   languages {dict(languages)}")
    print(f"   dropped {dropped} of {words} words; by reason {dict(reasons.most_common())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-lines", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="counts alone")
    options = parser.parse_args()
    for path in options.paths:
        run(path, options)


if __name__ == "__main__":
    main()
