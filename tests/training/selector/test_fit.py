import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs requirements-models.txt")

from service.engines.extractive import decode  # noqa: E402
from service.engines.vectors import DIMENSIONS  # noqa: E402
from training.selector.articles import Reference  # noqa: E402
from training.selector.config import Fit, Shape  # noqa: E402
from training.selector.evaluate import LEAD, OURS, judge, markdown, table  # noqa: E402
from training.selector.examples import examples  # noqa: E402
from training.selector.export import member_of  # noqa: E402
from training.selector.fit import fit  # noqa: E402

pytestmark = pytest.mark.torch

FILLER = ["كلام", "عام", "لا", "يقول", "شيئا", "عن", "الخبر", "نفسه"]
SHAPE, PLAN = Shape(16, 4, 0.0), Fit(12, 8, 12, 25.0, 0.6, 1e-2, 0.0)


def article(number, place):
    """The sentence at ``place`` has the number that the summary repeats."""
    draw = np.random.default_rng(number)
    sentences = [" ".join(draw.permutation(FILLER)) + "." for _ in range(6)]
    sentences[place] = f"أعلنت الوزارة أن عدد الضحايا بلغ {number + 10} شخصا."
    identity = f"{number}.ar"
    summaries = {"short": sentences[place], "long": sentences[place]}
    return Reference(identity, identity, "s", "ar", None, tuple(sentences), summaries, 1.0)


@pytest.fixture(scope="module")
def built():
    draw = np.random.default_rng(1)
    articles = [article(number, 1 + number % 5) for number in range(24)]
    vectors = {
        text: draw.normal(size=DIMENSIONS).astype(np.float32) / DIMENSIONS**0.5
        for one in articles
        for text in one.sentences
    }
    return [e for one in articles for e in examples(one, vectors, {"ar": one.summaries})]


def test_it_learns_to_find_the_news_where_lead_does_not(built):
    train, test = built[:32], built[32:]
    members = [member_of(fit(train, SHAPE, PLAN, 3))]
    short = [e for e in test if e.length == "short"]
    right = [
        [pick.index for pick in decode(members, e.task)] == list(e.picks[e.rewards.argmax()])
        for e in short
    ]
    assert np.mean(right) > 0.8
    references = {(e.article.group, "ar"): e.article.summaries for e in test}
    lines = list(table(list(judge(test, members, references))))
    scores = {line.system: line.scores["rougeL"] for line in lines if line.where == "ar short"}
    assert scores[OURS] > scores[LEAD]
    assert markdown(lines).count("\n") == len(lines) + 1


def test_the_same_seed_gives_the_same_network(built):
    plan = Fit(1, 8, 12, 25.0, 0.6, 1e-2, 0.0)
    first, second = (fit(built[:16], SHAPE, plan, 5).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)
