"""Every error that Khulasa raises on purpose, and where each one ends up.

Drawn as a tree; the HTTP status and the exit code of the command line stand beside it::

    KhulasaError                       500  exit 1
    ├── InputError                     400  exit 3   what was sent cannot be worked on
    │   ├── Malformed                  400           not the shape that the endpoint reads
    │   ├── TooLarge                   413           over the limit of bytes, words or items
    │   ├── TooSlow                    408           the request did not come in whole in time
    │   ├── UnsupportedMedia           415           a content type or file kind we do not read
    │   ├── TooShort                   422           nothing to summarize
    │   └── WrongLanguage              422           neither Arabic nor English, or too mixed
    ├── AccessError                    403
    │   ├── Unauthenticated            401           no key, or an unknown one
    │   ├── Forbidden                  403           a key without the scope
    │   └── WrongHost                  403           keys are off, and it was not asked by our name
    ├── NotFound                       404  exit 3   no such article, job, profile or version
    ├── MethodNotAllowed               405           the route does not answer that method
    ├── Conflict                       409  exit 3   the state does not allow it
    ├── PreconditionFailed             412  exit 3   it is not any more what the client has seen
    ├── CapacityError                  503
    │   ├── QuotaExceeded              429           the client's own quota is used up
    │   ├── QueueFull                  503           the house is full: Retry-After says when
    │   ├── NotReady                   503           the models are still being warmed up
    │   ├── Draining                   503           shutting down, no new work
    │   ├── JobsAway                   503           jobs cannot be reached at the moment
    │   └── DeadlineExceeded           504           the work did not end in time
    ├── Cancelled                      409           the client took the work back
    ├── ConfigurationError             500  exit 2   a setting, profile or rule file is wrong
    ├── RemoteFailed                   502  exit 5   another service that was asked does not answer
    │   └── RemoteRefused              502  exit 5   it answers, and refuses this one request
    └── ModelError                     503  exit 4
        ├── ModelsMissing              503           not installed: the message names the command
        ├── ModelDamaged               503           a file's hash differs: the message names it
        └── EngineFailed               500  exit 1   the engine itself broke

``code`` is stable and documented in docs/errors.md; messages may be reworded at any time.
"""

from __future__ import annotations

from typing import Any, ClassVar


class KhulasaError(Exception):
    """The root: ``str(error)`` is a sentence that the person who meets it can act on.

    ``details`` are JSON-able facts that join the HTTP problem (for example what was detected).
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    title: ClassVar[str] = "Something went wrong in the service"

    def __init__(self, message: str = "", **details: Any) -> None:
        super().__init__(message or self.title)
        self.details = details


class InputError(KhulasaError):
    """What was sent cannot be worked on."""

    code, status, exit_code, title = "bad_input", 400, 3, "The input cannot be worked on"


class Malformed(InputError):
    """The request or file does not have the shape that is read there."""

    code, title = "malformed", "The request is malformed"


class TooLarge(InputError):
    """Over the limit of bytes, words or items."""

    code, status, title = "too_large", 413, "The input is too large"


class TooSlow(InputError):
    """The request did not come in whole in time."""

    code, status, title = "too_slow", 408, "The request came in too slowly"


class UnsupportedMedia(InputError):
    """A content type or a kind of file that is not read."""

    code, status, title = "unsupported_media", 415, "The media type is not supported"


class TooShort(InputError):
    """There is nothing to summarize."""

    code, status, title = "too_short", 422, "The article is too short"


class WrongLanguage(InputError):
    """Neither Arabic nor English, or too mixed to tell."""

    code, status, title = "wrong_language", 422, "The language is not Arabic or English"


class AccessError(KhulasaError):
    """The caller may not do this."""

    code, status, title = "forbidden", 403, "Access is refused"


class Unauthenticated(AccessError):
    """No key was given, or an unknown or revoked one."""

    code, status, title = "unauthenticated", 401, "An API key is needed"


class Forbidden(AccessError):
    """The key lacks the scope."""

    code = "forbidden"


class WrongHost(AccessError):
    """No keys are asked for on loopback, and the request names another host or comes by a proxy."""

    code, title = "wrong_host", "The service answers to this machine's names alone"


class NotFound(KhulasaError):
    """No such article, job, profile, version or route."""

    code, status, exit_code, title = "not_found", 404, 3, "There is no such thing here"


class MethodNotAllowed(KhulasaError):
    """The route does not answer that method."""

    code, status, title = "method_not_allowed", 405, "The method is not allowed here"


class Conflict(KhulasaError):
    """The present state does not allow it."""

    code, status, exit_code, title = "conflict", 409, 3, "The present state does not allow it"


class PreconditionFailed(KhulasaError):
    """What was to be replaced is not any more what the client has seen (If-Match)."""

    code, status, exit_code = "precondition_failed", 412, 3
    title = "It was changed meanwhile"


class CapacityError(KhulasaError):
    """No room at the moment; ``retry_after`` is in seconds."""

    code, status, title = "busy", 503, "The service is busy"

    def __init__(self, message: str = "", *, retry_after: float = 1.0, **details: Any) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class QuotaExceeded(CapacityError):
    """The client's own quota is used up."""

    code, status, title = "quota_exceeded", 429, "The quota is used up"


class QueueFull(CapacityError):
    """The bounded queue is full."""

    code, title = "queue_full", "The queue is full"


class NotReady(CapacityError):
    """The models are still being warmed up."""

    code, title = "not_ready", "The service is not ready yet"


class Draining(CapacityError):
    """The process is shutting down and takes no new work."""

    code, title = "draining", "The service is shutting down"


class JobsAway(CapacityError):
    """The broker, or the record of jobs, does not answer."""

    code, title = "jobs_away", "Jobs cannot be reached at the moment"


class DeadlineExceeded(CapacityError):
    """The work did not end before its deadline."""

    code, status, title = "deadline_exceeded", 504, "The deadline passed"


class Cancelled(KhulasaError):
    """The client took the work back."""

    code, status, title = "cancelled", 409, "The work was cancelled"


class ConfigurationError(KhulasaError):
    """A setting, a profile or a rule file is wrong."""

    code, exit_code, title = "configuration", 2, "The configuration is wrong"


class RemoteFailed(KhulasaError):
    """Another service that was asked does not answer, or not as it should."""

    code, status, exit_code = "remote_failed", 502, 5
    title = "Another service does not answer"


class RemoteRefused(RemoteFailed):
    """The other service works, and will not or cannot do this one thing."""

    code, title = "remote_refused", "Another service refuses this request"


class ModelError(KhulasaError):
    """The models of a profile cannot be used."""

    code, status, exit_code, title = "models_unusable", 503, 4, "The models cannot be used"


class ModelsMissing(ModelError):
    """The profile's models are not installed; the message names the command that does it."""

    code, title = "models_missing", "The models are not installed"


class ModelDamaged(ModelError):
    """A model file's hash is not the one on record; the message names the file."""

    code, title = "model_damaged", "A model file is damaged"


class EngineFailed(ModelError):
    """The engine broke while it ran."""

    code, status, exit_code, title = "engine_failed", 500, 1, "The engine failed"
