from contextlib import ExitStack

import pytest

from service import create_app
from service.api.responses import Flags, OwnSummaries, Translations
from service.house import House
from service.pipeline.run import Run
from service.settings import Settings


def test_texts_are_translated_in_order_with_their_layout(client):
    texts = ["وصل الوزير إلى القاهرة اليوم. وقال إن المحادثات مستمرة.\n\nثم غادر.", "شكراً لكم."]
    response = client.post("/v1/translate", json={"texts": texts, "target": "en"})
    body = Translations.model_validate(response.json)
    assert (body.source, body.target) == ("ar", "en")
    assert len(body.translations) == 2
    assert body.translations[0].text.count("\n\n") == 1
    assert all(any(c.isascii() and c.isalpha() for c in t.text) for t in body.translations)


def test_english_goes_into_arabic_letters(client):
    response = client.post(
        "/v1/translate",
        json={"texts": ["The minister arrived in Cairo today."], "source": "en", "target": "ar"},
    )
    assert any("\u0620" <= c <= "\u064a" for c in response.json["translations"][0]["text"])


def test_what_is_in_the_target_language_already_stays(client):
    body = {"texts": ["Nothing to do here, all is English."], "target": "en"}
    translation = client.post("/v1/translate", json=body).json["translations"][0]
    assert (translation["text"], translation["score"]) == (body["texts"][0], 1.0)


def test_an_empty_text_among_others_stays_empty(client):
    body = {"texts": ["", "وصل الوزير إلى القاهرة اليوم."], "source": "ar", "target": "en"}
    assert client.post("/v1/translate", json=body).json["translations"][0]["text"] == ""


def test_own_language_summaries_need_no_translation(client, seed):
    response = client.post("/v1/summarize", json={"text": seed})
    body = OwnSummaries.model_validate(response.json)
    assert body.language.code == "ar"
    sentences = {sentence.text for sentence in body.sentences}
    assert set(body.summaries) == {"short", "long"}
    short = body.summaries["short"]
    assert short.words <= 45
    assert short.method == "extractive"
    assert all(sentence.evidence for sentence in short.sentences)
    assert sentences


def test_the_checks_alone_find_a_changed_number(client):
    body = {
        "source": "باع المصنع 15 محطة بمبلغ 1.8 مليار دولار.",
        "source_language": "ar",
        "target": "The factory sold 50 stations for $1.8bn.",
        "target_language": "en",
    }
    flags = Flags.model_validate(client.post("/v1/check", json=body).json).flags
    assert any(flag.target and "50" in flag.target for flag in flags)
    assert not any(flag.target and "1.8" in flag.target for flag in flags)
    assert all(flag.message["ar"] and flag.message["en"] for flag in flags)


def test_the_checks_are_silent_on_a_true_pair(client):
    body = {
        "source": "The factory sold 15 stations.",
        "source_language": "en",
        "target": "باع المصنع 15 محطة.",
        "target_language": "ar",
    }
    assert client.post("/v1/check", json=body).json["flags"] == []


@pytest.mark.parametrize("side", ["source", "target"])
@pytest.mark.parametrize(("word", "language"), [("كلمة ", "ar"), ("word ", "en")])
def test_a_text_to_check_may_be_as_long_as_an_article(tmp_path, side, word, language):
    house = House(Settings(data_dir=tmp_path, max_words=50))
    client = create_app(house.settings, house).test_client()
    body = {"source": "", "source_language": "ar", "target": "", "target_language": "en"}
    body[f"{side}_language"] = language
    assert client.post("/v1/check", json=body | {side: word * 50}).status_code == 200
    refused = client.post("/v1/check", json=body | {side: word * 51})
    assert (refused.status_code, refused.json["limit"]) == (413, 50)
    assert side in refused.json["detail"]
    house.close()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/translate", {"texts": ["وصل الوزير اليوم."], "target": "en"}),
        ("/v1/summarize", {"text": "وصل الوزير إلى القاهرة اليوم صباحاً. " * 5}),
        (
            "/v1/check",
            {"source": "3", "source_language": "en", "target": "3", "target_language": "ar"},
        ),
        ("/translate", {"q": "The minister arrived.", "source": "en", "target": "ar"}),
    ],
)
def test_beyond_the_room_for_texts_one_is_refused_and_probes_are_not(tmp_path, path, body):
    house = House(Settings(data_dir=tmp_path, working=1, waiting=0))
    client = create_app(house.settings, house).test_client()
    with ExitStack() as crowd:
        for _ in range(4):
            crowd.enter_context(house.enter(Run()))
        refused = client.post(path, json=body)
        assert client.get("/health/live").status_code == 200
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) >= 1
    assert client.post(path, json=body).status_code == 200
    house.close()
