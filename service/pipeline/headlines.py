"""Headlines among the paragraphs: the article's own, and those of others listed under a heading."""

from __future__ import annotations

from service.pipeline.matching import core, ends
from service.pipeline.paragraphs import Paragraph
from service.text.normalize import matching_form

_FINAL = (".", "!", "…", "؛", ";", ":", ",", "،")
_LONGEST, _SUBHEADING = 18, 4  # words of a headline; of a subheading
_LONG_PARAGRAPH = 12  # words; its last mark tells whether the text uses full stops
_STOPPED_SHARE = 0.7
_LONGEST_LIST = 12
_BULLETS = "•·▪●■◆►▶→*-–—»>"


def is_title(first: Paragraph, second: Paragraph, title: str | None) -> bool:
    """Whether ``first`` is the headline that stands above the story, ``second`` on.

    With a known ``title``: whether it says the same. Without: whether it is short, without a full
    stop or a question mark, and stands above a longer paragraph that has its full stop.
    """
    if title:
        return matching_form(core(first.text)) == matching_form(core(title))
    if not _is_headline(first) or first.words() < 3 or first.text.endswith(("?", "؟")):
        return False
    return second.words() > max(9, first.words()) and ends(second.text, _FINAL)


def has_full_stops(story: list[Paragraph]) -> bool:
    """Whether the long paragraphs of a text end with a mark, as a rule."""
    long = [paragraph for paragraph in story if paragraph.words() > _LONG_PARAGRAPH]
    marks = sum(ends(paragraph.text, _FINAL) for paragraph in long)
    return bool(long) and marks / len(long) >= _STOPPED_SHARE


def listed(story: list[Paragraph], index: int, stopped: bool) -> int:
    """How many paragraphs from ``index`` on are headlines listed under a heading just before.

    Safe ones are list items and what no blank line parts from the heading. Others only count in a
    text whose paragraphs end with full stops (``stopped``), since elsewhere a headline looks like
    any other paragraph; and one alone must be too long to be a subheading of the story.
    """
    end = index
    while end < min(len(story), index + _LONGEST_LIST) and _is_headline(story[end]):
        end += 1
    block = story[index - 1].block
    items = index
    while items < end and (story[items].block == block or story[items].text[0] in _BULLETS):
        items += 1
    if items == len(story) or (items > index and story[items].block != block):
        return items - index
    several = end - index > 1 or (end > index and story[index].words() > _SUBHEADING)
    return end - index if stopped and (several or end == len(story)) else 0


def _is_headline(paragraph: Paragraph) -> bool:
    return paragraph.words() <= _LONGEST and not ends(paragraph.text, _FINAL)
