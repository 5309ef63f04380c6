"""Translations by sentence: an edited article runs the model only on what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from service import codec
from service.cache import Cache
from service.domain import Bitext, Document, Flag, Language, Sentence, TranslatedSentence
from service.flags import on_sentence


@dataclass(frozen=True, slots=True)
class Reused:
    """A translation that was made before, and the flags that were raised on it then."""

    sentence: TranslatedSentence
    flags: tuple[Flag, ...] = ()


class SentenceCache:
    """Remembers each sentence's translation under the model that made it.

    Args:
        cache: holds the bytes.
        maker: names the model, engine and guards; another maker's work is never reused.
    """

    def __init__(self, cache: Cache, maker: str) -> None:
        self._cache = cache
        self._maker = maker

    def recall(self, document: Document, skip: Iterable[int] = ()) -> dict[int, Reused]:
        """What is known of the document's sentences, by id; ``skip`` is not looked up."""
        skipped = frozenset(skip)
        found = {
            sentence.id: self._recall(sentence, document.language.code)
            for sentence in document.sentences
            if sentence.id not in skipped
        }
        return {number: reused for number, reused in found.items() if reused is not None}

    def remember(self, bitext: Bitext, flags: Iterable[Flag], skip: Iterable[int]) -> None:
        """Keep what the model made of the sentences that are not in ``skip``."""
        skipped = frozenset(skip)
        raised: dict[str, list[Flag]] = {}
        for flag in flags:
            raised.setdefault(flag.where, []).append(flag)
        for source, target in zip(bitext.document.sentences, bitext.sentences, strict=True):
            if target.origin in {"model", "corrected"} and source.id not in skipped:
                language = bitext.document.language.code
                self._remember(source, language, target, raised.get(on_sentence(source.id), []))

    def _remember(
        self,
        source: Sentence,
        language: Language,
        target: TranslatedSentence,
        flags: list[Flag],
    ) -> None:
        facts = {
            "text": target.text,
            "score": target.score,
            "origin": target.origin,
            "flags": [codec.flag_to_json(flag) for flag in flags],
        }
        self._cache.put(self._key(source, language), codec.dumps(facts))

    def _recall(self, sentence: Sentence, language: Language) -> Reused | None:
        stored = self._cache.get(self._key(sentence, language))
        if stored is None:
            return None
        facts = json.loads(stored)
        where = on_sentence(sentence.id)
        flags = tuple(replace(Flag(**flag), where=where) for flag in facts["flags"])
        translated = TranslatedSentence(sentence.id, facts["text"], facts["score"], facts["origin"])
        return Reused(translated, flags)

    def _key(self, sentence: Sentence, language: Language) -> str:
        return "s:" + sha256(codec.dumps([self._maker, language, sentence.text])).hexdigest()
