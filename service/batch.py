"""An archive of articles, line by line: resumable, in order, in bounded memory.

Line N of the output answers line N of the input: a Digest under ``digest``, or under ``problem``
what was wrong with the line. So where to go on is the number of whole lines that are there.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from service.domain import Article
from service.errors import InputError, KhulasaError, Malformed
from service.nesting import nests_too_deeply

Digest = Callable[[Article], dict[str, Any]]

_MEMBERS = frozenset({"text", "html", "title", "language"})


def resume_at(output: Path) -> int:
    """How many lines are done; a torn last line is cut off, since a crash may leave one."""
    if not output.exists():
        return 0
    with output.open("r+b") as file:
        done = end = 0
        for line in file:
            if not line.endswith(b"\n"):
                break
            done, end = done + 1, end + len(line)
        file.truncate(end)
    return done


def answers(
    lines: Iterable[str], skip: int, digest: Digest, threads: int
) -> Iterator[dict[str, Any]]:
    """Answer each line after the first ``skip``, in order.

    Args:
        lines: JSON objects: ``text`` or ``html``, and optionally ``id``, ``title``, ``language``.
        digest: answers one article; its errors of input become the line's problem.
        threads: how many articles are worked on at once.

    Raises:
        KhulasaError: an error that is not the line's fault ends the run.
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[dict[str, Any]]] = deque()
        for number, line in enumerate(islice(lines, skip, None), start=skip + 1):
            waiting.append(pool.submit(_answer, number, line, digest))
            if len(waiting) >= 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _answer(number: int, line: str, digest: Digest) -> dict[str, Any]:
    given: dict[str, Any] = {}
    try:
        given = _parse(line)
        facts = {name: value for name, value in given.items() if name in _MEMBERS}
        return _named(number, given, {"digest": digest(Article(**facts))})
    except InputError as error:
        return _named(number, given, {"problem": _problem(error)})


def _parse(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except RecursionError:
        raise Malformed("the line is nested too deeply") from None
    except ValueError as error:
        raise Malformed(f"the line is not JSON: {error}") from None
    if not isinstance(given, dict):
        raise Malformed("the line is not a JSON object")
    wrong = [name for name in _MEMBERS if not isinstance(given.get(name), str | None)]
    if wrong:
        raise Malformed(f"{wrong[0]} must be a string")
    if given.get("language") not in {None, "ar", "en"}:
        raise Malformed("language must be ar or en")
    _check_id(given.get("id"))
    return given


def _check_id(given: object) -> None:
    """Refuse an id that cannot be written beside the answer."""
    if nests_too_deeply(given):
        raise Malformed("the id is nested too deeply")
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Malformed("the id has half a character (a lone surrogate) in it") from None


def _named(number: int, given: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    return {"line": number, "id": given.get("id"), **answer}


def _problem(error: KhulasaError) -> dict[str, Any]:
    return {"code": error.code, "status": error.status, "detail": str(error), **error.details}
