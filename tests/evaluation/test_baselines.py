import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.baselines import LeadSelector, LexRankSelector, centrality, opening
from service.summary.bands import BANDS, count

ARTICLES = {
    "ar": [
        "أعلن البنك المركزي المصري رفع أسعار الفائدة إلى مستوى قياسي يوم الخميس.",
        "ويرى محللون أن رفع الفائدة يهدف إلى كبح التضخم الذي بلغ مستوى قياسيا في مصر.",
        "وتراجع التضخم قليلا بعد قرار البنك المركزي رفع أسعار الفائدة للمرة الثانية هذا العام.",
        "وحضر المؤتمر عدد من الصحفيين في القاعة الكبرى.",
        "وقال محافظ البنك المركزي إن رفع أسعار الفائدة ضروري حتى يتراجع التضخم في مصر.",
    ],
    "en": [
        "The central bank raised interest rates to a record level on Thursday.",
        "Analysts said raising interest rates was meant to curb inflation, at a record in Egypt.",
        "Inflation eased after the central bank decided to raise interest rates a second time.",
        "Several journalists attended the conference in the great hall.",
        "The central bank governor said raising interest rates was needed to curb inflation.",
    ],
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_others_speak_of_is_central_and_what_none_does_is_not(language):
    ranks = centrality(ARTICLES[language])
    assert ranks.sum() == pytest.approx(1, abs=1e-4)
    assert ranks.argmin() == 3


@pytest.mark.parametrize("language", ["ar", "en"])
def test_lead_is_the_opening_and_lexrank_leaves_the_stranger_out(language):
    article = ARTICLES[language] * 2
    assert [p.index for p in LeadSelector().select(article, language, "short")] == [0]
    assert 3 not in [p.index for p in LexRankSelector().select(article, language, "long")]
    assert opening(article, "short") == article[0]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20), st.sampled_from(["short", "long"]))
def test_baselines_keep_the_band(words, length):
    article = [" ".join(["word"] * n) for n in words]
    for selector in (LeadSelector(), LexRankSelector()):
        picked = [pick.index for pick in selector.select(article, "en", length)]
        limit = BANDS[length].limit(sum(words))
        assert 1 <= len(set(picked)) == len(picked) <= BANDS[length].max_sentences
        assert len(picked) == 1 or sum(count(article[i]) for i in picked) <= limit


def test_nothing_has_no_centre():
    assert np.array_equal(centrality([]), np.zeros(0))
    assert LexRankSelector().select([], "ar", "short") == []
