"""Every rule of service/rules/debris.toml against the examples that stand beside it."""

from __future__ import annotations

import re

import pytest

from service.pipeline import debris
from service.pipeline.rules import Rule, rules, rules_hash

STORY = "قال الوزير إن الحكومة ستعلن الخطة غدا. The minister said the plan would be made public."
HITS = [(rule, hit) for rule in rules() for hit in rule.hits]
NEAR_MISSES = [(rule, miss) for rule in rules() for miss in rule.near_misses]


def _swept(rule: Rule, line: str) -> debris.Swept:
    """The line where the rule looks for it, in a story."""
    before = "" if rule.where in ("head", "byline") else f"{STORY}\n\n"
    after = "" if rule.where in ("last", "tail") else f"\n\n{STORY}"
    return debris.sweep(before + line + after, "A headline" if rule.where == "byline" else None)


@pytest.mark.parametrize(("rule", "hit"), HITS)
def test_each_hit_is_dropped_for_the_rules_reason(rule: Rule, hit: str) -> None:
    swept = _swept(rule, hit)
    assert rule.reason in {drop.reason for drop in swept.dropped}


@pytest.mark.parametrize(("rule", "miss"), NEAR_MISSES)
def test_each_near_miss_is_kept_whole(rule: Rule, miss: str) -> None:
    assert miss in _swept(rule, miss).text


def test_every_rule_has_both_kinds_of_examples() -> None:
    assert [rule for rule in rules() if not rule.hits or not rule.near_misses] == []


def test_the_hash_names_the_rules() -> None:
    assert re.fullmatch("[0-9a-f]{8}", rules_hash())
