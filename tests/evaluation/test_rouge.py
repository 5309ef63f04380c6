"""ROUGE: equal to Google's implementation on English, and not blind on Arabic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from service.evaluation.rouge import KINDS, Rouge, RougeTokenizer, rouge, signature

REFERENCE = (
    "The cabinet approved a budget of 3.5 billion dinars on Tuesday, its first in 2 years.\n"
    "Ministers didn't say how the well-known deficit would be financed."
)
CANDIDATE = (
    "A budget of 3.5 billion was approved by the cabinet.\n"
    "Ministers financing the deficits did not speak on Tuesday."
)
ENGLISH = st.text(
    st.sampled_from("abcdefgh ABC 0123 \n.,;'\"-_()!?") | st.characters(max_codepoint=126),
    max_size=120,
)


@pytest.mark.parametrize("stem", [False, True])
def test_english_equals_the_published_implementation(stem: bool) -> None:
    theirs = RougeScorer(list(KINDS), use_stemmer=stem).score(REFERENCE, CANDIDATE)
    ours = rouge(CANDIDATE, REFERENCE, stem=stem)
    for kind in KINDS:
        assert ours[kind].precision == pytest.approx(theirs[kind].precision, abs=1e-6)
        assert ours[kind].recall == pytest.approx(theirs[kind].recall, abs=1e-6)
        assert ours[kind].f1 == pytest.approx(theirs[kind].fmeasure, abs=1e-6)
        assert 0 < ours[kind].f1 < 1


@settings(deadline=None)
@given(ENGLISH, ENGLISH, st.booleans())
def test_any_english_equals_the_published_implementation(a: str, b: str, stem: bool) -> None:
    theirs = RougeScorer(list(KINDS), use_stemmer=stem).score(a, b)
    ours = rouge(b, a, stem=stem)
    assert {k: v.f1 for k, v in ours.items()} == pytest.approx(
        {k: v.fmeasure for k, v in theirs.items()}, abs=1e-6
    )


def test_equal_arabic_scores_one_where_the_published_tokenizer_scores_zero() -> None:
    text = "أعلنت الوزارة عن ميزانية قدرها ٣٫٥ مليار دينار.\nولم تذكر مصادر التمويل."
    assert RougeScorer(["rouge1"]).score(text, text)["rouge1"].fmeasure == 0
    assert all(score == Rouge(1, 1, 1) for score in rouge(text, text).values())


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("الأسعار في إربد", "الاسعار في اربد"),
        ("مُحَمَّد", "محمد"),
        ("وزارة الصحة", "وزاره الصحه"),
        ("قال الرئيـــس", "قال الرئيس"),
        ("نما ٣٫٥ في المئة عام ۲۰۲۵", "نما 3.5 في المئة عام 2025"),
        ("اجتماع على مستوى", "اجتماع علي مستوي"),
    ],
)
def test_two_spellings_of_arabic_are_one_word(one: str, another: str) -> None:
    assert rouge(one, another)["rougeL"].f1 == 1


def test_arabic_words_in_another_order_keep_unigrams_and_lose_the_sequence() -> None:
    scores = rouge("وصل الوفد إلى القاهرة أمس", "أمس وصل الوفد إلى القاهرة")
    assert scores["rouge1"].f1 == 1
    assert scores["rougeL"].f1 == pytest.approx(0.8)
    assert scores["rouge2"].f1 == pytest.approx(0.75)


def test_light_stemming_joins_arabic_words_and_english_inflections() -> None:
    assert rouge("والحكومة", "الحكومة")["rouge1"].f1 == 0
    assert rouge("والحكومة", "الحكومة", stem=True)["rouge1"].f1 == 1
    assert rouge("budgets approved", "budget approves")["rouge1"].f1 == 0
    assert rouge("budgets approved", "budget approves", stem=True)["rouge1"].f1 == 1
    assert RougeTokenizer(stem=True).tokenize("the ministers قالوا") == ["the", "minist", "قالوا"]


def test_the_best_of_several_references_counts() -> None:
    references = ["فاز المنتخب بهدفين", "تعادل الفريقان في المباراة"]
    text = "تعادل الفريقان"
    assert rouge(text, references)["rouge1"] == rouge(text, references[1])["rouge1"]
    assert rouge(text, references)["rouge1"].precision == 1


def test_a_letter_with_an_accent_stays_in_its_word() -> None:
    assert RougeTokenizer().tokenize("Café Müller") == ["café", "müller"]


@pytest.mark.parametrize("empty", ["", "…«»", "\n\n"])
def test_nothing_to_compare_scores_zero(empty: str) -> None:
    assert all(score == Rouge(0, 0, 0) for score in rouge(empty, "الخبر").values())
    assert all(score == Rouge(0, 0, 0) for score in rouge("الخبر", empty).values())


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_scores_stay_between_zero_and_one(a: str, b: str) -> None:
    for score in rouge(a, b).values():
        assert 0 <= score.precision <= 1
        assert 0 <= score.recall <= 1
        assert 0 <= score.f1 <= 1


def test_the_signature_tells_stemmed_from_unstemmed_scores() -> None:
    assert "stem:no" in signature()
    assert "stem:light+porter" in signature(stem=True)
    assert "rouge_score:" in signature()
