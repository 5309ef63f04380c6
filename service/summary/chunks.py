"""Cut an article into stretches that a model can read, along its sentences, losing none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil


def cut(
    sentences: Sequence[str], passages: int, budget: int, cost: Callable[[str], int]
) -> list[str]:
    """Stretches of whole sentences, about equally long, each within the budget.

    Args:
        sentences: the text, in order.
        passages: how many stretches are wanted; fewer come of a text of few sentences, more of
            one that does not fit otherwise.
        budget: the most that one stretch may cost; at least 1.
        cost: a text's tokens; about additive. It is asked about twice for each word, whatever
            the length of the text, so the work is linear.

    A sentence that alone is over the budget is divided between words, a word between letters.
    """
    pieces = [piece for s in sentences if s for piece in _within(s, budget, cost)]
    costs = [cost(piece) for piece in pieces]
    number = max(min(passages, len(pieces) // 2), ceil(sum(costs) / budget), 1)
    stretches: list[str] = []
    for group in _groups(pieces, costs, number):
        stretches += _fitting(group, budget, cost)
    return stretches


def _groups(pieces: Sequence[str], costs: Sequence[int], number: int) -> list[list[str]]:
    """Neighbours together, by where their middle lies in the whole."""
    groups: list[list[str]] = [[] for _ in range(number)]
    total, before = sum(costs) or 1, 0
    for piece, price in zip(pieces, costs, strict=True):
        middle = (2 * before + price) / (2 * total)
        groups[min(int(middle * number), number - 1)].append(piece)
        before += price
    return [group for group in groups if group]


def _fitting(group: Sequence[str], budget: int, cost: Callable[[str], int]) -> list[str]:
    """The group as one text, or as two where it is over the budget."""
    text = " ".join(group)
    if len(group) == 1 or cost(text) <= budget:
        return [text]
    half = len(group) // 2
    return _fitting(group[:half], budget, cost) + _fitting(group[half:], budget, cost)


def _within(sentence: str, budget: int, cost: Callable[[str], int]) -> list[str]:
    if cost(sentence) <= budget or len(sentence) == 1:
        return [sentence]
    words = sentence.split()
    if len(words) > 1:
        half = len(words) // 2
        parts = [" ".join(words[:half]), " ".join(words[half:])]
    else:
        half = len(sentence) // 2
        parts = [sentence[:half], sentence[half:]]
    return [piece for part in parts for piece in _within(part, budget, cost)]
