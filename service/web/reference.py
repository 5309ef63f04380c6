"""/docs: the OpenAPI document, the flags and the errors as a page for people."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, render_template
from flask_openapi3 import OpenAPI
from markupsafe import Markup, escape

from service import flags
from service.api.auth import needs
from service.errors import KhulasaError
from service.web import preferences

blueprint = Blueprint("reference", __name__)
blueprint.before_request(preferences.choose)


@blueprint.get("/docs")
@needs(None)
def reference() -> str:
    """Routes, schemas, flags and errors; what ``type`` of a problem links to is here."""
    return render_template(
        "reference.html",
        document=cast("OpenAPI", current_app).api_doc,
        flags=flags.catalogue().values(),
        errors=_error_kinds(),
        link=_link,
    )


def _link(schema: dict[str, Any]) -> Markup:
    """What a schema is, in a few words, with links to the named ones."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    if "anyOf" in schema:
        return Markup(" or ").join(_link(each) for each in schema["anyOf"])
    if "enum" in schema:
        return Markup(" or ").join(Markup("<code>{}</code>").format(v) for v in schema["enum"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(_link(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), dict):
        return Markup("map to {}").format(_link(schema["additionalProperties"]))
    return escape(schema.get("title") if "properties" in schema else schema.get("type", "any"))


def _error_kinds() -> list[type[KhulasaError]]:
    kinds = {kind.code: kind for kind in _descendants(KhulasaError)}
    return sorted(kinds.values(), key=lambda kind: (kind.status, kind.code))


def _descendants(kind: type[KhulasaError]) -> list[type[KhulasaError]]:
    """The error itself and all that derive from it."""
    return [kind, *(found for child in kind.__subclasses__() for found in _descendants(child))]
