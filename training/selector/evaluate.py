"""Score picks against references, beside what they have to beat, and ask whether it is chance.

The rivals: ``lead`` and ``LexRank`` pick whole sentences within our bands; then lead with sentences
made lighter as ours are, which tells what the choice alone is worth; and lead-1 and lead-5 as the
literature has them, which no band holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from service.domain import Language, Length
from service.engines.extractive import decode
from service.engines.pointer import Member
from service.engines.protocol import Selector
from service.evaluation.baselines import LeadSelector, LexRankSelector, opening
from service.evaluation.measures.base import Array
from service.evaluation.rouge import Kind, Rouge, rouge
from service.evaluation.significance import Resampler
from service.summary.bands import Room
from service.summary.extractive import room_for, written
from training.selector.examples import Example

KINDS: tuple[Kind, ...] = ("rouge1", "rouge2", "rougeL")
OURS = "selector"
LEAD, LEXRANK = "lead", "LexRank"
LIGHTER = "lead, made lighter as ours"
RAW = "lead without a band"
RIVALS = (LEAD, LEXRANK, LIGHTER, RAW)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a system on the summaries of one language and length.

    Attributes:
        scores: mean F1 in 0–100 by kind.
        gain: of ours over it in ROUGE-L, with the p of the paired bootstrap and of approximate
            randomisation; None for ours.
    """

    where: str
    system: str
    count: int
    scores: Mapping[Kind, float]
    gain: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One summary that was asked for: every system's text and the reference."""

    language: Language
    length: Length
    paired: bool
    texts: Mapping[str, str]
    reference: str


def judge(
    examples: Sequence[Example],
    members: Sequence[Member],
    references: Mapping[tuple[str, Language], Mapping[Length, str]],
) -> Iterator[Judged]:
    """Run every system on every example; ``references`` by the article's group and language."""
    for example in examples:
        sides, length = example.sides, example.length
        plain = [replace(side, whole=side.sentences, shown=side.sentences) for side in sides]
        shown = {
            OURS: (sides, [pick.index for pick in decode(members, example.task)]),
            LEAD: (plain, _rival(LeadSelector(), example, room_for(plain, length))),
            LEXRANK: (plain, _rival(LexRankSelector(), example, room_for(plain, length))),
            LIGHTER: (sides, _rival(LeadSelector(), example, example.task.room)),
        }
        for number, side in enumerate(sides):
            texts = {
                name: " ".join(s.text for s in written(as_shown[number], picks, length))
                for name, (as_shown, picks) in shown.items()
            }
            texts[RAW] = opening(side.sentences, length)
            reference = references[example.article.group, side.language][length]
            yield Judged(side.language, length, example.paired, texts, reference)


def table(judged: Sequence[Judged]) -> Iterator[Line]:
    """Mean scores and gains, for each language and length, singly and paired."""
    for paired in (False, True):
        for language in ("ar", "en"):
            for length in ("short", "long"):
                here = [
                    one
                    for one in judged
                    if (one.paired, one.language, one.length) == (paired, language, length)
                ]
                if here:
                    name = f"{language} {length}{', one choice for both' if paired else ''}"
                    yield from _lines(name, here)


def markdown(lines: Sequence[Line]) -> str:
    """The table as Markdown."""
    rows = [
        "| summaries | n | system | R-1 | R-2 | R-L | we lead by (R-L) | p (boot.) | p (rand.) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for line in lines:
        scores = " | ".join(f"{line.scores[kind]:.1f}" for kind in KINDS)
        gain = " | | " if line.gain is None else "{:+.2f} | {:.4f} | {:.4f}".format(*line.gain)
        rows.append(f"| {line.where} | {line.count} | {line.system} | {scores} | {gain} |")
    return "\n".join(rows)


def _rival(selector: Selector, example: Example, room: Room) -> list[int]:
    article = example.article
    picks = selector.select(article.sentences, article.language, example.length, None, room)
    return [pick.index for pick in picks]


def _lines(where: str, judged: Sequence[Judged]) -> Iterator[Line]:
    scores = {
        system: np.array(
            [[found[kind].f1 * 100 for kind in KINDS] for found in _scored(judged, system)]
        )
        for system in (OURS, *RIVALS)
    }
    resampler = Resampler(len(judged), draws=10_000)
    for system, rows in scores.items():
        means = dict(zip(KINDS, rows.mean(axis=0).tolist(), strict=True))
        gain = None
        if system != OURS:
            ours, theirs = (_statistics(scores[name][:, -1]) for name in (OURS, system))
            found = resampler.paired(theirs, ours, lambda sums: sums[..., 0] / sums[..., 1])
            gain = (found.difference, found.p_bootstrap, found.p_randomisation)
        yield Line(where, system, len(judged), means, gain)


def _scored(judged: Sequence[Judged], system: str) -> Iterator[Mapping[Kind, Rouge]]:
    for one in judged:
        yield rouge(one.texts[system], one.reference, kinds=KINDS)


def _statistics(values: Array) -> Array:
    """Each article's value and 1, whose sums give the mean."""
    return np.stack([values, np.ones_like(values)], axis=1)
