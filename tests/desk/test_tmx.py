from xml.etree import ElementTree as ET

import pytest

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


NONE_IN_XML = "\x01\x0b\ud800\ufffe\uffff"


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [("ar", "زار ماسك كييف.", "Musk visited Kyiv."), ("en", "He left.", "غادر.")],
)
def test_what_xml_cannot_hold_is_left_out_of_what_is_on_record(language, source, target):
    at = "2026-11-30T19:00:00+00:00"
    pair = Pair(language, source + NONE_IN_XML, NONE_IN_XML + target, f"سل{NONE_IN_XML}مى", at)
    (unit,) = ET.fromstring(export([pair])).iter("tu")
    assert [variant.findtext("seg") for variant in unit] == [source, target]
    assert unit.attrib["creationid"] == "سلمى"


def test_every_character_that_xml_can_hold_stays():
    text = "\t\u0085\ud7ff\ue000\ufffd\U0001f600\U0010ffff"
    pair = Pair("en", text, text, "x", "2026-11-30T19:00:00+00:00")
    assert ET.fromstring(export([pair])).findtext(".//seg") == text
