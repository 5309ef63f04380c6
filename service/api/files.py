"""/v1/files: a file in, its text out; nothing is kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, FileStorage
from pydantic import BaseModel, Field

from service.api.openapi import ARTICLES, answers
from service.api.responses import Shape
from service.errors import Malformed
from service.pipeline import files

api = APIBlueprint("files", __name__, url_prefix="/v1/files", abp_tags=[ARTICLES])

# The doorkeeper's demand of a JSON body does not hold for this route.
READS_OWN_BODY = "files.read_file"


class FileForm(BaseModel):
    """A form with one file."""

    file: FileStorage = Field(description="A .txt, .html or .docx file")


class FileText(Shape):
    """What POST /v1/articles takes: ``html`` where the file is a page, else ``text``."""

    kind: files.Kind
    text: str | None
    html: str | None
    title: str | None


@api.post("", summary="The text of a file", responses=answers(FileText, 413, 415))
def read_file(form: FileForm) -> dict[str, Any]:
    """Reads .txt (UTF-8, UTF-16 or Windows-1256), .html and .docx."""
    if not form.file.filename:
        raise Malformed("send one file, with its name, in the field 'file'")
    return asdict(files.load(form.file.filename, form.file.read()))
