"""/v1/articles: post an article, get its Digest, get it again, delete it."""

from __future__ import annotations

import time

from flask import Response, request
from flask_openapi3 import APIBlueprint

from service import codec
from service.api.current import house
from service.api.jobs import accepted, check_webhook
from service.api.openapi import ARTICLES, answers
from service.api.requests import ArticleBody, ArticlePath, PreferHeader, SummarizeBody
from service.api.responses import Digest, Job
from service.domain import Article
from service.errors import DeadlineExceeded
from service.pipeline.run import Run
from service.serving.answers import Answer

api = APIBlueprint("articles", __name__, url_prefix="/v1/articles", abp_tags=[ARTICLES])


def article_of(body: ArticleBody | SummarizeBody) -> Article:
    """The domain's article for a request body."""
    return Article(
        text=body.text,
        html=body.html,
        title=body.title,
        language=None if body.language == "auto" else body.language,
        lengths=tuple(dict.fromkeys(body.lengths)),
        glossary=body.glossary if isinstance(body, ArticleBody) else None,
    )


def new_run() -> Run:
    """A walk that ends at the settings' deadline."""
    deadline = time.monotonic() + house().settings.sync_deadline_s
    return Run(deadline=deadline, spans=house().tracing.stage)


@api.post(
    "",
    summary="Digest an article: translation and summaries in both languages",
    responses={202: Job} | answers(Digest, 404, 413, 415, 422, 503, 504),
)
def post_article(header: PreferHeader, body: ArticleBody) -> Response:
    """The Digest, from the cache where the same article was asked before.

    202 and a job with ``Prefer: respond-async``, and when the deadline passes.
    """
    check_webhook(body.webhook)
    article = article_of(body)
    try:
        question = house().ask(article, new_run(), body.profile)
        if "respond-async" in header.prefer and house().recall(question) is None:
            return accepted(article, body.profile, body.webhook)
        found = house().answer(question)
    except DeadlineExceeded:
        return accepted(article, body.profile, body.webhook)
    response = _respond(found)
    response.headers["Location"] = f"/v1/articles/{found.id}"
    return response


@api.get(
    "/<article_id>",
    summary="A Digest made before",
    responses=answers(Digest, 404, 503) | {304: None},
)
def get_article(path: ArticlePath) -> Response:
    """The stored Digest; 304 for a client that has these very bytes."""
    return _respond(house().find(path.article_id))


@api.delete("/<article_id>", summary="Forget a Digest", responses=answers(None, 404, success=204))
def delete_article(path: ArticlePath) -> Response:
    """Forget the Digest; the next post of the same article computes it anew."""
    house().forget(path.article_id)
    return Response(status=204)


def _respond(found: Answer) -> Response:
    # The tag names the Digest, not how it was come by: `cached` is left out of it.
    if request.method in {"GET", "HEAD"} and request.if_none_match.contains_weak(found.tag):
        response = Response(status=304, mimetype="application/json")
    else:
        body = codec.answer(found.stored, cached=found.cached)
        response = Response(body, mimetype="application/json")
    response.headers["ETag"] = f'"{found.tag}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
