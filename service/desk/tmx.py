"""The translation memory as TMX 1.4b, the exchange format of translation tools (LISA/GALA)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from service import __version__
from service.desk.corrections import Pair
from service.domain import other

# What XML 1.0 cannot hold (its production 2, Char), not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def export(pairs: Iterable[Pair]) -> bytes:
    """The pairs as a TMX document, UTF-8."""
    tmx = ET.Element("tmx", version="1.4")
    ET.SubElement(
        tmx,
        "header",
        {
            "creationtool": "Khulasa",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "Khulasa",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
        },
    )
    body = ET.SubElement(tmx, "body")
    for pair in pairs:
        _unit(body, pair)
    ET.indent(tmx)
    document: bytes = ET.tostring(tmx, encoding="utf-8", xml_declaration=True)
    return document


def _unit(body: ET.Element, pair: Pair) -> None:
    # TMX writes moments as YYYYMMDDThhmmssZ.
    moment = pair.at[:19].replace("-", "").replace(":", "") + "Z"
    unit = ET.SubElement(
        body, "tu", creationid=_xml(pair.author), creationdate=moment, srclang=pair.source_language
    )
    for language, text in (
        (pair.source_language, pair.source),
        (other(pair.source_language), pair.target),
    ):
        variant = ET.SubElement(unit, "tuv", {_LANG: language})
        ET.SubElement(variant, "seg").text = _xml(text)


def _xml(text: str) -> str:
    return _NO_XML.sub("", text)
