"""What the routes of LibreTranslate answer, in its names."""

from __future__ import annotations

from pydantic import RootModel

from service.api.responses import Shape
from service.domain import Language


class LibreLanguage(Shape):
    """A language, as LibreTranslate lists it."""

    code: Language
    name: str
    targets: list[Language]


class LibreLanguages(RootModel[list[LibreLanguage]]):
    """The answer of GET /languages."""


class LibreDetected(Shape):
    """The detected language; ``confidence`` in 0–100."""

    language: Language
    confidence: float


class LibreTranslation(Shape):
    """The answer of POST /translate."""

    translatedText: str | list[str]  # noqa: N815 - LibreTranslate's name
    detectedLanguage: LibreDetected | None = None  # noqa: N815 - LibreTranslate's name
