"""When a comparison fails a build: B below a limit, or B worse than A beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.errors import ConfigurationError
from service.evaluation import wording
from service.evaluation.report import Report


@dataclass(frozen=True, slots=True)
class Limit:
    """``summaries.rouge2=20``: the worst score of B that passes.

    For measures where lower is better (TER, flags, seconds) it is the highest.
    """

    name: str
    value: float

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read ``name=value``.

        Raises:
            ConfigurationError: it is not of that form.
        """
        name, equals, value = text.rpartition("=")
        try:
            if not equals or not name.strip():
                raise ValueError
            return cls(name.strip(), float(value))
        except ValueError:
            raise ConfigurationError(
                f"{text!r} is not a limit; write, say, summaries.rouge2=20"
            ) from None

    def miss(self, report: Report) -> str | None:
        """What to say if B misses the limit.

        Raises:
            ConfigurationError: the report has no such score, or one that is neither good nor bad.
        """
        found = report.find(self.name)
        if found is None:
            known = ", ".join(one.name for one in report.comparisons) or "none"
            raise ConfigurationError(f"no score is called {self.name!r} here; there are: {known}")
        if found.kind.better == "neither":
            raise ConfigurationError(f"{self.name} is neither good nor bad: it has no limit")
        lower = found.kind.better == "lower"
        missed = found.b.value > self.value if lower else found.b.value < self.value
        if not missed:
            return None
        side = "above" if lower else "under"
        return f"{self.name} is {wording.score(found.kind, found.b.value)}, {side} {self.value:g}"


def failures(report: Report, limits: Sequence[Limit], *, if_worse: bool) -> tuple[str, ...]:
    """Why the build should fail, one reason a line; empty if it should not.

    Raises:
        ConfigurationError: a limit names what this report does not score.
    """
    missed = [told for limit in limits if (told := limit.miss(report)) is not None]
    worse = report.named(["worse"]) if if_worse else ()
    return (
        *missed,
        *(
            f"{one.name} is significantly worse: "
            f"{wording.difference(one.kind, one.difference)}, p = {wording.p_value(one.p)}"
            for one in worse
        ),
    )
