"""The OpenAPI document's frame: who we are, the groups of routes, and the problems they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_openapi3 import APIBlueprint, Info, OpenAPI, Tag
from pydantic import BaseModel

from service import __version__
from service.api import problems, responses

ARTICLES = Tag(name="articles", description="An article in, its Digest out")
TEXTS = Tag(name="texts", description="Single steps, for harnesses and plugins")
JOBS = Tag(name="jobs", description="Work that outlives its request")
DESK = Tag(name="desk", description="Corrections, their versions, and what is learnt from them")
SERVICE = Tag(name="service", description="What runs here, and is it well?")
LIBRETRANSLATE = Tag(
    name="libretranslate", description="The routes that LibreTranslate's clients know"
)

_WHEN = {
    400: "Malformed: not JSON, not UTF-8, or not the shape of this route",
    401: "A key is needed, or this one is unknown",
    403: "The key lacks the scope",
    404: "There is no such thing",
    408: "The body did not come in whole in time",
    409: "The present state does not allow it",
    412: "It was changed since the client fetched it",
    413: "Larger than the service reads",
    415: "Not a media type that this route reads",
    422: "Too short, or neither Arabic nor English",
    429: "The client's quota is used up; Retry-After says when it is whole again",
    500: "A fault of ours; the log has it under the request id",
    503: "Models missing, or no room: Retry-After says when to come back",
    504: "The work did not end in time",
}

_KEY = {"type": "http", "scheme": "bearer", "description": "An API key, khu_…"}
# What any route may answer, and what those may that are asked with a key and counted.
_ALWAYS = (400, 500)
_GUARDED = (401, 403, 429)
_RETRY_AFTER = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}
}


class Application(OpenAPI):
    """Collects its own OpenAPI 3.1 document, also where two blueprints share a path."""

    def register_api(self, api: APIBlueprint, **options: Any) -> None:
        """Register a blueprint; the methods of a path that is known already join it."""
        known = {uri: self.paths[uri] for uri in api.paths if uri in self.paths}
        super().register_api(api, **options)
        for uri, item in known.items():
            methods = item.model_dump(exclude_none=True).keys()
            self.paths[uri] = self.paths[uri].model_copy(
                update={method: getattr(item, method) for method in methods}
            )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: none here is a coroutine, and Flask would look at every call."""
        return func


def new_app(name: str) -> Application:
    """A Flask application that collects its own OpenAPI 3.1 document."""
    return Application(
        name,
        info=Info(
            title="Khulasa",
            version=__version__,
            description="Bilingual summaries of Arabic and English news, with their evidence.",
        ),
        security_schemes={"key": _KEY},
        # Asked for or not, as KHULASA_KEYS has it.
        openapi_extensions={"security": [{}, {"key": []}]},
        doc_ui=False,
        static_folder=None,
        validation_error_status=400,
        validation_error_model=responses.Problem,
        validation_error_callback=problems.invalid,
    )


def answers(
    model: type[BaseModel] | None, *statuses: int, success: int = 200, guarded: bool = True
) -> dict[Any, Any]:
    """The ``responses`` of a route: one model on success, problems for the statuses.

    Args:
        model: None where success has no body.
        statuses: those of this route alone; what any route may answer joins them.
        guarded: False for the routes that neither keys nor quotas hold back.
    """
    return {success: model} | _problems(statuses, guarded=guarded)


def file_answers(
    description: str, kinds: Iterable[str], *statuses: int, guarded: bool = True
) -> dict[Any, Any]:
    """The ``responses`` of a route that answers with a file of one of the media types."""
    success = {"description": description, "content": {kind: {} for kind in kinds}}
    return {200: success} | _problems(statuses, guarded=guarded)


def _problems(statuses: tuple[int, ...], *, guarded: bool) -> dict[Any, Any]:
    shared = (*_ALWAYS, *_GUARDED) if guarded else _ALWAYS
    if 413 in statuses:  # whoever reads a body may have to wait for it
        shared = (*shared, 408)
    return {status: _problem(status) for status in sorted({*shared, *statuses})}


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    drawn: dict[str, Any] = {
        "description": _WHEN[status],
        "content": {problems.MIMETYPE: {"schema": schema}},
    }
    return drawn | ({"headers": _RETRY_AFTER} if status in {429, 503} else {})
