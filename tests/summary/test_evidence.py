import numpy as np
import pytest

from service.domain import Evidence, Summary, SummarySentence
from service.engines.vectors import E5Vectors
from service.summary.evidence import SUPPORTED, shared, support, trace, unsupported_flags

ARTICLE = {
    "ar": [
        "وصل الرئيس الروسي فلاديمير بوتين إلى بكين صباح الثلاثاء في زيارة تستغرق يومين.",
        "وارتفعت أسعار النفط بنسبة 3 في المئة بعد إعلان السعودية خفض إنتاجها.",
        "وأعلنت وزارة الصحة المصرية تسجيل 120 إصابة جديدة بفيروس كورونا.",
    ],
    "en": [
        "Russian President Vladimir Putin arrived in Beijing on Tuesday for a two-day visit.",
        "Oil prices rose 3 percent after Saudi Arabia announced a cut in its production.",
        "Egypt's health ministry reported 120 new cases of the coronavirus.",
    ],
}
STRANGER = {
    "ar": "فاز ريال مدريد على برشلونة بثلاثة أهداف في نهائي كأس الملك مساء السبت.",
    "en": "Real Madrid beat Barcelona by three goals in the King's Cup final on Saturday evening.",
}


@pytest.fixture(scope="module")
def vectors():
    return E5Vectors()


@pytest.mark.parametrize("article", ["ar", "en"])
@pytest.mark.parametrize("summary", ["ar", "en"])
def test_each_sentence_is_traced_to_its_own_in_either_language(vectors, summary, article):
    found = trace(ARTICLE[summary], ARTICLE[article], vectors)
    assert [evidence[0].sentence_id for evidence in found] == [0, 1, 2]
    assert all(SUPPORTED <= each.score <= 1 for evidence in found for each in evidence)


@pytest.mark.parametrize("article", ["ar", "en"])
@pytest.mark.parametrize("summary", ["ar", "en"])
def test_a_sentence_of_another_article_rests_on_nothing(vectors, summary, article):
    assert trace([STRANGER[summary]], ARTICLE[article], vectors) == [()]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sentence_with_the_same_number_and_name_supports_more(language):
    text = ARTICLE[language][1]
    other = text.replace("3", "9").replace("السعودية", "العراق").replace("Saudi Arabia", "Iraq")
    assert support(text, text, 0.95) > support(text, other, 0.95)
    assert shared(text, text) == (1.0, 1.0)


def test_values_and_names_are_compared_across_languages():
    assert shared("Oil rose 3 percent.", "وارتفع النفط ٣٪.")[0] == 1.0
    assert shared("Oil rose 3 percent.", "وارتفع النفط ٧٪.")[0] == -1.0
    named = "Yesterday the leader Vladimir Putin met Sergei Lavrov."
    assert shared(named, "التقى فلاديمير بوتين سيرغي لافروف.")[1] > shared(named, "وصل ماسك.")[1]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_rests_on_nothing_is_flagged(language):
    sentences = (
        SummarySentence(ARTICLE[language][0], (Evidence(0, 1.0),)),
        SummarySentence(STRANGER[language]),
    )
    (flag,) = unsupported_flags(Summary(language, "short", sentences, "seq2seq"))
    assert (flag.code, flag.severity) == ("unsupported", "severe")
    assert flag.where == f"summaries.{language}.short.1"
    assert flag.target == STRANGER[language]


def test_nothing_to_trace_and_nothing_to_trace_in(vectors):
    assert trace([], ["One sentence."], vectors) == []
    assert trace(["One sentence."], [], vectors) == [()]


def test_the_order_of_equals_is_that_of_the_article(vectors):
    found = trace([ARTICLE["ar"][0]], [ARTICLE["ar"][0]] * 3, vectors)
    assert [evidence.sentence_id for evidence in found[0]] == [0, 1, 2]
    assert np.isclose(found[0][0].score, found[0][2].score)
