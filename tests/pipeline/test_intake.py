"""Intake as a whole: what comes out of it, and what it refuses."""

from __future__ import annotations

import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain import Document
from service.errors import KhulasaError, Malformed, TooLarge, TooShort, WrongLanguage
from service.pipeline import intake
from service.pipeline.rules import rules
from service.text.normalize import clean_unicode

SEED = Path(__file__).parents[2] / "seeds" / "seed-article.ar.txt"
STORIES = {
    "ar": [
        "قال وزير الاقتصاد إن الحكومة ستعلن غدا خطة جديدة لدعم الصادرات الزراعية في جنوب البلاد.",
        "وأضاف الوزير في مؤتمر صحفي أن الخطة تشمل قروضا بقيمة 45 مليون دولار على ثلاث مراحل.",
        "ورحب اتحاد المزارعين بالخطة، لكنه طالب بتفاصيل عن مواعيد الصرف وشروط القروض ومدتها كلها.",
        "«لن ننتظر عاما آخر»، قال رئيس الاتحاد د. سمير حداد أمام مبنى الوزارة.",
    ],
    "en": [
        "The economy minister said on Monday that the government would support farm exports.",
        "The plan includes loans worth $4.5 million, he told reporters, and has three stages.",
        "The farmers' union welcomed it but asked when the money would be paid and on what terms.",
        "“We will not wait another year,” Dr. Samir Haddad, its president, told reporters outside.",
    ],
}


def paragraphs(document: Document) -> list[str]:
    return document.text.split("\n\n")


def test_the_seed_loses_its_debris_and_its_credit_alone() -> None:
    source = clean_unicode(SEED.read_text(encoding="utf-8"))
    document = intake.read(text=source)
    assert [drop.reason for drop in document.dropped] == ["read_more", "related", "source_credit"]
    assert all(source[drop.start : drop.end] == drop.text for drop in document.dropped)
    assert document.source_credit == "اندبندنت عربية"
    assert (document.language.code, document.title) == ("ar", None)
    assert document.text.startswith("زعمت صحيفة")
    assert document.text.endswith("استخدام “ستارلينك”.")
    for sentence in document.sentences:
        for phrase in ("اقرأ المزيد", "Related Nodes", "اندبندنت عربية"):
            assert phrase not in sentence.text


PASTED = {
    "ar": [
        *("شارك الخبر", "خطة جديدة لدعم الصادرات", "بيروت - رويترز", "{0}", "اقرأ المزيد"),
        *("أسعار الزيتون تتراجع\nموسم القمح يبدأ مبكرا", "{1} تابعونا على تيليغرام.", "إعلان"),
        *("{2}", "تصوير: سامي خوري", "{3}", "المصدر: رويترز", "كلمات مفتاحية: اقتصاد، زراعة"),
        "التعليقات (3)",
    ],
    "en": [
        *("Share this article", "New plan to support exports", "BEIRUT (Reuters)", "{0}"),
        *("READ MORE", "Olive prices fall\nWheat season starts early"),
        *("{1} Follow us on Telegram.", "ADVERTISEMENT", "{2}", "Photo: Sami Khoury", "{3}"),
        *("Source: Reuters", "Tags: economy, farming", "3 comments"),
    ],
}


@pytest.mark.parametrize(("language", "title", "credit"), [
    ("ar", "خطة جديدة لدعم الصادرات", "رويترز"),
    ("en", "New plan to support exports", "Reuters"),
])  # fmt: skip
def test_what_a_newsroom_pastes_comes_out_as_the_story(
    language: str, title: str, credit: str
) -> None:
    document = intake.read(text="\n\n".join(PASTED[language]).format(*STORIES[language]))
    assert paragraphs(document) == STORIES[language]
    assert (document.title, document.source_credit) == (title, credit)
    assert document.language.code == language
    assert len(document.dropped) == 12


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_given_title_is_taken_off_the_top(language: str) -> None:
    story = "\n\n".join(STORIES[language])
    title = "  عنوان \u200f الخبر " if language == "ar" else " The \u200e headline "
    plain = " ".join(clean_unicode(title).split())
    document = intake.read(text=f"{plain}:\n\n{story}", title=title)
    assert document.title == plain
    assert paragraphs(document) == STORIES[language]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_html_gives_its_title_and_paragraphs_and_no_script(language: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in STORIES[language])
    page = (
        f"<html><head><title>T | Site</title><script>evil()</script></head><body><nav>Home</nav>"
        f"<header><h1>Headline</h1></header><article><h1>Headline</h1>{body}<script>alert(1)</script></article>"
        f"<footer>Imprint</footer></body></html>"
    )
    for document in (intake.read(html=page), intake.read(text=page)):
        assert document.title == "Headline"
        assert paragraphs(document) == STORIES[language]
    assert paragraphs(intake.read(html=body)) == STORIES[language]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_wrapped_text_is_unwrapped_and_references_are_resolved(language: str) -> None:
    story = " ".join(STORIES[language])
    assert paragraphs(intake.read(text=textwrap.fill(story, 64))) == [story]
    document = intake.read(text=story + (" &quot;نعم&quot;" if language == "ar" else " R&amp;D"))
    assert document.text.endswith('"نعم"' if language == "ar" else "R&D")


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x00", "كلمتان فقط", "Two words", "🙂🙃🎉 🎉",
    "اقرأ المزيد\n\nشارك الخبر", "Read more\n\nShare", "Word. " * 500, "كلمة. " * 500,
    "<p></p>", "<script>alert('a b c d e f')</script>"])  # fmt: skip
def test_too_short(text: str) -> None:
    with pytest.raises(TooShort):
        intake.read(text=text)


@pytest.mark.parametrize("html", ["", "<p>", "<html><body></body></html>", "<p>Two words</p>"])
def test_too_short_html(html: str) -> None:
    with pytest.raises(TooShort):
        intake.read(html=html)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_more_words_than_the_limit_are_refused(language: str) -> None:
    with pytest.raises(TooLarge) as caught:
        intake.read(text=" ".join(STORIES[language]), max_words=40)
    assert caught.value.details["limit"] == 40
    with pytest.raises(TooLarge):
        intake.read(text="ابجد" * 1000, max_words=50)


def test_exactly_one_of_text_and_html() -> None:
    with pytest.raises(Malformed):
        intake.read()
    with pytest.raises(Malformed):
        intake.read(text="a", html="<p>a</p>")


def test_half_arabic_half_english_is_refused_with_its_shares() -> None:
    with pytest.raises(WrongLanguage) as caught:
        intake.read(text="\n\n".join(STORIES["ar"] + STORIES["en"]))
    assert caught.value.details["detected"] == "mixed"
    assert sum(caught.value.details["shares"].values()) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nuls_and_lone_surrogates_do_no_harm(language: str) -> None:
    dirty = "\n\n".join(STORIES[language]).replace(" ", " \x00\u202b", 3) + " \ud800"
    document = intake.read(text=dirty)
    assert document.language.code == language
    assert "\x00" not in document.text
    document.text.encode("utf-8")


def test_a_sentence_of_three_thousand_words_works() -> None:
    for language, stories in STORIES.items():
        words = " ".join(stories).replace(".", "").replace("?", "").split()
        document = intake.read(text=" ".join(words * (3000 // len(words))) + ".")
        assert document.language.code == language
        assert len(document.sentences) == 1


def test_ten_thousand_one_word_sentences_take_seconds_at_most() -> None:
    for language, stories in STORIES.items():
        words = [word.capitalize() for word in re.findall(r"\w{3,}", " ".join(stories))]
        flood = ". ".join((words * (10_000 // len(words) + 1))[:10_000]) + "."
        start = time.process_time()
        document = intake.read(text=flood)
        assert time.process_time() - start < 10
        assert document.language.code == language
        assert len(document.sentences) > 9_000


# ── properties ────────────────────────────────────────────────────────────────────────────────────

DEBRIS = [hit for rule in rules() if rule.where == "line" for hit in rule.hits]
PIECES = st.lists(
    st.sampled_from(STORIES["ar"]) | st.sampled_from(DEBRIS) | st.text(max_size=20),
    min_size=1,
    max_size=8,
)
ARTICLES = st.tuples(PIECES, st.sampled_from(["\n\n", "\n", "\r\n\r\n"])).map(
    lambda parts: parts[1].join([*STORIES["ar"], *parts[0], STORIES["ar"][-1]])
)


@given(ARTICLES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_visible_code_point_is_kept_in_order_or_reported(article: str) -> None:
    source = clean_unicode(article)
    document = intake.read(text=article, language="ar")
    dropped = {index for drop in document.dropped for index in range(drop.start, drop.end)}
    kept = "".join(c for index, c in enumerate(source) if index not in dropped)
    assert "".join(kept.split()) == "".join(document.text.split())
    assert all(source[drop.start : drop.end] == drop.text for drop in document.dropped)
    for sentence in document.sentences:
        assert document.text[sentence.start : sentence.end] == sentence.text


@given(ARTICLES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_reading_what_was_read_changes_nothing(article: str) -> None:
    once = intake.read(text=article, language="ar")
    again = intake.read(text=once.text, title=once.title, language="ar")
    assert (again.text, again.title, again.dropped) == (once.text, once.title, ())
    assert again.sentences == once.sentences


@given(st.lists(st.sampled_from(DEBRIS), min_size=1, max_size=6), st.sampled_from(["ar", "en"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_line_of_debris_survives_and_no_story_is_lost(lines: list[str], language: str) -> None:
    parts = STORIES[language][:2] + lines + STORIES[language][2:]
    document = intake.read(text="\n\n".join(parts), title="Title")
    assert paragraphs(document) == STORIES[language]


@given(st.text(st.characters()), st.booleans(), st.sampled_from([None, "ar", "en"]))
def test_nothing_but_our_own_errors_comes_out_of_any_text(
    text: str, markup: bool, language: str | None
) -> None:
    padded = text + " " + " ".join(STORIES[language or "en"])
    for source in (text, padded):
        try:
            if markup:
                intake.read(html=f"<p>{source}</p>", language=language, max_words=100)  # type: ignore[arg-type]
            else:
                intake.read(text=source, language=language, max_words=100)  # type: ignore[arg-type]
        except KhulasaError as error:
            assert str(error)
