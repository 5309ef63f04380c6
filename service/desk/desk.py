"""The desk: where corrections come in and from where they are served."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from service import codec
from service.desk import places
from service.desk.corrections import Correction, Corrections, Draft, last_words
from service.desk.overlay import Trace, overlay
from service.desk.placing import placed
from service.domain import LENGTHS, Digest, Document, TranslatedSentence
from service.errors import Malformed, NotFound
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
        laid = self.in_force(digest)
        return codec.encode(overlay(digest, laid, self._trace)) if laid else stored

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
        self, digest: Digest, number: int, author: str, note: str | None = None
    ) -> Correction:
        """Serve what the model wrote again, at the place of that version.

        Raises:
            NotFound: there is no such version, or its sentence is not in this Digest.
        """
        _, place = self._version(digest, number)
        return self._record(digest, place, None, author, note)

    def restore(self, digest: Digest, number: int, author: str, note: str | None) -> Correction:
        """Put an older version of a place in force again.

        Raises:
            NotFound: there is no such version, or its sentence is not in this Digest.
        """
        version, place = self._version(digest, number)
        return self._record(digest, place, version.text, author, note)

    def versions(self, digest: Digest) -> list[tuple[Correction, str | None]]:
        """Everything on record for the article, oldest first, each with its place in this Digest.

        The place is None where the Digest has no such sentence any more.
        """
        record = self.corrections.versions(document_key(digest.document))
        return [(version, placed(digest, version)) for version in record]

    def in_force(self, digest: Digest) -> dict[str, Correction]:
        """The corrections that are served in this Digest, by place."""
        return last_words((place, version) for version, place in self.versions(digest) if place)

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

    def _version(self, digest: Digest, number: int) -> tuple[Correction, str]:
        version = self.corrections.get(document_key(digest.document), number)
        place = placed(digest, version)
        if place is None:
            raise NotFound(f"the sentence of correction {number} is not in this article any more")
        return version, place

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
