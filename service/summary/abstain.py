"""What becomes of a summary that a check would not let into print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from service import checks, flags
from service.domain import Bitext, Flag, Language, Length, Summary
from service.summary.evidence import unsupported_flags


def abstain(
    bitext: Bitext, summary: Summary, extractive: Callable[[Language, Length], Summary]
) -> tuple[Summary, tuple[Flag, ...]]:
    """The summary with its flags, or the article's own sentences in place of one a model made up.

    A written summary with a severe flag gives way to the extractive one, which says why
    (``reason``: codes and the words concerned) and keeps the rejected text for the editor. What
    was extracted from the first, or written by an editor, stays and is only flagged.

    Args:
        bitext: the article.
        summary: one of its summaries.
        extractive: makes the extractive summary of a language and length; called only where it
            is needed.
    """
    found = (*checks.check_summary(bitext, summary), *unsupported_flags(summary))
    severe = [flag for flag in found if flag.severity == "severe"]
    if not severe or summary.method != "seq2seq":
        return summary, found
    reason = "; ".join(dict.fromkeys(_said(flag) for flag in severe))
    instead = replace(
        extractive(summary.language, summary.length), rejected=summary.text, reason=reason
    )
    where = f"summaries.{instead.language}.{instead.length}"
    replaced = flags.make("summary_replaced", where, target=_quoted(severe))
    return instead, (replaced, *checks.check_summary(bitext, instead))


def _said(flag: Flag) -> str:
    return f"{flag.code}: {flag.target}" if flag.target else flag.code


def _quoted(severe: list[Flag]) -> str:
    return ", ".join(dict.fromkeys(flag.target or flag.code for flag in severe))
