"""How often the checks are right: hand-made cases, planted faults, false alarms, time.

    python -m bench.checks [--articles FILE.jsonl] [--pairs FILE.tsv] [--write docs/checks.md]

The cases (tests/checks/cases) and the sample articles (seeds) are in the repository. ``--articles``
takes more articles with sentences, translations and summaries, ``--pairs`` a tab-separated file of
Arabic, English and the original's language: human translations, in which a flag is a false alarm.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.checks_faults import FAULTS, Fault, articles, plant
from service.checks import check_bitext, check_pair, check_summary
from service.domain import Bitext, Flag, Summary

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests/checks/cases"
MARKS = ("<!-- measured -->", "<!-- /measured -->")
FAMILIES = {
    "number": "numbers, percentages, units",
    "date": "dates and times",
    "money": "money",
    "name": "names",
    "negation": "denials",
    "quote": "quotations",
    "wording": "repetition, script, cut sentences",
}
_WORDING = {"repetition", "wrong_script", "cut_sentence", "headline_copy"}


def family(code: str) -> str | None:
    if code in _WORDING:
        return "wording"
    return next((name for name in FAMILIES if name in code.split("_")), None)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [[*head], *([str(cell) for cell in row] for row in rows)]
    marks = "|".join("---" for _ in lines[0])
    body = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([body[0], f"|{marks}|", *body[1:]])


def put_into(page: Path, text: str, marks: tuple[str, str] = MARKS) -> None:
    """Put the text between the page's marks, in place of what stands there."""
    head, rest = page.read_text("utf-8").split(marks[0])
    tail = rest.split(marks[1])[1]
    page.write_text(f"{head}{marks[0]}\n{text}\n{marks[1]}{tail}", "utf-8")


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def cases() -> tuple[str, int]:
    """Precision and recall of each family over the hand-made cases."""
    right, wrong, missed, total = Counter(), Counter(), Counter(), Counter()
    count = 0
    for path in sorted(CASES.glob("*.jsonl")):
        for case in map(json.loads, path.read_text("utf-8").splitlines()):
            count += 1
            got = check_pair(
                case["source"], case["source_language"], case["target"],
                case["target_language"], case.get("relation"),
            )  # fmt: skip
            raised = {family(flag.code) for flag in got} - {None}
            expected = {family(code) for code in case["expected"]}
            total.update(expected)
            right.update(raised & expected)
            wrong.update(raised - expected)
            missed.update(expected - raised)
    rows = [
        (title, total[name], right[name], wrong[name],
         share(right[name], right[name] + wrong[name]), share(right[name], total[name]))
        for name, title in FAMILIES.items()
    ]  # fmt: skip
    head = ("check", "faults", "found", "false alarms", "precision", "recall")
    return table(head, rows), count


def flags_of(article: Bitext, summaries: Iterable[Summary]) -> list[Flag]:
    return [*check_bitext(article), *(f for s in summaries for f in check_summary(article, s))]


def planted(sets: dict[str, list[tuple[Bitext, list[Summary]]]]) -> str:
    """The share of planted faults that raises a flag which was not there before."""
    caught: dict[tuple[str, str], Counter[str]] = {}
    rng = random.Random(7)
    for name, items in sets.items():
        for fault in plant(items, rng):
            counter = caught.setdefault((fault.kind, fault.side), Counter())
            counter[name] += 1
            counter[name, "caught"] += _is_caught(fault)
    rows = []
    for (kind, side), counter in sorted(caught.items()):
        cells = [f"{counter[n, 'caught']}/{counter[n]}" for n in sets]
        hits, all_ = (sum(counter[n, "caught"] for n in sets), sum(counter[n] for n in sets))
        rows.append((FAULTS[kind], side, *cells, share(hits, all_)))
    total = sum(counter[n] for counter in caught.values() for n in sets)
    hits = sum(counter[n, "caught"] for counter in caught.values() for n in sets)
    rows.append(("all", "", *("" for _ in sets), f"{hits}/{total} = {share(hits, total)}"))
    return table(("fault", "planted in", *sets, "caught"), rows)


def _is_caught(fault: Fault) -> bool:
    before = Counter((f.code, f.source, f.target) for f in flags_of(*fault.before))
    after = Counter((f.code, f.source, f.target) for f in flags_of(*fault.after))
    return bool(after - before)


def alarms(sets: dict[str, list[tuple[Bitext, list[Summary]]]]) -> str:
    """Flags on what people translated and wrote: nearly all are false alarms."""
    rows = []
    for name, items in sets.items():
        on_sentences = Counter(
            family(f.code) for article, _ in items for f in check_bitext(article)
        )
        on_summaries = Counter(
            family(f.code) for article, written in items for s in written
            for f in check_summary(article, s)
        )  # fmt: skip
        sentences = sum(len(article.sentences) for article, _ in items)
        summaries = sum(len(written) for _, written in items)
        for what, counter, number in (
            ("translated sentences or paragraphs", on_sentences, sentences),
            ("summaries", on_summaries, summaries),
        ):
            found = ", ".join(f"{n} {c}" for n, c in counter.most_common()) or "none"
            rows.append((name, what, number, sum(counter.values()), found))
    return table(("set", "of", "number", "flags", "by check"), rows)


def pair_alarms(path: Path, count: int = 3000) -> str:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    rows = random.Random(1).sample(rows, min(count, len(rows)))
    found: Counter[str | None] = Counter()
    flagged = 0
    for arabic, english, language in rows:
        source, target = (arabic, english) if language == "ar" else (english, arabic)
        other = "en" if language == "ar" else "ar"
        flags = check_pair(source, language, target, other, "translation")
        families = {family(flag.code) for flag in flags}
        found.update(families - {None})
        flagged += bool(families - {None})
    rates = [(FAMILIES[n], found[n], f"{found[n] / len(rows):.2%}") for n in FAMILIES if found[n]]
    rows_out = [*rates, ("any", flagged, f"{flagged / len(rows):.2%}")]
    return table(("check", f"pairs flagged of {len(rows)}", "share"), rows_out)


def timing(items: list[tuple[Bitext, list[Summary]]]) -> str:
    spent = []
    for article, summaries in items:
        start = time.process_time()
        flags_of(article, summaries)
        spent.append((time.process_time() - start) * 1000)
    return (
        f"{statistics.median(spent):.1f} ms of processor time an article with its summaries "
        f"(median of {len(spent)}; the slowest {max(spent):.1f} ms)"
    )


def report(args: argparse.Namespace) -> Iterator[str]:
    samples = [
        *articles(ROOT / "seeds/samples.jsonl"),
        *articles(ROOT / "seeds/seed-article.references.json"),
    ]
    sets = {"samples": samples}
    if args.articles:
        sets["held-out"] = [*articles(args.articles)]
    speed = timing(samples)
    case_table, count = cases()
    today, cores = datetime.date.today().isoformat(), os.cpu_count()
    options = "".join(f" --{name} …" for name in ("articles", "pairs") if getattr(args, name))
    command = f"python -m bench.checks{options}"
    yield f"Measured {today} on {cores} cores by `{command}`; {speed}."
    yield f"### {count} hand-made cases, both directions"
    yield case_table
    yield "### Planted faults"
    yield planted(sets)
    yield "### Flags on people's own work"
    yield alarms(sets)
    if args.pairs:
        yield "### Flags on human translations, sentence by sentence"
        yield pair_alarms(args.pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    text = "\n\n".join(report(args))
    print(text)
    if args.write:
        put_into(args.write, text)


if __name__ == "__main__":
    main()
