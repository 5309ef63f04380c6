from xml.etree import ElementTree as ET

import pytest

from service import create_app
from service.api.desk_responses import Corrections, Difference, Recorded
from service.house import House
from service.settings import Settings

ARTICLE = (
    "أعلنت الوزارة افتتاح 12 مدرسة جديدة في مايو. وقال الوزير إن العمل مستمر في باقي المدن. "
    "وأضاف أن التكلفة بلغت 3 ملايين دولار. ورحب الأهالي بالخطوة في بيان مشترك."
)
FIRST = ARTICLE[: ARTICLE.index(".") + 1]
BY = {"by": "سلمى"}


@pytest.fixture
def client(tmp_path):
    house = House(Settings(data_dir=tmp_path))
    yield create_app(house.settings, house).test_client()
    house.close()


@pytest.fixture
def article(client):
    return client.post("/v1/articles", json={"text": ARTICLE}).json


def correct(client, article, which, text, **more):
    path = f"/v1/articles/{article['id']}/feedback"
    return client.post(path, json={"which": which, "text": text, **BY, **more})


def served(client, article):
    return client.get(f"/v1/articles/{article['id']}").json


def test_a_corrected_summary_is_served_at_the_next_request(client, article):
    given = correct(client, article, "summaries.ar.short", "افتتحت الوزارة 12 مدرسة.", note="أوجز")
    assert given.status_code == 201
    Recorded.model_validate(given.json)
    summary = served(client, article)["summaries"]["ar"]["short"]
    assert (summary["text"], summary["method"]) == ("افتتحت الوزارة 12 مدرسة.", "editor")
    assert summary["sentences"][0]["evidence"]
    posted = client.post("/v1/articles", json={"text": ARTICLE}).json
    assert posted["summaries"]["ar"]["short"]["text"] == "افتتحت الوزارة 12 مدرسة."


def test_a_corrected_sentence_joins_the_memory_of_every_article(client, article):
    right = "The ministry opened 12 new schools in May."
    correct(client, article, "translation.sentences.0", right)
    assert served(client, article)["translation"]["sentences"][0]["origin"] == "editor"
    another = client.post(
        "/v1/articles",
        json={
            "text": "خبر آخر تماماً عن يوم طويل في المدينة. "
            + ARTICLE.split(". ", maxsplit=1)[0]
            + "."
        },
    ).json
    sentence = another["translation"]["sentences"][1]
    assert (sentence["text"], sentence["origin"], sentence["score"]) == (right, "memory", 1.0)
    tmx = client.get("/v1/memory.tmx")
    assert right in tmx.text


@pytest.mark.parametrize("text", ["افتتحت الوزارة\ufffe 12 مدرسة.\uffff", "It opened.\uffff"])
def test_the_memory_is_well_formed_whatever_was_corrected(client, article, text):
    assert correct(client, article, "translation.sentences.0", text).status_code == 201
    clean = text.replace("\ufffe", "").replace("\uffff", "")
    assert clean in [
        seg.text for seg in ET.fromstring(client.get("/v1/memory.tmx").data).iter("seg")
    ]


def test_the_etag_changes_with_a_correction(client, article):
    before = client.get(f"/v1/articles/{article['id']}").headers["ETag"]
    correct(client, article, "summaries.en.short", "The ministry opened 12 schools.")
    response = client.get(f"/v1/articles/{article['id']}", headers={"If-None-Match": before})
    assert response.status_code == 200


def test_versions_are_listed_restored_and_reverted(client, article):
    path = f"/v1/articles/{article['id']}/feedback"
    first = correct(client, article, "summaries.ar.short", "أول نص للمحرر.").json
    correct(client, article, "summaries.ar.short", "ثاني نص للمحرر.")
    listed = Corrections.model_validate(client.get(path).json).versions
    assert [(v.text, v.by, v.in_force) for v in listed] == [
        ("أول نص للمحرر.", "سلمى", False),
        ("ثاني نص للمحرر.", "سلمى", True),
    ]
    assert client.post(f"{path}/{first['id']}/restore", json=BY).status_code == 201
    assert served(client, article)["summaries"]["ar"]["short"]["text"] == "أول نص للمحرر."
    assert client.post(f"{path}/{first['id']}/revert", json=BY).status_code == 201
    model = article["summaries"]["ar"]["short"]
    assert served(client, article)["summaries"]["ar"]["short"] == model
    assert len(client.get(path).json["versions"]) == 4


def test_corrected_summaries_are_cases_for_compare(client, article):
    correct(client, article, "summaries.ar.short", "افتتحت الوزارة 12 مدرسة.")
    (case,) = client.get("/v1/corrections.jsonl").text.splitlines()
    assert '"short_ar":"افتتحت الوزارة 12 مدرسة."' in case


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"which": "summaries.ar.short", "text": "نص"}, 400),
        ({"which": "summaries.ar.short", "text": "", "by": "x"}, 400),
        ({"which": "summaries.ar.short", "text": "\u200b", "by": "x"}, 400),
        ({"which": "summaries.ar.short", "text": "نص", "by": " \n"}, 400),
        ({"which": "summaries.ar.short", "text": "نص", "by": "سلمى\uffff"}, 400),
        ({"which": "summaries.ar.short", "text": "نص", "by": "\ufffeSalma"}, 400),
        ({"which": "summaries.ar.short", "text": "نص", "by": "Sal\x01ma"}, 400),
        ({"which": "summaries.ar.short", "text": "\ufffe\uffff", "by": "x"}, 400),
        ({"which": "summaries.fr.short", "text": "نص", "by": "x"}, 404),
        ({"which": "translation.sentences.99", "text": "نص", "by": "x"}, 404),
    ],
)
def test_a_wrong_correction_is_refused(client, article, body, status):
    assert client.post(f"/v1/articles/{article['id']}/feedback", json=body).status_code == status


def test_an_edited_article_runs_only_what_changed_and_says_so(client, article):
    edited = ARTICLE.replace("3 ملايين", "4 ملايين")
    again = client.post("/v1/articles", json={"text": edited}).json
    assert again["reused_sentences"] == 3
    old, new = article["translation"]["sentences"], again["translation"]["sentences"]
    assert [a == b for a, b in zip(old, new, strict=True)] == [True, True, False, True]
    diff = client.get(f"/v1/articles/{article['id']}/diff/{again['id']}").json
    Difference.model_validate(diff)
    assert diff["kept"] == 3
    (change,) = diff["sentences"]
    assert (change["operation"], change["old_id"], change["new_id"]) == ("changed", 2, 2)


ENGLISH = (
    "The ministry opened 12 new schools in May. The minister said work goes on in other towns. "
    "He added that the cost was 3 million dollars. Residents welcomed the step in a statement."
)


@pytest.mark.parametrize(
    ("text", "right"),
    [(ARTICLE, "The ministry opened 12 schools in May."), (ENGLISH, "افتتحت الوزارة 12 مدرسة.")],
)
def test_taking_back_what_the_memory_put_in_says_to_post_again_for_the_models_text(
    client, text, right
):
    made = client.post("/v1/articles", json={"text": text}).json
    model = made["translation"]["sentences"][0]
    first = correct(client, made, "translation.sentences.0", right).json
    assert first["post_again"] is False
    again = client.post("/v1/articles", json={"text": text}).json
    assert again["id"] != made["id"]
    path = f"/v1/articles/{again['id']}/feedback"
    taken = client.post(f"{path}/{first['id']}/revert", json=BY)
    assert (taken.status_code, taken.json["post_again"]) == (201, True)
    kept = served(client, again)["translation"]["sentences"][0]
    assert (kept["text"], kept["origin"]) == (right, "memory")
    # As the page posts it: what the Digest says, not what was sent first.
    posted = client.post(
        "/v1/articles",
        json={"text": again["text"], "title": again["title"], "language": again["language"]["code"],
              "profile": again["profile"], "lengths": list(again["summaries"]["ar"]),
              "glossary": (again["glossary"] or "").split("@")[0]},
    ).json  # fmt: skip
    assert posted["translation"]["sentences"][0] == model


def test_taking_back_what_the_model_wrote_first_needs_no_new_post(client, article):
    first = correct(client, article, "translation.sentences.0", "Twelve schools opened.").json
    path = f"/v1/articles/{article['id']}/feedback"
    taken = client.post(f"{path}/{first['id']}/revert", json=BY).json
    assert taken["post_again"] is False
    assert (
        served(client, article)["translation"]["sentences"][0]
        == (article["translation"]["sentences"][0])
    )
