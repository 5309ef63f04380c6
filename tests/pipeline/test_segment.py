"""Sentences: where they end, and their offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Language
from service.pipeline.segment import ends_sentence, split

# Each case is a paragraph as a reader would cut it; ¦ marks the cuts.
CASES: list[tuple[Language, str]] = [
    ("en", "Mr. Smith met Dr. J. K. Jones in the U.S. Senate. ¦ He left at 5 p.m. ET on Monday."),
    ("ar", "التقى د. أحمد علي أ.د. منى في مكتب م. خالد. ¦ ثم غادر."),
    ("en", "It cost $4.5 million, up 3.2% vs. No. 5 on the list. ¦ That was all."),
    ("ar", "بلغ السعر 4.5 مليون، بزيادة ٣٫٢ في المئة. ¦ وكان ذلك كل شيء."),
    (
        "en",
        "He was born in 1990. ¦ She left for the U.S. ¦ The rest stayed until 5 May. ¦ It rained.",
    ),
    ("ar", "ولد في عام 1990. ¦ وتوفي عام 1435 هـ. ¦ وقال إنه سيعود له. ¦ ثم ذهب."),
    ("en", '"Why?" he asked. ¦ "Because!" Jane Smith replied. ¦ “We go. Now.” ¦ They went.'),
    ("ar", "«لماذا؟» سأل الصحفي. ¦ «لأنني أريد!» قال الوزير. ¦ «نذهب. الآن.» ¦ ثم ذهبوا."),
    ("en", 'He said: "This is it." ¦ "It was," she said. ¦ (See page 5.) ¦ Fine… ¦ And then?'),
    (
        "ar",
        'قال: "هذا كل شيء." ¦ "كان كذلك"، قالت. ¦ (انظر صفحة 5.) ¦ وانتهى… ¦ ثم ماذا؟ ¦ لا أعرف!',
    ),
    (
        "en",
        "Is it so? ¦ John Smith said it was; others doubt it. ¦ 1. The first. ¦ 2. The second.",
    ),
    ("ar", "هل هذا صحيح؟ ¦ قال الوزير إنه كذلك؛ لكن غيره يشك. ¦ 1. النقطة الأولى. ¦ 2. الثانية."),
    ("en", "The duo Wham! to this day sell records. ¦ It was so."),
    ("ar", "أعلنت شركة بي.إم.دبليو (إف. بي. أي.) ذلك. ¦ وارتفع سهم إس.إي.إس قليلا."),
    # The day of a month and the number after “No.” are no list items.
    (
        "en",
        "The committee met on Jan. 6. ¦ The vote followed on Sept. 30. ¦ Lawmakers are divided.",
    ),
    ("en", "She was No. 1. ¦ The rest followed. ¦ 1. The first. ¦ 2. The second."),
    ("ar", "اجتمعت اللجنة في 6 يناير. ¦ وجرى التصويت في 30 سبتمبر. ¦ 1. النقطة الأولى."),
    # A letter ends a sentence where no name can follow it, …
    ("en", "She wrote on X. ¦ The White House did not comment."),
    (
        "en",
        "They won Group A. ¦ It was a fine match. ¦ The rest have a Plan B. ¦ We have none.",
    ),
    ("ar", "جاء ذلك في مقابلة مع بي بي سي. ¦ وقد نفت الوزارة الخبر."),
    ("ar", "قال لشبكة سي إن إن. ¦ وقد رفضت الشبكة التعليق."),
    ("ar", "كتب على منصة إكس. ¦ ولم تعلق طهران. ¦ وفاز فريق المجموعة أ. ¦ وصفق الجمهور."),
    # … and is an initial elsewhere.
    (
        "en",
        "George W. Bush met J. K. Rowling, J. I. Packer, D. A. Carson and I. M. Pei. ¦ He left.",
    ),
    (
        "ar",
        "التقى د. أحمد أ. وليد ود. فؤاد، وسمع ج. ك. رولينغ وجورج دبليو. بوش. ¦ ثم غادر.",
    ),
    ("ar", "كتب إف. سكوت فيتزجيرالد وجورج إف. ويل عن آر. ويليامز ذلك. ¦ ثم غادروا."),
    # A point after the space in place of before it, as much of the Arabic web has it.
    ("ar", "التقى د .أحمد أ.د .منى في نطاق .مصر على موقع .نت ثم خرج. ¦ وقال ذلك."),
    ("en", "The .Net framework and the .NET runtime are old. ¦ So is this."),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentences_end_where_readers_end_them(language: Language, marked: str) -> None:
    sentences = marked.split(" ¦ ")
    assert [found.text for found in split(" ".join(sentences), language)] == sentences


def test_a_missing_space_does_not_join_two_sentences() -> None:
    found = split("قال الوزير ذلك.وأضاف أن موقع العربية.نت نقل الخبر.", "ar")
    assert [s.text for s in found] == ["قال الوزير ذلك.", "وأضاف أن موقع العربية.نت نقل الخبر."]
    found = split("The minister said so.The site example.com had it.", "en")
    assert [s.text for s in found] == ["The minister said so.", "The site example.com had it."]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("ar", ["علق على ذلك .", "وأضاف أن الأمر صعب .", "ثم غادر القاعة ."]),
        ("en", ["He spoke of it .", "She said it was hard .", "Then they left the hall ."]),
    ],
)
def test_a_point_after_the_space_ends_a_sentence(language: Language, sentences: list[str]) -> None:
    assert [found.text for found in split("".join(sentences), language)] == sentences


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "A headline without a stop\nThe story."), ("ar", "عنوان بلا نقطة\nالخبر.")],
)
def test_a_line_break_ends_a_sentence_and_counts_the_paragraphs(
    language: Language, text: str
) -> None:
    found = split(text.replace("\n", "\n\n \n"), language)
    assert [(s.id, s.paragraph) for s in found] == [(0, 0), (1, 1)]
    assert [s.text for s in found] == text.split("\n")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The plan has many parts and none of them is new. "),
        ("ar", "للخطة أجزاء كثيرة وليس بينها جديد. "),
    ],
)
def test_a_long_quotation_is_cut_inside_and_a_short_one_stays_whole(
    language: Language, sentence: str
) -> None:
    assert len(split(f"“{(sentence * 2).strip()}”", language)) == 1
    assert len(split(f"“{(sentence * 12).strip()}”", language)) == 12


def test_an_unclosed_quotation_does_not_swallow_the_paragraph() -> None:
    assert len(split('"It began so. It went on. Then it ended.', "en")) == 3
    assert len(split("«بدأ الأمر هكذا. ثم استمر. ثم انتهى.", "ar")) == 3


@pytest.mark.parametrize(
    ("left", "sure"),
    [
        ("He said so.", True),
        ("قال ذلك.", True),
        ("He met Rep.", False),
        ("التقى د.", False),
        ("the U.S.", False),
        ("George W.", False),
        ("مقابلة مع بي بي سي.", False),
    ],
)
def test_ends_sentence(left: str, sure: bool) -> None:
    assert ends_sentence(left) is sure


MARKS = st.sampled_from(
    [*'.!?؟…"«»“”\n ()، ', "د.", "U.S.", "No. 5", "كلمة", "word", "قال", "The", "4.5"]
)


@given(st.lists(MARKS).map("".join) | st.text(), st.sampled_from(["ar", "en"]))
def test_offsets_are_exact_and_nothing_but_space_is_between(text: str, language: Language) -> None:
    at = 0
    for index, sentence in enumerate(split(text, language)):
        assert sentence.id == index
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        assert not text[at : sentence.start].strip()
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "unit", ["Word. ", "كلمة. ", '"a. b" ', "«نعم!» ", "“Hi. ", "A. ", '"', "1. "]
)
def test_floods_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        split(unit * times, "ar")
        return time.process_time() - start

    seconds(10)
    assert seconds(20_000) < 16 * seconds(2_500) + 0.25


def test_a_sentence_of_three_thousand_words_is_one() -> None:
    assert len(split("word " * 2_999 + "end.", "en")) == 1
    assert len(split("كلمة " * 2_999 + "نهاية.", "ar")) == 1
