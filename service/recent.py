"""A bounded memory of what was used last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(_: Any) -> int:
    return 1


class Recent(Generic[K, V]):
    """Values by key; the one that was not used for longest makes room. Thread-safe.

    Args:
        room: the most that the values may weigh together.
        weigh: the weight of a value; each weighs 1 if left out.
    """

    def __init__(self, room: int, weigh: Callable[[V], int] = _one) -> None:
        self._room = room
        self._weigh = weigh
        self._lock = threading.Lock()
        self._values: OrderedDict[K, V] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        """How many values there are."""
        with self._lock:
            return len(self._values)

    def get(self, key: K) -> V | None:
        """The value, which is now the last that was used."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Remember; what is heavier than the whole room is not kept."""
        weight = self._weigh(value)
        with self._lock:
            if (old := self._values.pop(key, None)) is not None:
                self._weight -= self._weigh(old)
            if weight > self._room:
                return
            self._values[key] = value
            self._weight += weight
            while self._weight > self._room:
                self._weight -= self._weigh(self._values.popitem(last=False)[1])
