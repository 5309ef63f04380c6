import pytest

from service.glossary import Glossary, Term, find, starter


def found(text, language):
    return [(hit.term.en, text[hit.start : hit.end]) for hit in find(starter(), text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار واشنطن", [("Washington", "واشنطن")]),
        ("لندن وواشنطن", [("London", "لندن"), ("Washington", "واشنطن")]),
        ("وبالولايات المتحدة", [("United States", "الولايات المتحدة")]),
        ("للأمم المتحدة", [("United Nations", "للأمم المتحدة")]),
        ("لِمنظّمةِ الصحّة العالميّة", [("World Health Organization", "منظّمةِ الصحّة العالميّة")]),
        ("قال بوتين وبايدن", [("Vladimir Putin", "بوتين"), ("Joe Biden", "بايدن")]),
        ("قال دونالد ترامب", [("Donald Trump", "دونالد ترامب")]),
        ("جرفت السيول المنازل", []),
        ("عاد إلى سيول", [("Seoul", "سيول")]),
    ],
)
def test_arabic_forms(text, expected):
    assert found(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Washington's view", [("Washington", "Washington's")]),
        ("the WHO said who it was", [("World Health Organization", "WHO")]),
        ("give us the US view", [("United States", "US")]),
        ("Houthi attacks", [("Houthis", "Houthi")]),
        ("Putin met Donald Trump", [("Vladimir Putin", "Putin"), ("Donald Trump", "Donald Trump")]),
        ("they marched to congress", []),
    ],
)
def test_english_forms(text, expected):
    assert found(text, "en") == expected


def test_the_longest_term_wins():
    text = "مجلس الأمن الدولي"
    (hit,) = find(starter(), text, "ar")
    assert hit.term.en == "U.N. Security Council"
    assert text[hit.start : hit.end] == text


def test_words_of_two_terms_are_marked():
    terms = Glossary.of([Term("عمّان", "Amman", "place"), Term("عُمان", "Oman", "country")])
    assert [hit.shared for hit in find(terms, "وصل إلى عمان", "ar")] == [True]


def test_an_inflected_term_is_found_with_its_ending():
    terms = Glossary.of([Term("سياسة نقدية", "monetary policy")])
    text = "وبالسياسة النقدية؟ لا، سياسةً نقديةً وسياسات نقدية"
    assert [text[h.start : h.end] for h in find(terms, text, "ar")][:1] == ["سياسةً نقديةً"]
