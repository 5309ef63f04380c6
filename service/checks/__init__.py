"""Checks by value: numbers, dates, money, names and what else an editor must not be fooled by.

    check_pair     any two texts (POST /v1/check)
    check_bitext   a translation, sentence by sentence
    check_summary  a summary against its article
    misleading     the sentences whose translation must not enter a summary
    read           the values of a text, with their places

Every finding is a Flag of service/flags.toml; how often each is right is in docs/checks.md.
"""

from service.checks.article import check_bitext, check_summary, misleading
from service.checks.pair import check_pair
from service.checks.quantity import CalendarDate, Quantity
from service.checks.reader import read

# Part of the signature on every answer: raise it when a check can answer differently.
VERSION = "2"

__all__ = [
    "VERSION",
    "CalendarDate",
    "Quantity",
    "check_bitext",
    "check_pair",
    "check_summary",
    "misleading",
    "read",
]
