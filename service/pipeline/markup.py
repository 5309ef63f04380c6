"""Translate an HTML fragment: the text between tags is translated, the tags stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from lxml import html as lxml_html

from service.pipeline.translate import Translation

# Never shown to a reader, so never translated.
_SILENT = frozenset({"script", "style", "code", "pre", "noscript", "template"})

Translate = Callable[[Sequence[str]], list[Translation]]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a stretch of text hangs in lxml's tree: before or after an element's children."""

    element: Any
    member: str

    @property
    def text(self) -> str:
        return getattr(self.element, self.member) or ""

    def fill(self, text: str) -> None:
        setattr(self.element, self.member, text)


def translate_markup(markup: str, translate: Translate) -> Translation:
    """Translate the fragment's visible text.

    Args:
        translate: translates a batch of texts, same order, same count.

    Sentences that inline tags cut in two are translated in two parts; the layout is exact.
    """
    root = lxml_html.fragment_fromstring(markup, create_parent="div")
    slots = [slot for slot in _slots(root) if slot.text.strip()]
    translations = translate([slot.text for slot in slots])
    for slot, translation in zip(slots, translations, strict=True):
        slot.fill(translation.text)
    inner = (root.text or "") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in root
    )
    return Translation(
        inner,
        fmean([translation.score for translation in translations] or [1.0]),
        tuple(finding for translation in translations for finding in translation.findings),
    )


def _slots(element: Any) -> Iterator[_Slot]:
    if isinstance(element.tag, str) and element.tag not in _SILENT:
        yield _Slot(element, "text")
        for child in element:
            yield from _slots(child)
            yield _Slot(child, "tail")
