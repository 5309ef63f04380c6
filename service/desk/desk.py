"""The desk: where corrections come in and from where they are served."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from service import codec
from service.desk import places
from service.desk.corrections import Correction, Corrections, Draft
from service.desk.overlay import Trace, overlay
from service.domain import LENGTHS, Digest, Document, TranslatedSentence
from service.errors import Malformed
from service.text.normalize import clean_unicode


def document_key(document: Document) -> str:
    """What corrections belong to: the text, title and language, whatever made the Digest."""
    facts = [document.text, document.title, document.language.code]
    return sha256(codec.dumps(facts)).hexdigest()


class Desk:
    """Takes corrections and lays them over Digests; thread-safe.

    Args:
        corrections: the record.
        trace: finds the evidence for an editor's sentences in a Digest.
    """

    def __init__(self, corrections: Corrections, trace: Trace) -> None:
        self.corrections = corrections
        self._trace = trace

    def state(self) -> int:
        """A number that grows with every correction; equal states serve and know the same."""
        return self.corrections.last_id()

    def serve(self, stored: bytes) -> bytes:
        """The stored Digest with the corrections in force laid over it."""
        if not self.state():
            return stored
        digest = codec.decode(stored)
        in_force = self.corrections.in_force(document_key(digest.document))
        return codec.encode(overlay(digest, in_force, self._trace)) if in_force else stored

    def known(self, document: Document) -> dict[int, TranslatedSentence]:
        """The translations that editors approved for these very sentences, by sentence id."""
        pairs = self.corrections.memory(document.language.code, document.sentences)
        return {
            number: TranslatedSentence(number, pair.target, 1.0, "memory")
            for number, pair in pairs.items()
        }

    def correct(
        self, digest: Digest, which: str, text: str, author: str, note: str | None
    ) -> Correction:
        """Serve ``text`` at that place from now on.

        Args:
            digest: as it is served now.

        Raises:
            NotFound: the Digest has no such place.
            Malformed: the text is empty.
        """
        text = " ".join(clean_unicode(text).split())
        if not text:
            raise Malformed("a correction cannot be empty; take it back instead")
        return self._record(digest, which, text, author, note)

    def take_back(
        self, digest: Digest, which: str, author: str, note: str | None = None
    ) -> Correction:
        """Serve what the model wrote again."""
        return self._record(digest, which, None, author, note)

    def restore(self, digest: Digest, number: int, author: str, note: str | None) -> Correction:
        """Put an older version of a place in force again.

        Raises:
            NotFound: there is no such version.
        """
        version = self.version(digest, number)
        return self._record(digest, version.place, version.text, author, note)

    def version(self, digest: Digest, number: int) -> Correction:
        """One version of the article's corrections.

        Raises:
            NotFound: there is no such version.
        """
        return self.corrections.get(document_key(digest.document), number)

    def versions(self, digest: Digest) -> list[Correction]:
        """Everything on record for the article, oldest first."""
        return self.corrections.versions(document_key(digest.document))

    def cases(self) -> Iterator[dict[str, Any]]:
        """Corrected articles as lines of a set for ``compare``: what editors wrote is reference."""
        for key, language, title, text in self.corrections.documents():
            references = {
                f"{place[1]}_{place[0]}": correction.text
                for path, correction in self.corrections.in_force(key).items()
                if (place := places.summary_key(path)) and place[1] in LENGTHS
            }
            if references:
                yield {"id": key, "lang": language, "title": title, "text": text, **references}

    def close(self) -> None:
        """Close the record."""
        self.corrections.close()

    def _record(
        self, digest: Digest, which: str, text: str | None, author: str, note: str | None
    ) -> Correction:
        place = places.find(digest, which)
        key = document_key(digest.document)
        self.corrections.remember(key, digest.document)
        return self.corrections.add(
            Draft(
                document=key,
                article=digest.id,
                place=which,
                text=text,
                replaced=place.text,
                source_language=digest.document.language.code,
                source=place.source,
                author=author,
                note=note,
            )
        )
