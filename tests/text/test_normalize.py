"""The normal forms of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.normalize import (
    clean_unicode,
    fold_letters,
    folded,
    matching_form,
    strip_tashkeel,
    western_digits,
)

ANY = st.text(st.characters())  # lone surrogates among them
ARABIC = st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF)
    | st.sampled_from(" \n\u200c\u200f.ab1")
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\r\nb\rc\u2028d\u0085e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("one\u2029two", "one\n\ntwo"),
        ("a\u00a0 \t\u2003b", "a b"),
        ("نص\u00a0\u2009 آخر", "نص آخر"),
        ("nul\x00s", "nuls"),
        ("صف\x00ر", "صفر"),
        ("\u202bعربي\u202c \u200fEnglish\u200e", "عربي English"),
        ("\ufeffstart soft\u00adhyphen", "start softhyphen"),
        ("می\u200cخواهد", "میخواهد"),
        ("no\ufffe char\uffffacter", "no character"),
        ("لا\uffff حر\ufffeف", "لا حرف"),
        ("الوضع\u200cالاقتصادي", "الوضع الاقتصادي"),
        ("الحكومة\u200cتعلن على\u200cالحدود", "الحكومة تعلن على الحدود"),
        ("ب\u200cالوضع ولل\u200cأسف مق\u200cالات", "بالوضع وللأسف مقالات"),
        ("co\u200coperate", "cooperate"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("وحيد \udfff هنا", "وحيد \ufffd هنا"),
        ("\ud83d\ude42", "🙂"),
        ("e\u0301te\u0301", "été"),
        ("ا\u0653لعربية", "آلعربية"),
        ("ﺍﻟﻌﺮﺑﻴﺔ ﻻ ﷲ", "العربية لا الله"),
        ("It\x92s a \x93quote\x94 \x96 yes", "It’s a “quote” – yes"),
        ("قال \x93نعم\x94", "قال “نعم”"),
    ],
)
def test_clean_unicode(dirty: str, clean: str) -> None:
    assert clean_unicode(dirty) == clean


@given(ANY | ARABIC)
def test_clean_unicode_is_idempotent_and_nfc(text: str) -> None:
    once = clean_unicode(text)
    assert clean_unicode(once) == once
    assert unicodedata.normalize("NFC", once) == once
    once.encode("utf-8")


@given(ANY | ARABIC)
def test_clean_unicode_leaves_no_controls_and_one_kind_of_space(text: str) -> None:
    once = clean_unicode(text)
    assert all(c == "\n" or unicodedata.category(c) != "Cc" for c in once)
    assert all(c in " \n" for c in once if c.isspace())
    assert "  " not in once


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x6FF)))
def test_clean_unicode_loses_no_letter(text: str) -> None:
    assert clean_unicode(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إقرأ المزيد", "اقرا المزيد"),
        ("مُحَمَّدٌ", "محمد"),
        ("الــــعراق", "العراق"),
        ("على", "علي"),
        ("مدرسة", "مدرسه"),
        ("مسؤول", "مسوول"),
        ("عام ٢٠٢٢", "عام 2022"),
        ("سال ۲۰۲۲", "سال 2022"),
        ("READ More", "read more"),
        ("ﬁnance", "finance"),
        ("  a \u00a0 b ", "a b"),
    ],
)
def test_two_spellings_have_one_matching_form(one: str, other: str) -> None:
    assert matching_form(one) == matching_form(other)


def test_different_words_keep_different_matching_forms() -> None:
    assert matching_form("كتاب") != matching_form("كاتب")
    assert matching_form("1.8") != matching_form("18")


@given(ANY | ARABIC)
def test_the_folded_form_knows_where_each_code_point_is_from(text: str) -> None:
    form, origin = folded(text)
    assert len(form) == len(origin)
    assert list(origin) == sorted(origin)
    assert all(0 <= index < len(text) for index in origin)


@given(st.text(st.sampled_from("أإآٱىئؤةءـ كتاب abcABC12٣\u064b\u0651")))
def test_the_folded_form_is_the_matching_form(text: str) -> None:
    assert " ".join(folded(text)[0].split()) == " ".join(matching_form(text).split())


def test_fold_letters_leaves_a_regular_expression_whole() -> None:
    assert fold_letters(r"إقرأ\s+\S{2,3}[^.]\b") == r"اقرا\s+\S{2,3}[^.]\b"


def test_strip_tashkeel_and_digits() -> None:
    assert strip_tashkeel("الْعَرَبِيَّــة") == "العربية"
    assert western_digits("٣٫٥ و۷") == "3٫5 و7"


@given(ANY | ARABIC)
def test_western_digits_keep_the_length(text: str) -> None:
    assert len(western_digits(text)) == len(text)


def test_a_decimal_that_the_agencies_turned_is_turned_back() -> None:
    assert clean_unicode("ارتفع 89.\u200f463 مليون") == "ارتفع 463.89 مليون"
    assert clean_unicode("في 3.\u200f0 في المائة") == "في 0.3 في المائة"
    assert clean_unicode("في 11.\u200f05.2014") == "في 11.05.2014"
