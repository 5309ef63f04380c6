"""/v1/translate, /v1/summarize and /v1/check: the corridor's rooms, one at a time."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import APIBlueprint

from service import checks, codec
from service.api.articles import article_of, new_run
from service.api.current import house
from service.api.openapi import TEXTS, answers
from service.api.requests import CheckBody, SummarizeBody, TranslateBody
from service.api.responses import Flags, OwnSummaries, Translations
from service.pipeline.intake import check_size
from service.pipeline.translate import as_flags

api = APIBlueprint("texts", __name__, url_prefix="/v1", abp_tags=[TEXTS])


@api.post(
    "/translate",
    summary="Translate texts between Arabic and English",
    responses=answers(Translations, 404, 413, 415, 422, 503, 504),
)
def translate(body: TranslateBody) -> dict[str, Any]:
    """The translations in the order of the texts."""
    pipeline = house().pipeline(body.profile)
    source = pipeline.detect(body.texts).code if body.source == "auto" else body.source
    run = new_run()
    with house().enter(run), run.stage("translate"):
        translations = pipeline.translate(body.texts, source, body.target, run)
    return {
        "translations": [
            {
                "text": translation.text,
                "score": translation.score,
                "flags": [
                    codec.flag_to_json(flag)
                    for flag in as_flags(translation, f"translations.{number}")
                ],
            }
            for number, translation in enumerate(translations)
        ],
        "source": source,
        "target": body.target,
        "signature": pipeline.signature,
    }


@api.post(
    "/summarize",
    summary="Summarize an article in its own language",
    responses=answers(OwnSummaries, 404, 413, 415, 422, 503, 504),
)
def summarize(body: SummarizeBody) -> dict[str, Any]:
    """The summaries in the language of the article."""
    pipeline = house().pipeline(body.profile)
    article = article_of(body)
    run = new_run()
    with house().enter(run):
        with run.stage("intake"):
            document = pipeline.read(article)
        summaries, flags = pipeline.summarize(document, article, run)
    return codec.own_summaries_to_json(document, summaries, flags, pipeline.signature)


@api.post(
    "/check",
    summary="Check any text against what it claims to translate or to summarize",
    responses=answers(Flags, 413, 415, 503, 504),
)
def check(body: CheckBody) -> dict[str, Any]:
    """The flags alone; no model is run."""
    limit = house().settings.max_words
    check_size(body.source, limit, "source")
    check_size(body.target, limit, "target")
    with house().enter(new_run()):
        flags = checks.check_pair(
            body.source, body.source_language, body.target, body.target_language
        )
    return {"flags": [codec.flag_to_json(flag) for flag in flags]}
