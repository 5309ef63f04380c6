"""Paragraphs of a text and where their code points come from."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.paragraphs import paragraphs
from service.text.normalize import clean_unicode

PROSE = {
    "ar": "قال وزير الاقتصاد إن الحكومة ستعلن غدا خطة جديدة لدعم الصادرات الزراعية في الجنوب. " * 4,
    "en": "The economy minister said the government would announce a plan to support exports. " * 4,
}


@pytest.mark.parametrize("language", PROSE)
def test_a_line_is_a_paragraph_and_blank_lines_part_blocks(language: str) -> None:
    prose = PROSE[language].strip()
    found = paragraphs(f"{prose}\n{prose}\n\n \n{prose}")
    assert [paragraph.text for paragraph in found] == [prose] * 3
    assert [paragraph.block for paragraph in found] == [0, 0, 1]


@pytest.mark.parametrize("language", PROSE)
def test_lines_wrapped_to_a_width_are_joined(language: str) -> None:
    prose = PROSE[language].strip()
    wrapped = "\n\n".join(textwrap.fill(part, 60) for part in (prose, "x", prose))
    assert [paragraph.text for paragraph in paragraphs(wrapped)] == [prose, "x", prose]


def test_a_list_of_headlines_is_not_wrapped_text() -> None:
    lines = [
        "Olive prices fall for the third month",
        "Rain",
        "Wheat season starts early this year",
        "Sun",
    ]
    assert [paragraph.text for paragraph in paragraphs("\n".join(lines))] == lines
    lines = [
        "أسعار الزيتون تتراجع للشهر الثالث على التوالي",
        "مطر",
        "موسم القمح يبدأ مبكرا هذا العام",
        "شمس",
    ]
    assert [paragraph.text for paragraph in paragraphs("\n".join(lines))] == lines


@given(st.text(st.sampled_from("ab \nكت.") | st.characters()).map(clean_unicode))
def test_every_code_point_knows_its_place(source: str) -> None:
    for paragraph in paragraphs(source):
        assert len(paragraph.text) == len(paragraph.origin)
        for character, index in zip(paragraph.text, paragraph.origin, strict=True):
            assert character == source[index] or character == " "


def test_keep_leaves_parts_with_one_space_between() -> None:
    paragraph = paragraphs("one two three قال")[0]
    paragraph.keep([(0, 4), (8, 14), (14, 14)])
    assert paragraph.text == "one three"
    assert paragraph.origin[-1] == len("one two three") - 1
