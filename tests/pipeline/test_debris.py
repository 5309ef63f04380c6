"""Debris: what the rules together do to a text; each rule's own examples are in test_rules.py."""

from __future__ import annotations

import pytest

from service.pipeline.debris import sweep

STORY = {
    "ar": (
        "قال وزير الاقتصاد في مؤتمر صحفي إن الحكومة ستعلن غدا خطة جديدة لدعم الصادرات الزراعية في"
        " جنوب البلاد وشمالها."
    ),
    "en": (
        "The economy minister told reporters on Monday that the government would announce a plan"
        " to support farm exports in the south."
    ),
}
HEADING = {"ar": "اقرأ المزيد", "en": "Read more"}
HEADLINES = {
    "ar": ("أسعار الزيتون تتراجع للشهر الثالث", "موسم القمح يبدأ مبكرا"),
    "en": ("Olive prices fall for a third month", "Wheat season starts early"),
}
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def kept(*parts: str) -> list[str]:
    return sweep("\n\n".join(parts)).text.split("\n\n")


@LANGUAGES
def test_headlines_listed_under_a_heading_go_with_it(language: str) -> None:
    story, heading, headlines = STORY[language], HEADING[language], HEADLINES[language]
    assert kept(story, heading, *headlines, story) == [story, story]
    assert kept(story, heading + "\n" + "\n".join(headlines), story) == [story, story]
    assert kept(story, heading, f"• {headlines[0]}", story) == [story, story]
    assert kept(story, heading, headlines[0], story) == [story, story]
    assert kept(story, heading, *headlines) == [story]


@LANGUAGES
def test_a_subheading_after_a_heading_is_the_storys(language: str) -> None:
    subheading = {"ar": "رد المزارعين", "en": "The farmers' answer"}[language]
    story = STORY[language]
    assert kept(story, HEADING[language], subheading, story) == [story, subheading, story]


@LANGUAGES
def test_where_paragraphs_have_no_full_stops_nothing_after_a_heading_is_taken(
    language: str,
) -> None:
    story = STORY[language].rstrip(".")
    short = " ".join(story.split()[:12])
    assert kept(story, HEADING[language], short, short, story) == [story, short, short, story]


@LANGUAGES
def test_a_sentence_of_debris_is_cut_out_of_its_paragraph(language: str) -> None:
    debris = {"ar": "تابعونا على تيليغرام.", "en": "Follow us on Telegram."}[language]
    story = STORY[language]
    swept = sweep(f"{story} {debris} {story}\n\n{debris} {story} {debris}")
    assert swept.text == f"{story} {story}\n\n{story}"
    assert [drop.text for drop in swept.dropped] == [debris] * 3


@LANGUAGES
def test_a_line_dropped_around_an_earlier_cut_is_reported_in_pieces(language: str) -> None:
    credit, debris = {
        "ar": ("(تصوير: سامي خوري)", "تابعونا على تيليغرام."),
        "en": ("(Photo: Sami Khoury)", "Follow us on Telegram."),
    }[language]
    source = f"{STORY[language]}\n\n{debris} {credit} {debris}\n\n{STORY[language]}"
    swept = sweep(source)
    assert swept.text == f"{STORY[language]}\n\n{STORY[language]}"
    assert " ".join(drop.text for drop in swept.dropped) == f"{debris} {credit} {debris}"
    assert all(source[drop.start : drop.end] == drop.text for drop in swept.dropped)


@pytest.mark.parametrize(
    ("head", "story", "tail", "credit"),
    [
        ("القاهرة (رويترز) - ", "قال الوزير إن الخطة جاهزة.", " (أ ف ب)", "رويترز; أ ف ب"),
        ("دبي، الإمارات العربية المتحدة (CNN)-- ", "قال الوزير ذلك.", "", "CNN"),
        ("CAIRO, Nov 30 (Reuters) - ", "The plan is ready.", " (AP)", "Reuters; AP"),
        ("KYIV, Ukraine (AP) — ", "The plan is ready.", " — AP", "AP"),
    ],
)
def test_datelines_and_closing_credits_are_lifted_once(
    head: str, story: str, tail: str, credit: str
) -> None:
    swept = sweep(head + story + tail)
    assert (swept.text, swept.credit) == (story, credit)


@LANGUAGES
def test_the_headline_is_lifted_only_where_it_shows_itself(language: str) -> None:
    headline, story = HEADLINES[language][0], STORY[language]
    assert sweep(f"{headline}\n\n{story}").title == headline
    for text in (
        f"{headline}.\n\n{story}",
        f"{headline}\n\n{story.rstrip('.')}",
        f"{headline}\n\n{HEADLINES[language][1]}\n\n{story}",
        story,
        headline,
    ):
        swept = sweep(text)
        assert (swept.title, swept.text) == (None, text)


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("موقع أثري جديد في مصر", "ar"),
        ("شبكة أنفاق تحت المدينة", "ar"),
        ("وكالة الطاقة الدولية تحذر", "ar"),
        ("تحرير: القوات تستعيد السيطرة", "ar"),
        ("صور: دمار واسع في غزة", "ar"),
        ("Pictures: devastation across Gaza", "en"),
    ],
)
def test_a_headline_that_opens_like_a_credit_is_the_headline(headline: str, language: str) -> None:
    swept = sweep(f"{headline}\n\n{STORY[language]}")
    assert (swept.title, swept.text, swept.credit) == (headline, STORY[language], None)


def test_a_headline_and_its_subhead_that_name_something_like_a_medium_stay() -> None:
    text = f"موقع أثري جديد في مصر\n\nصحيفة الاتهام\n\n{STORY['ar']}"
    assert (sweep(text).text, sweep(text).dropped) == (text, ())


def test_a_bare_medium_is_a_credit_at_the_end_alone() -> None:
    medium = "وكالة رواق للأنباء"
    swept = sweep(f"{STORY['ar']}\n\n{medium}")
    assert (swept.text, swept.credit) == (STORY["ar"], medium)
    for text in (f"{medium}\n\n{STORY['ar']} {STORY['ar']}", medium):
        assert sweep(text).credit is None


@LANGUAGES
def test_what_has_no_letter_is_an_ornament(language: str) -> None:
    swept = sweep(f"{STORY[language]}\n\n* * *\n\n🙂\n\n{STORY[language]}")
    assert swept.text.count("\n\n") == 1
    assert {drop.reason for drop in swept.dropped} == {"ornament"}
