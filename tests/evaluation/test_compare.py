"""A comparison says what got worse, says nothing where nothing changed, and says it again."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.evaluation.collect import SystemRun
from service.evaluation.compare import compare
from service.evaluation.report import Comparison, Report
from service.evaluation.sets import Article, Output

ARTICLE = Article(
    "a1",
    "ar",
    "أعلنت وزارة الصحة خطة لتطعيم الأطفال. ستبدأ الخطة في يناير.",
    references={
        "translation": ("The health ministry announced a plan to vaccinate children.",),
        "short_ar": ("وزارة الصحة تعلن خطة لتطعيم الأطفال.",),
        "short_en": ("Health ministry announces child vaccination plan.",),
    },
)
GOOD = {"translation": "The ministry of health announced a plan to vaccinate children."} | {
    "short_ar": "أعلنت وزارة الصحة خطة لتطعيم الأطفال.",
    "short_en": "The health ministry announced a vaccination plan.",
}


def run(name: str, parts: dict[str, str], **rest: object) -> SystemRun:
    return SystemRun(name, {"a1": Output("a1", parts, f"sig:{name}", **rest)})


def found(report: Report, name: str) -> Comparison:
    comparison = report.find(name)
    assert comparison is not None, name
    return comparison


def test_a_sentence_dropped_in_a_tenth_of_the_summaries_is_significant(planted):
    for name in ("summaries.rouge1-recall", "summaries.rouge2"):
        comparison = found(planted, name)
        assert comparison.verdict == "worse"
        assert comparison.p_adjusted is not None
        assert comparison.p_randomisation <= comparison.p_adjusted < 0.05
        assert comparison.interval.high < 0
    wins, ties, losses = found(planted, "summaries.rouge2").tally
    assert wins == 0
    assert losses == len(planted.articles) * 4 // 10
    assert ties == len(planted.articles) - losses


def test_what_did_not_change_is_not_called_changed(planted):
    translation = found(planted, "translation.chrf++")
    assert translation.a.value == translation.b.value == 100
    assert translation.verdict == "same"
    assert translation.p_randomisation == 1


def test_a_system_against_itself_is_the_same_in_everything(sample_set, references_run, measures):
    report = compare(sample_set, references_run, references_run, measures)
    assert report.comparisons
    for comparison in report.comparisons:
        assert comparison.difference == 0
        assert comparison.verdict == "same"
        assert comparison.p_bootstrap == comparison.p_randomisation == 1
        assert comparison.tally[0] == comparison.tally[2] == 0


def test_two_runs_differ_in_nothing_but_the_time(
    sample_set, references_run, worse_run, planted, measures
):
    again = compare(sample_set, references_run, worse_run, measures)
    assert replace(again, created_at="") == replace(planted, created_at="")


def test_the_perfect_system_scores_full_marks(planted):
    for name in ("translation.bleu", "summaries.rougeLsum", "long_ar.rouge1"):
        assert found(planted, name).a.value == pytest.approx(100)
    assert found(planted, "translation.ter").a.value == 0


def test_summaries_in_the_other_language_are_held_against_the_translation(measures):
    report = compare([ARTICLE], run("a", GOOD), run("b", GOOD), measures)
    assert found(report, "short_ar.coverage").a.value == 100
    assert found(report, "short_en.coverage").a.value == pytest.approx(100 * 6 / 7)


def test_a_part_that_one_system_never_writes_is_not_compared(measures):
    only = {"short_ar": GOOD["short_ar"]}
    report = compare([ARTICLE], run("a", GOOD), run("b", only), measures)
    scopes = {comparison.scope for comparison in report.comparisons}
    assert scopes == {"short_ar", "summaries", "article"}


def test_a_failed_article_counts_as_empty_and_as_failed(sample_set, measures):
    articles: Sequence[Article] = [ARTICLE, replace(ARTICLE, id="a2")]
    a = SystemRun("a", {i: Output(i, GOOD, "s", 1.0) for i in ("a1", "a2")})
    b = SystemRun("b", {"a1": Output("a1", GOOD, "s", 3.0), "a2": Output("a2", {}, "", error="x")})
    report = compare(articles, a, b, measures)
    assert found(report, "article.failures").b.value == 50
    rouge = found(report, "short_ar.rouge1")
    assert rouge.b.value == pytest.approx(rouge.a.value / 2)
    seconds = found(report, "article.seconds")
    assert (seconds.a.value, seconds.b.value) == (1, 3)
    assert seconds.gain < 0
    assert b.failed[0].error == "x"


def test_without_references_the_source_measures_are_left(measures):
    bare = replace(ARTICLE, references={})
    report = compare([bare], run("a", GOOD), run("b", GOOD), measures)
    names = {comparison.kind.family for comparison in report.comparisons}
    assert names == {"faithfulness", "style", "running"}


def test_signatures_of_measures_tests_and_systems_are_kept(planted):
    assert planted.signatures["bleu"].startswith("nrefs:1|")
    assert planted.signatures["rouge2"].startswith("nrefs:")
    assert planted.signatures["tests"] == "bs:1000|ar:10000|seed:12345|unit:article"
    assert planted.a.signatures == ("gold",)


def test_only_the_named_measures_decide(sample_set, references_run, worse_run, measures):
    report = compare(
        sample_set, references_run, worse_run, measures, deciding=("summaries.rouge2",)
    )
    assert [one.name for one in report.deciding] == ["summaries.rouge2"]
    only = report.deciding[0]
    assert only.p_adjusted == only.p_randomisation
    assert report.named(["worse"]) == (only,)
