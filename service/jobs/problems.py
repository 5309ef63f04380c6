"""What went wrong with a job, in the shape of an HTTP problem."""

from __future__ import annotations

from typing import Any

from service.errors import KhulasaError


def problem_of(error: Exception) -> dict[str, Any]:
    """An error of ours as it is; a fault of the inside without its inside."""
    if not isinstance(error, KhulasaError):
        error = KhulasaError("an unexpected error; the log has it under the job's id")
    return {
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": str(error),
        **error.details,
    }
