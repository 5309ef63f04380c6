from xml.etree import ElementTree as ET

from service.desk.corrections import Pair
from service.desk.tmx import export

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_pairs_come_back_from_the_document_in_both_directions():
    at = "2026-11-30T19:00:00+00:00"
    pairs = [
        Pair("ar", "زار ماسك <كييف> & عاد.", "Musk visited Kyiv.", "سلمى", at),
        Pair("en", "He left.", "غادر.", "J. Doe", at),
    ]
    root = ET.fromstring(export(pairs))
    assert root.attrib["version"] == "1.4"
    units = [
        {variant.attrib[LANG]: variant.findtext("seg") for variant in unit}
        for unit in root.iter("tu")
    ]
    assert units == [
        {"ar": "زار ماسك <كييف> & عاد.", "en": "Musk visited Kyiv."},
        {"en": "He left.", "ar": "غادر."},
    ]
    assert [unit.attrib["creationdate"] for unit in root.iter("tu")] == ["20261130T190000Z"] * 2


def test_an_empty_memory_is_a_valid_document():
    assert ET.fromstring(export([])).find("body") is not None
