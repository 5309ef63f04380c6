"""What is not the story is taken out of it, and said.

Each pass lets the rules of service/rules/debris.toml drop whole paragraphs or cut pieces out of
them, until nothing changes any more; so what comes out can be read again and nothing more is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from service.domain import Dropped
from service.pipeline import headlines, matching
from service.pipeline.matching import Found
from service.pipeline.paragraphs import Paragraph, paragraphs, trimmed
from service.pipeline.rules import Where
from service.text.normalize import matching_form

_MAX_PASSES = 10


@dataclass(frozen=True, slots=True)
class Swept:
    """The story alone; ``title`` is the one given, or the headline that stood above the story."""

    text: str
    title: str | None
    credit: str | None
    dropped: tuple[Dropped, ...]


def sweep(source: str, title: str | None = None) -> Swept:
    """Take the debris out of a normalised text (see ``clean_unicode``).

    The kept text has one blank line between paragraphs. Every code point of ``source`` that is
    no space is in it or in ``dropped``, in order.
    """
    work = _Sweep(source, paragraphs(source), title)
    for _ in range(_MAX_PASSES):
        work.changed = False
        _drop_lines(work)
        _drop_blocks(work)
        _cut_inside(work)
        _lift_title(work)
        _trim_head(work)
        _trim_tail(work)
        if not work.changed:
            break
    return Swept(
        text="\n\n".join(paragraph.text for paragraph in work.story),
        title=work.title,
        credit=work.credit(),
        dropped=tuple(sorted(work.dropped, key=lambda drop: drop.start)),
    )


@dataclass(slots=True)
class _Sweep:
    """The work in hand."""

    source: str
    story: list[Paragraph]
    title: str | None
    dropped: list[Dropped] = field(default_factory=list)
    credits: list[tuple[int, str]] = field(default_factory=list)
    changed: bool = False

    def drop(self, paragraph: Paragraph, reason: str) -> None:
        """Report a whole paragraph; the caller takes it out of the story."""
        self._report(paragraph, 0, len(paragraph.text), reason)

    def take(self, paragraph: Paragraph, found: Found, *, all_of_it: bool = False) -> None:
        """Report what a rule has met, and keep the credit it caught."""
        for start, end in found.credits:
            if credit := matching.core(paragraph.text[start:end]):
                self.credits.append((paragraph.origin[start], credit))
        if all_of_it:
            self.drop(paragraph, found.rule.reason)
        else:
            self._report(paragraph, found.start, found.end, found.rule.reason)

    def _report(self, paragraph: Paragraph, start: int, end: int, reason: str) -> None:
        """Add to ``dropped``; in pieces, if something was cut out of the stretch before."""
        self.changed = True
        start, end = trimmed(paragraph.text, start, end)
        at = start
        for index in range(start, end):
            here = paragraph.origin[index]
            if index + 1 == end or paragraph.origin[index + 1] > here + 1:
                first = paragraph.origin[at]
                self.dropped.append(Dropped(first, here + 1, self.source[first : here + 1], reason))
                at = index + 1

    def credit(self) -> str | None:
        """The credits in their order, each once."""
        first = {matching_form(credit): credit for _, credit in sorted(self.credits, reverse=True)}
        return "; ".join(reversed(first.values())) or None


def _drop_lines(work: _Sweep) -> None:
    kept = []
    for paragraph in work.story:
        if not any(map(str.isalnum, paragraph.text)):
            work.drop(paragraph, "ornament")
        elif found := _first(paragraph, "line", "sentence", "inline"):
            work.take(paragraph, found, all_of_it=True)
        else:
            kept.append(paragraph)
    work.story = kept


def _first(paragraph: Paragraph, *where: Where) -> Found | None:
    """The first rule that the whole paragraph meets."""
    met = (matching.whole(paragraph, rule) for rule in matching.of(*where))
    return next((found for found in met if found), None)


def _drop_blocks(work: _Sweep) -> None:
    """A heading such as “Related articles” goes, and the headlines listed under it."""
    kept: list[Paragraph] = []
    stopped = headlines.has_full_stops(work.story)
    index = 0
    while index < len(work.story):
        paragraph = work.story[index]
        index += 1
        heading = _first(paragraph, "heading")
        if heading is None:
            kept.append(paragraph)
            continue
        end = index + headlines.listed(work.story, index, stopped)
        for dropped in work.story[index - 1 : end]:
            work.drop(dropped, heading.rule.reason)
        index = end
    work.story = kept


def _cut_inside(work: _Sweep) -> None:
    """Sentences and phrases within a paragraph that are none of the story's."""
    for paragraph in work.story:
        at = 0
        kept: list[tuple[int, int]] = []
        for found in matching.inside(paragraph):
            if found.start >= at:
                work.take(paragraph, found)
                kept.append((at, found.start))
                at = found.end
        if at:
            paragraph.keep([*kept, (at, len(paragraph.text))])
    work.story = [paragraph for paragraph in work.story if paragraph.text]


def _lift_title(work: _Sweep) -> None:
    """Take the headline off the top of the story, as often as it stands there."""
    if len(work.story) > 1 and headlines.is_title(work.story[0], work.story[1], work.title):
        work.title = work.title or work.story[0].text
        work.drop(work.story.pop(0), "title")


def _trim_head(work: _Sweep) -> None:
    if not work.story:
        return
    first = work.story[0]
    if work.title and (byline := _first(first, "byline")):
        work.take(work.story.pop(0), byline, all_of_it=True)
    elif found := matching.head(first):
        work.take(first, found)
        first.keep([(found.end, len(first.text))])


def _trim_tail(work: _Sweep) -> None:
    if len(work.story) > 1 and (credit := _first(work.story[-1], "last")):
        work.take(work.story.pop(), credit, all_of_it=True)
    elif work.story and (found := matching.tail(work.story[-1])):
        last = work.story[-1]
        work.take(last, found)
        last.keep([(0, found.start)])
