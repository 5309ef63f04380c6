"""LibreTranslate's routes, so that its clients and plugins work against Khulasa unchanged.

Shapes after LibreTranslate's published API: a body in JSON or as a form; ``q`` a text or a list.
Errors stay problems; ``detail`` is repeated as ``error``, the member that those clients read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_openapi3 import APIBlueprint
from pydantic import ValidationError

from service.api import bodies
from service.api.articles import new_run
from service.api.auth import also_keyed_by, needs
from service.api.current import house
from service.api.libre_responses import LibreLanguages, LibreTranslation
from service.api.openapi import LIBRETRANSLATE, answers
from service.api.requests import LibreTranslateBody
from service.domain import LANGUAGES, DetectedLanguage, Language, other
from service.errors import Malformed
from service.pipeline.markup import translate_markup
from service.pipeline.translate import Translation

api = APIBlueprint("libretranslate", __name__, abp_tags=[LIBRETRANSLATE])

_NAMES: dict[Language, str] = {"ar": "Arabic", "en": "English"}
# The doorkeeper's demand of a JSON body does not hold for this route.
READS_OWN_BODY = "libretranslate.libre_translate"


@api.get("/languages", summary="The languages", responses=answers(LibreLanguages))
@needs(None)  # its clients ask before they send a key
def languages() -> list[dict[str, Any]]:
    """Arabic and English, each to the other."""
    return [{"code": code, "name": _NAMES[code], "targets": [other(code)]} for code in LANGUAGES]


def _key_in_body() -> str | None:
    """The key where LibreTranslate's clients put it; the body is held to its limits first."""
    bodies.hold()
    given = request.get_json() if request.is_json else request.form
    key = given.get("api_key")
    return key if isinstance(key, str) else None


@api.post(
    "/translate",
    summary="Translate, in LibreTranslate's shape",
    responses=answers(LibreTranslation, 413, 415, 422, 503, 504),
    openapi_extensions={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": LibreTranslateBody.model_json_schema()}
                for kind in ("application/json", "application/x-www-form-urlencoded")
            },
        }
    },
)
@also_keyed_by(_key_in_body)
def libre_translate() -> dict[str, Any]:
    """The translation of ``q``; a list for a list."""
    body = _body()
    texts = [body.q] if isinstance(body.q, str) else body.q
    detected = _source(body, texts)
    translated = _translate(body, texts, detected.code)
    answer: dict[str, Any] = {
        "translatedText": translated[0] if isinstance(body.q, str) else translated
    }
    if body.source == "auto":
        confidence = round(100 * detected.confidence, 1)
        answer["detectedLanguage"] = {"language": detected.code, "confidence": confidence}
    return answer


def _source(body: LibreTranslateBody, texts: list[str]) -> DetectedLanguage:
    if body.source == "auto":
        return house().pipeline().detect(texts)
    return DetectedLanguage(_language(body.source), 1.0)


def _body() -> LibreTranslateBody:
    given: Any = request.get_json() if request.is_json else request.form.to_dict()
    try:
        return LibreTranslateBody.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        # The member alone: what follows it names which kind of ``q`` was tried.
        member = "".join(f"{part}: " for part in first["loc"][:1])
        raise Malformed(f"{member}{first['msg']}") from None


def _translate(body: LibreTranslateBody, texts: list[str], source: Language) -> list[str]:
    target, run = _language(body.target), new_run()

    def translate(parts: Sequence[str]) -> list[Translation]:
        return house().pipeline().translate(parts, source, target, run)

    with house().enter(run):
        if body.format == "html":
            return [translate_markup(text, translate).text for text in texts]
        return [translation.text for translation in translate(texts)]


def _language(code: str) -> Language:
    if code not in LANGUAGES:
        raise Malformed(f"{code} is not supported; the languages are {', '.join(LANGUAGES)}")
    return code
