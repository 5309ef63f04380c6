"""Where the corrections on record stand in one Digest.

A place names a sentence by its number, and numbers move: other rules of segmentation, or another
version of a library, cut the same text elsewhere. So a sentence's correction goes by the words that
it translates, and never stands on another sentence's.
"""

from __future__ import annotations

from service.desk import places
from service.desk.corrections import Correction, sentence_form
from service.domain import Digest
from service.flags import on_sentence


def placed(digest: Digest, version: Correction) -> str | None:
    """The place of this Digest that the version is about; None where its sentence has none.

    The recorded number if that sentence still has the recorded source, else the one sentence that
    has it: of several none is taken, since nothing tells which was meant. Titles and summaries have
    no source beside the document, which is the same one.
    """
    number = places.sentence_number(version.place)
    if number is None or version.source is None:
        return version.place
    sentences = digest.document.sentences
    if number < len(sentences) and sentence_form(sentences[number].text) == version.source:
        return version.place
    found = [s.id for s in sentences if sentence_form(s.text) == version.source]
    return on_sentence(found[0]) if len(found) == 1 else None
