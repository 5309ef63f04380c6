"""Have a system work through a set: in parallel, resumable, told to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from service.evaluation.sets import Article, Output
from service.evaluation.store import OutputStore
from service.evaluation.systems import System

Watcher = Callable[[int, int], None]  # articles done, articles in all


@dataclass(frozen=True, slots=True)
class SystemRun:
    """What a system made of a set.

    ``signatures`` has more than one entry if the system changed while it ran, or if a file joins
    outputs of several.
    """

    name: str
    outputs: Mapping[str, Output]

    @property
    def signatures(self) -> tuple[str, ...]:
        """Every signature that an output carries, in order of first appearance."""
        found = (output.signature for output in self.outputs.values() if output.signature)
        return tuple(dict.fromkeys(found))

    @property
    def failed(self) -> tuple[Output, ...]:
        """The outputs that are errors."""
        return tuple(output for output in self.outputs.values() if output.error is not None)


def collect(
    system: System,
    articles: Sequence[Article],
    *,
    store: OutputStore | None = None,
    jobs: int = 1,
    watch: Watcher | None = None,
) -> SystemRun:
    """The system's output for every article, in the set's order, from ``store`` where it has it.

    Articles that failed are not kept, so the next run tries them again.

    Raises:
        KhulasaError: the system cannot be used; what was done till then is kept in the store.
    """
    found = {a.id: output for a in articles if store and (output := store.get(a)) is not None}
    told = watch or _nobody
    told(len(found), len(articles))
    missing = [article for article in articles if article.id not in found]
    with ThreadPoolExecutor(max(1, jobs), thread_name_prefix="compare") as pool:
        futures = {pool.submit(_make, system, article, store): article for article in missing}
        try:
            for future in as_completed(futures):
                found[futures[future].id] = future.result()
                told(len(found), len(articles))
        except BaseException:
            _cancel(futures)
            raise
    return SystemRun(system.name, {article.id: found[article.id] for article in articles})


def _nobody(done: int, total: int) -> None:
    """Nobody watches."""


def _make(system: System, article: Article, store: OutputStore | None) -> Output:
    output = system.make(article)
    if store is not None and output.error is None:
        store.put(article, output)
    return output


def _cancel(futures: Mapping[Future[Output], Article]) -> None:
    for future in futures:
        future.cancel()
