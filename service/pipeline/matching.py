"""Where the intake rules meet a paragraph; what is then done about it is said in ``debris``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.pipeline.paragraphs import Paragraph
from service.pipeline.rules import Rule, Where, rules
from service.pipeline.segment import ends_sentence

_EDGES = re.compile(r"^(?:[^\w#@]|_)*(.*?)[\W_]*$", re.DOTALL)
# After the end of a sentence, or where a bracket opens: there debris may begin inside a paragraph.
_STARTS = re.compile(r"^|(?<=[.!?؟…\"”»)\]_] )|(?<=-- )|(?<= )(?=[(\[])")
_STOPS = re.compile(r"[\s.!…_)\]\"”»*|-]*")
_CLOSERS = "\"”»')]"
_LABEL_WORDS = 3  # so few words are a label even with a full stop
_TAIL = 300  # characters at the end of the article that tail rules look at


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a paragraph's text that a rule is about, and the credits it caught there."""

    rule: Rule
    start: int
    end: int
    credits: tuple[tuple[int, int], ...]


def of(*where: Where) -> list[Rule]:
    """The rules that look there, in the file's order."""
    return [rule for rule in rules() if rule.where in where]


def core(text: str) -> str:
    """A text without the bullets, brackets and dashes around it."""
    return text[slice(*_core_span(text))]


def ends(text: str, marks: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the marks, but for closing quotes and brackets."""
    return text.rstrip(_CLOSERS).endswith(marks)


def whole(paragraph: Paragraph, rule: Rule) -> Found | None:
    """The rule met by a whole paragraph, but for the marks around it.

    A label (``line``, ``heading``, ``last``) does not end with a full stop, since a sentence of
    the story does; a byline does not ask or shout either.
    """
    text, words = paragraph.text, paragraph.words()
    label = rule.where in ("line", "heading", "last") and words > _LABEL_WORDS
    if words > rule.max_words or (label and ends(text, (".",)) and not text.endswith("...")):
        return None
    if rule.where == "byline" and ends(text, (".", "!", "?", "؟")):
        return None
    form = _form(paragraph, rule)
    match = rule.pattern.fullmatch(form, *_core_span(form))
    return _found(paragraph, rule, match) if match else None


def inside(paragraph: Paragraph) -> list[Found]:
    """What sentence and inline rules meet inside, in order, the longest first."""
    starts = {
        False: [match.start() for match in _STARTS.finditer(paragraph.form()[0])],
        True: [match.start() for match in _STARTS.finditer(paragraph.text)],
    }
    found = []
    for rule in of("sentence", "inline"):
        form = _form(paragraph, rule)
        for start in starts[rule.case]:
            match = rule.pattern.match(form, start)
            if match and match.end() > start:
                one = _found(paragraph, rule, match)
                end = _stop(paragraph.text, one.end, rule)
                if end is not None:
                    found.append(Found(rule, one.start, end, one.credits))
    return sorted(found, key=lambda one: (one.start, -one.end))


def head(paragraph: Paragraph) -> Found | None:
    """What opens the article before its first word, if anything does."""
    for rule in of("head"):
        form = _form(paragraph, rule)
        match = rule.pattern.match(form)
        if match and 0 < match.end() < len(form):
            return _found(paragraph, rule, match)
    return None


def tail(paragraph: Paragraph) -> Found | None:
    """What closes the article after its last word, if anything does."""
    for rule in of("tail"):
        form = _form(paragraph, rule)
        match = rule.pattern.search(form, max(0, len(form) - _TAIL))
        if match and match.start() > 0 and match.end() == len(form):
            return _found(paragraph, rule, match)
    return None


def _core_span(text: str) -> tuple[int, int]:
    match = _EDGES.match(text)
    return match.span(1) if match else (0, len(text))


def _form(paragraph: Paragraph, rule: Rule) -> str:
    """What the rule is held against: the matching form, or the text where case matters."""
    return paragraph.text if rule.case else paragraph.form()[0]


def _found(paragraph: Paragraph, rule: Rule, match: re.Match[str]) -> Found:
    credits = (match.span(name) for name in rule.pattern.groupindex if match[name])
    return Found(
        rule,
        *_in_text(paragraph, rule, match.span()),
        tuple(_in_text(paragraph, rule, span) for span in credits),
    )


def _in_text(paragraph: Paragraph, rule: Rule, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch of ``_form`` as a stretch of the paragraph's text."""
    if rule.case or span[0] == span[1]:
        return span
    origin = paragraph.form()[1]
    # A hamza or a vowel mark that folds to nothing belongs to the word it closes.
    after = origin[span[1]] if span[1] < len(origin) else len(paragraph.text)
    return origin[span[0]], max(origin[span[1] - 1] + 1, after)


def _stop(text: str, end: int, rule: Rule) -> int | None:
    """Where the debris that matched up to ``end`` ends with its own punctuation, if it does."""
    marks = _STOPS.match(text, end)
    assert marks is not None
    if marks.end() == len(text):
        return len(text)
    after = end
    while after < len(text) and not text[after].isspace():
        after += 1
    stopped = any(mark in text[end:after] for mark in ".!…") and ends_sentence(text[:after])
    goes_on = not marks[0] or text[marks.end()].islower()
    return after if stopped or (rule.where == "inline" and not goes_on) else None
