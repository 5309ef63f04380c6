"""Faithfulness by the trust checks: what is wrong is counted, what is right is not."""

import pytest

from service import flags
from service.evaluation.measures.base import Case
from service.evaluation.measures.faithfulness import FlagRate, Names, Numbers, measures
from service.evaluation.sets import Article, Output, Part

ARABIC = Article(
    "1", "ar", "وافق البرلمان على قرض قيمته 1.8 مليار دولار يوم 12 مارس. وصوّت 143 نائباً لصالحه."
)
ENGLISH = Article("2", "en", "Parliament approved a loan of $1.8bn on 12 March. 143 members voted.")


def case(article: Article, part: Part, text: str) -> Case:
    output = Output(article.id, {part: text}, "")
    return Case(article, output, part, text, article.language_of(part), (), article.story)


def score(measure: Numbers | Names | FlagRate, *cases: Case) -> float:
    return float(measure.aggregate(measure.statistics(cases).sum(axis=0)))


@pytest.mark.parametrize(
    ("article", "part", "text"),
    [
        (ARABIC, "short_ar", "البرلمان يقرّ قرضاً بقيمة ١٫٨ مليار دولار."),
        (ARABIC, "short_en", "Parliament approves a $1.8bn loan with 143 votes."),
        (ENGLISH, "short_ar", "البرلمان يوافق في 12 آذار على قرض بقيمة 1.8 مليار دولار."),
    ],
)
def test_numbers_that_the_article_states_are_right_in_either_language(article, part, text):
    assert score(Numbers(), case(article, part, text)) == 100


@pytest.mark.parametrize(
    ("article", "part", "text"),
    [
        (ARABIC, "short_ar", "البرلمان يقرّ قرضاً بقيمة 2.8 مليار دولار بأصوات 143 نائباً."),
        (ENGLISH, "short_en", "Parliament approved a loan of $2.8bn; 143 voted for it."),
    ],
)
def test_one_wrong_number_of_two_is_half(article, part, text):
    wrong = case(article, part, text)
    assert score(Numbers(), wrong) == 50
    assert score(FlagRate("unsupported_money"), wrong) == 100
    right = case(article, part, text.replace("2.8", "1.8"))
    assert score(FlagRate("unsupported_money"), wrong, right) == 50
    assert score(Numbers(), wrong, right) == 75


def test_a_translation_is_held_to_all_that_the_article_states():
    whole = case(
        ARABIC, "translation", "Parliament approved a $1.8bn loan on 12 March. 143 deputies voted."
    )
    lacking = case(ARABIC, "translation", "Parliament approved a $1.8bn loan on 12 March.")
    assert score(Numbers(), whole) == 100
    assert score(Numbers(), lacking) == pytest.approx(200 / 3)
    assert score(FlagRate("number_missing"), lacking) == 100


def test_a_name_that_the_article_lacks_spoils_its_text():
    article = Article(
        "3",
        "en",
        "Ahmad Khatib, the minister, said work would start in Amman. Khatib spoke Monday.",
    )
    right = case(article, "short_en", "Khatib said work would start in Amman.")
    wrong = case(article, "short_en", "The minister, John Sanders, said work would start in Amman.")
    assert score(Names(), right) == 100
    assert score(Names(), right, wrong) == 50
    assert score(FlagRate("unknown_name"), wrong) == 100


def test_texts_without_numbers_or_words_count_for_nothing():
    for text in ("", "وافق البرلمان على القرض."):
        assert Numbers().statistics([case(ARABIC, "short_ar", text)]).tolist() == [[0, 0]]


def test_every_flag_of_the_catalogue_has_its_rate():
    names = {measure.kind.name for measure in measures()}
    assert names == {"numbers", "names", *(f"flag-{code}" for code in flags.catalogue())}
