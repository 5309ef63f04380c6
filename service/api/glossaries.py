"""/v1/glossaries: the terms of each desk, in and out as TSV or CSV, every version kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint
from pydantic import BaseModel, Field
from werkzeug.http import parse_etags

from service import glossary
from service.api.current import house
from service.api.desk_responses import Edition, Editions
from service.api.openapi import DESK, answers, file_answers
from service.api.requests import Name, Parameters, PersonName
from service.errors import Malformed, UnsupportedMedia
from service.glossary.files import FileKind

api = APIBlueprint("glossaries", __name__, url_prefix="/v1/glossaries", abp_tags=[DESK])

# A file is sent as it is, not wrapped in JSON.
READS_OWN_BODY = "glossaries.put_glossary"
_TYPES: dict[str, FileKind] = {"text/tab-separated-values": "tsv", "text/csv": "csv"}


class DeskPath(BaseModel):
    """A desk."""

    desk: Name


class FileQuery(Parameters):
    """Which file."""

    version: str | None = Field(None, description="An older version")
    format: FileKind = "tsv"


class StandsHeaders(Parameters):
    """What the client believes to stand there; left out, whatever stands is replaced."""

    if_match: str = Field(
        "", alias="If-Match", description="Only while the glossary's ETag is this one"
    )
    if_none_match: str = Field(
        "", alias="If-None-Match", description="*: only while the desk has no glossary"
    )

    def expects(self, version: str | None) -> bool:
        """Whether this version, or none, is what the client believes to stand there."""
        # Weakly: a proxy that packs the file weakens its tag, and a version names the terms.
        wanted, unwanted = parse_etags(self.if_match), parse_etags(self.if_none_match)
        if version is None:
            return not self.if_match
        if self.if_match and not wanted.contains_weak(version):
            return False
        return not unwanted.contains_weak(version)


class WhoQuery(Parameters):
    """Who puts it there."""

    by: PersonName


@api.get("", summary="The desks' glossaries", responses=answers(Editions))
def list_glossaries() -> dict[str, Any]:
    """The last version of each; ``starter`` comes with Khulasa."""
    return {"glossaries": [asdict(edition) for edition in house().glossaries.editions()]}


@api.get(
    "/<desk>",
    summary="A desk's glossary as a file",
    responses=file_answers("The file", _TYPES, 404) | {304: None},
)
def get_glossary(path: DeskPath, query: FileQuery) -> Response:
    """TSV or CSV; what is downloaded can be uploaded again."""
    found = house().glossaries.get(path.desk, query.version)
    kind = next(name for name, file_kind in _TYPES.items() if file_kind == query.format)
    response = Response(glossary.write(found, query.format), mimetype=kind)
    response.set_etag(found.version)
    name = f"{path.desk}-{found.version}.{query.format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.make_conditional(request)
    return response


@api.put(
    "/<desk>",
    summary="Put a desk's glossary in force",
    responses=answers(Edition, 412, 413, 415),
    openapi_extensions={
        "requestBody": {
            "required": True,
            "content": {kind: {"schema": {"type": "string"}} for kind in _TYPES},
        }
    },
)
def put_glossary(path: DeskPath, query: WhoQuery, header: StandsHeaders) -> dict[str, Any]:
    """A new version; the same terms again add none. Articles are answered by it from now on.

    With If-Match, the ETag of the file that was fetched, nobody's terms are lost who put theirs
    there meanwhile: 412, fetch it again.
    """
    kind = _TYPES.get(request.mimetype)
    if kind is None:
        raise UnsupportedMedia(f"send the file as {' or '.join(_TYPES)}")
    try:
        text = request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"the file is not UTF-8: byte {error.start} cannot be read") from None
    terms = glossary.read(text, kind)
    return asdict(house().glossaries.put(path.desk, terms, query.by, header.expects))


@api.get(
    "/<desk>/versions", summary="Every version of a glossary", responses=answers(Editions, 404)
)
def glossary_versions(path: DeskPath) -> dict[str, Any]:
    """With who and when, newest first."""
    house().glossaries.get(path.desk)
    return {"glossaries": [asdict(edition) for edition in house().glossaries.editions(path.desk)]}
