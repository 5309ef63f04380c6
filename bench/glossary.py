"""What the glossary does to translations: terms met, put right, unmet; and to garbled names.

    python -m bench.glossary --pairs FILE.tsv [--write docs/glossary.md]

The file has Arabic, English and the original's language, tab-separated: human translations, in
which an unmet term is a false alarm. Names are garbled by program as small models do it: one vowel
of the English name changed, or an Arabic vowel letter left out.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import re
from collections import Counter
from pathlib import Path

from bench.checks import put_into, share, table
from service.domain import Language, other
from service.glossary import enforce, find, starter
from service.glossary.find import find_one

_VOWEL = {"en": re.compile("[aeiou]"), "ar": re.compile("(?<=.)[اوي](?=.)")}


def pairs(path: Path, count: int) -> list[tuple[str, str, Language]]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    chosen = random.Random(1).sample(rows, min(count, len(rows)))
    return [(ar, en, "ar") if lang == "ar" else (en, ar, "en") for ar, en, lang in chosen]


def on_people_s_work(rows: list[tuple[str, str, Language]]) -> str:
    counts: Counter[str] = Counter()
    for source, target, language in rows:
        enforced = enforce(starter(), source, target, language)
        found = {hit.term for hit in find(starter(), source, language) if not hit.shared}
        counts["terms"] += len(found)
        counts["put into the desk's spelling"] += len(enforced.changed)
        counts["unmet (flagged)"] += len(enforced.unmet)
    total = counts.pop("terms")
    met = total - sum(counts.values())
    rows_out = [("met as it stands", met), *counts.items()]
    return table(
        ("terms in the source", str(total), "share"),
        [(name, number, share(number, total)) for name, number in rows_out],
    )


def on_garbled_names(rows: list[tuple[str, str, Language]]) -> str:
    rng = random.Random(3)
    outcome: dict[tuple[str, str], Counter[str]] = {}
    for source, target, language in rows:
        for hit in find(starter(), source, language):
            there = find_one(hit.term, target, other(language))
            if hit.shared or hit.term.kind != "person" or not there:
                continue
            garbled = _garble(target[there[0].start : there[0].end], other(language), rng)
            text = target[: there[0].start] + garbled + target[there[0].end :]
            enforced = enforce(starter(), source, text, language)
            restored = bool(find_one(hit.term, enforced.text, other(language)))
            told = hit.term in enforced.unmet
            result = "restored" if restored else "told (flagged)" if told else "missed"
            outcome.setdefault((language, other(language)), Counter())[result] += 1
    results = ("restored", "told (flagged)", "missed")
    rows_out = [
        (f"{one} → {two}", sum(found.values()), *(found[result] for result in results))
        for (one, two), found in sorted(outcome.items())
    ]
    return table(("direction", "persons garbled", "restored", "told", "missed"), rows_out)


def _garble(name: str, language: Language, rng: random.Random) -> str:
    spots = [*_VOWEL[language].finditer(name)]
    if not spots:
        return name
    spot = rng.choice(spots)
    new = rng.choice([v for v in "aeiou" if v != spot[0]]) if language == "en" else ""
    return name[: spot.start()] + new + name[spot.end() :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    rows = pairs(args.pairs, args.count)
    text = "\n\n".join(
        (
            f"Measured {datetime.date.today().isoformat()} on {os.cpu_count()} cores by `python "
            f"-m bench.glossary --pairs …`: the starter glossary over {len(rows)} human "
            "translations of news sentences, both directions.",
            on_people_s_work(rows),
            on_garbled_names(rows),
        )
    )
    print(text)
    if args.write:
        put_into(args.write, text)


if __name__ == "__main__":
    main()
