"""/v1/articles/{id}/feedback and what is learnt from it: corrections, versions, memory, diff."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from service import codec
from service.api.current import house
from service.api.desk_responses import Corrections, Difference, Recorded
from service.api.openapi import DESK, answers, file_answers
from service.api.requests import (
    ArticlePath,
    CorrectionBody,
    DiffPath,
    SignedBody,
    VersionPath,
)
from service.desk import places, tmx
from service.desk.corrections import Correction
from service.desk.diff import difference
from service.domain import Digest
from service.errors import NotFound

api = APIBlueprint("feedback", __name__, url_prefix="/v1", abp_tags=[DESK])


@api.post(
    "/articles/<article_id>/feedback",
    summary="Correct a translated sentence, the title or a summary",
    responses=answers(Recorded, 404, 413, 415, 503, success=201),
)
def correct(path: ArticlePath, body: CorrectionBody) -> tuple[dict[str, Any], int]:
    """From now on the correction is served, wherever this article is asked for.

    A corrected sentence joins the translation memory: every article with the same source sentence
    uses it.
    """
    digest = _digest(path.article_id)
    done = house().desk.correct(digest, body.which, body.text, body.by, body.note)
    return _recorded(path.article_id, done), 201


@api.get(
    "/articles/<article_id>/feedback",
    summary="Every correction of an article, oldest first",
    responses=answers(Corrections, 404, 503),
)
def versions(path: ArticlePath) -> dict[str, Any]:
    """With who, when and what was replaced; ``in_force`` marks what is served.

    A sentence is known by its words: where it has another number by now, ``which`` has that one.
    """
    digest, desk = _digest(path.article_id), house().desk
    served = {version.id for version in desk.in_force(digest).values()}
    return {
        "versions": [
            _shape(version) | {"which": place, "in_force": version.id in served}
            for version, place in desk.versions(digest)
        ]
    }


@api.post(
    "/articles/<article_id>/feedback/<int:number>/restore",
    summary="Put an older version in force again",
    responses=answers(Recorded, 404, 413, 415, 503, success=201),
)
def restore(path: VersionPath, body: SignedBody) -> tuple[dict[str, Any], int]:
    """A new version with the old one's text."""
    digest = _digest(path.article_id)
    done = house().desk.restore(digest, path.number, body.by, body.note)
    return _recorded(path.article_id, done), 201


@api.post(
    "/articles/<article_id>/feedback/<int:number>/revert",
    summary="Serve what the model wrote again",
    responses=answers(Recorded, 404, 413, 415, 503, success=201),
)
def revert(path: VersionPath, body: SignedBody) -> tuple[dict[str, Any], int]:
    """A new version without text, for the place of the version that is named.

    A corrected sentence is then out of the translation memory as well. A Digest that was made with
    it keeps it, and ``post_again`` says so: the article's next post is answered with the model's.
    """
    done = house().desk.take_back(_digest(path.article_id), path.number, body.by, body.note)
    return _recorded(path.article_id, done), 201


@api.get(
    "/articles/<article_id>/diff/<other_id>",
    summary="What differs between two articles, sentences and summaries",
    responses=answers(Difference, 404, 503),
)
def diff(path: DiffPath) -> dict[str, Any]:
    """From ``article_id`` to ``other_id``, as they are served now."""
    return asdict(difference(_digest(path.article_id), _digest(path.other_id)))


@api.get(
    "/memory.tmx",
    summary="The translation memory as TMX",
    responses=file_answers("TMX 1.4b", ["application/x-tmx+xml"]),
)
def memory() -> Response:
    """Every sentence pair that an editor approved."""
    return Response(tmx.export(house().desk.corrections.pairs()), mimetype="application/x-tmx+xml")


@api.get(
    "/corrections.jsonl",
    summary="Corrected articles as a set for compare",
    responses=file_answers("JSON lines", ["application/jsonl"]),
)
def cases() -> Response:
    """What editors wrote, as references: regression cases for ``python -m service compare``."""
    lines = (codec.dumps(case) + b"\n" for case in house().desk.cases())
    return Response(b"".join(lines), mimetype="application/jsonl")


def _digest(article_id: str) -> Digest:
    return codec.decode(house().find(article_id).stored)


def _recorded(article_id: str, correction: Correction) -> dict[str, Any]:
    again = correction.text is None and _is_from_memory(article_id, correction.place)
    return _shape(correction) | {"post_again": again}


def _is_from_memory(article_id: str, place: str) -> bool:
    number = places.sentence_number(place)
    if number is None:
        return False
    try:
        return _digest(article_id).bitext.sentences[number].origin == "memory"
    except NotFound:  # evicted or deleted this moment: it is to be posted again in any case
        return True


def _shape(correction: Correction) -> dict[str, Any]:
    return {
        "id": correction.id,
        "which": correction.place,
        "text": correction.text,
        "replaced": correction.replaced,
        "by": correction.author,
        "note": correction.note,
        "at": correction.at,
        "in_force": correction.text is not None,
    }
