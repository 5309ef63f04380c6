"""How good the embedded profile is, beside what any summarizer has to beat.

    python -m bench.quality [--articles seeds/samples.jsonl] [--out docs/quality.md] [--html FILE]

Every system gets the same translation, so that summaries differ by what was picked alone: lead-k
and LexRank stand in for the profile's selector, within the same bands. Other profiles join where
their models are installed. Writes the table, and the page of the embedded profile against LexRank;
with a Chromium at hand also a picture of that page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from service.cache.seal import seal_of
from service.engines.load import Engines, load
from service.engines.profiles import profiles
from service.engines.protocol import Selector
from service.errors import ModelError
from service.evaluation import wording
from service.evaluation.baselines import LeadSelector, LexRankSelector
from service.evaluation.collect import SystemRun, collect
from service.evaluation.compare import compare
from service.evaluation.inprocess import InProcess
from service.evaluation.measures import Measure, standard
from service.evaluation.page import write_page
from service.evaluation.report import Comparison, Report
from service.evaluation.sets import SUMMARIES as SUMMARY_PARTS
from service.evaluation.sets import Article, read_articles
from service.evaluation.store import OutputStore
from service.glossary import Chosen, starter
from service.glossary.store import STARTER
from service.pipeline.digest import Pipeline
from service.settings import Settings
from service.summary.extractive import ExtractiveSummarizer

SUMMARIES = (
    "rouge1",
    "rouge2",
    "rougeL",
    "rouge1-recall",
    "similarity",
    "numbers",
    "names",
    "words",
)
TRANSLATION = ("chrf++", "bleu", "ter", "numbers", "names")
OURS = "embedded"


class Remembering:
    """A cache in memory: the sentences that one system translated serve the next."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What was kept."""
        return self._kept.get(key)

    def seal(self, key: str) -> bytes | None:
        """The seal of what was kept."""
        return None if (value := self.get(key)) is None else seal_of(value)

    def put(self, key: str, value: bytes) -> None:
        """Keep it."""
        self._kept[key] = value

    def delete(self, key: str) -> bool:
        """Forget it."""
        return self._kept.pop(key, None) is not None

    def close(self) -> None:
        """Forget everything."""
        self._kept.clear()


def with_selector(engines: Engines, selector: Selector) -> Engines:
    summarizer = ExtractiveSummarizer(selector)
    return replace(
        engines, picker=selector, summarizers=dict.fromkeys(engines.summarizers, summarizer)
    )


def systems(settings: Settings) -> list[InProcess]:
    engines, cache = load(profiles(settings)[OURS], settings), Remembering()
    engines.warm_up()
    made = {
        OURS: engines,
        "lead-k, same translation": with_selector(engines, LeadSelector()),
        "LexRank, same translation": with_selector(engines, LexRankSelector()),
    }
    chosen = Chosen(STARTER, starter())
    found = [
        InProcess(name, Pipeline(e, cache, settings.max_words), chosen) for name, e in made.items()
    ]
    for profile in profiles(settings):
        if profile != OURS:
            try:
                found.append(InProcess.open(profile, settings))
            except ModelError as error:
                print(f"{profile} is left out: {error}")
    return found


def outputs_of(system: InProcess, articles: Sequence[Article], settings: Settings) -> SystemRun:
    store = OutputStore.open(
        settings.data_dir, system=f"bench {system.name}", signature=system.signature()
    )
    return collect(system, articles, store=store, watch=lambda d, n: print(system.name, d, "/", n))


def cell(found: Comparison | None) -> str:
    """B's score, and whether it differs from ours beyond chance."""
    if found is None:
        return "–"
    sign = {"better": " ▲", "worse": " ▼"}.get(found.verdict, "")
    return wording.score(found.kind, found.b.value, unit=False) + sign


def table(scope: str, names: Sequence[str], reports: dict[str, Report]) -> list[str]:
    ours = reports[OURS]
    shown = [name for name in names if ours.find(f"{scope}.{name}")]
    labels = [found.kind.label for name in shown if (found := ours.find(f"{scope}.{name}"))]
    lines = ["| system | " + " | ".join(labels) + " |", "|---|" + "---:|" * len(labels)]
    for system, report in reports.items():
        cells = [cell(report.find(f"{scope}.{name}")) for name in shown]
        lines.append(f"| {system} | " + " | ".join(cells) + " |")
    return lines


def signatures(by_measure: Mapping[str, str]) -> list[str]:
    """One line a signature, with the measures that share it."""
    sharing: dict[str, list[str]] = {}
    for name, signature in by_measure.items():
        sharing.setdefault(signature, []).append(name)
    return [f"- {', '.join(names)}: `{signature}`" for signature, names in sharing.items()]


def against_ours(
    runs: Sequence[SystemRun], articles: Sequence[Article], measures: Sequence[Measure]
) -> dict[str, Report]:
    ids = {article.id for article in articles}
    parts = [
        SystemRun(run.name, {i: output for i, output in run.outputs.items() if i in ids})
        for run in runs
    ]
    return {run.name: compare(articles, parts[0], run, measures, deciding=()) for run in parts}


def document(runs: Sequence[SystemRun], articles: Sequence[Article], command: str) -> str:
    measures = standard()
    summarizing = [measure for measure in measures if set(SUMMARY_PARTS) & set(measure.kind.parts)]
    whole = against_ours(runs, articles, summarizing)
    lines = [
        "# How good it is", "",
        "Made by a command; do not edit. What the measures mean: [compare.md](compare.md).", "",
        f"- command: `{command}`",
        f"- date: {datetime.now(UTC):%Y-%m-%d}, cores: {len(os.sched_getaffinity(0))}",
        f"- set: {len(articles)} articles of `seeds/samples.jsonl`, written for this project",
        f"- system: `{runs[0].signatures[0]}`",
        f"- tests: `{whole[OURS].signatures['tests']}`", "",
        "▲ and ▼: better or worse than the embedded profile at p < .05 (approximate randomisation "
        "over articles, one by one, not corrected for their number).", "",
        "## Summaries, all four pooled", "", *table("summaries", SUMMARIES, whole), "",
    ]  # fmt: skip
    for part in SUMMARY_PARTS:
        title = wording.SCOPE_LABELS[part]
        lines += [f"### {title}", "", *table(part, SUMMARIES[:5], whole), ""]
    translating = [measure for measure in measures if "translation" in measure.kind.parts]
    for language, direction in (("ar", "Arabic to English"), ("en", "English to Arabic")):
        some = [article for article in articles if article.language == language]
        own = [run for run in runs if "same translation" not in run.name]
        lines += [
            f"## Translation, {direction} ({len(some)} articles)", "",
            *table("translation", TRANSLATION, against_ours(own, some, translating)), "",
        ]  # fmt: skip
    lines += ["![The page of `compare`](images/compare.png)", ""]
    lines += ["## Signatures", "", *signatures(whole[OURS].signatures), ""]
    return "\n".join(lines)


def picture(page: Path, target: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium here: the picture stays as it is")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options += ["--window-size=1280,1500", f"--screenshot={target}"]
    command = [browser, *options, page.resolve().as_uri()]
    subprocess.run(command, capture_output=True, timeout=180, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=Path, default=Path("seeds/samples.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("docs/quality.md"))
    parser.add_argument("--html", type=Path, default=None)
    options = parser.parse_args()
    settings = Settings.from_env()
    articles = read_articles(options.articles)
    runs = [outputs_of(system, articles, settings) for system in systems(settings)]
    options.out.write_text(document(runs, articles, "make bench-quality"), "utf-8")
    page = options.html or settings.data_dir / "quality.html"
    write_page(compare(articles, runs[2], runs[0], standard()), page)
    picture(page, options.out.parent / "images" / "compare.png")
    print(f"{options.out} and {page} are written")


if __name__ == "__main__":
    main()
