import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service import create_app
from service.api.responses import Digest
from service.house import House
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run
from service.settings import Settings
from tests.services import until

PERSIAN = "دولت ایران روز یکشنبه اعلام کرد که گفت‌وگوها در پایتخت ادامه می‌یابد. " * 3
URDU = "حکومت پاکستان نے اتوار کو اعلان کیا کہ مذاکرات دارالحکومت میں جاری رہیں گے۔ " * 3
FRENCH = "Le gouvernement a annoncé que les négociations se poursuivent à Paris. " * 3
MIXED = (
    "قالت الحكومة إن المحادثات مستمرة في العاصمة اليوم. "
    "The government said that the talks go on in the capital today. "
) * 4


def post(client, **body):
    return client.post("/v1/articles", json=body)


def test_the_seed_has_its_four_summaries_and_no_debris(client, seed):
    response = post(client, text=seed)
    assert response.status_code == 200
    digest = response.json
    assert digest["language"]["code"] == "ar"
    assert "اندبندنت" in digest["source_credit"]
    assert len(digest["dropped"]) >= 2
    texts = [digest["translation"]["text"], *(
        digest["summaries"][language][length]["text"]
        for language in ("ar", "en") for length in ("short", "long")
    )]  # fmt: skip
    for debris in ("اقرأ المزيد", "Related Nodes", "نقلاً عن", "اندبندنت", "Independent"):
        assert not any(debris in text for text in texts)
    assert "ماسك" in digest["summaries"]["ar"]["short"]["text"]
    assert "بوتين" in digest["summaries"]["ar"]["long"]["text"]


def test_every_digest_fits_its_documented_shape(client, seed, english):
    for text in (seed, english):
        Digest.model_validate(post(client, text=text).json)


def test_offsets_and_evidence_point_into_the_cleaned_text(client, seed):
    digest = post(client, text=seed).json
    for sentence in digest["sentences"]:
        assert digest["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    ids = {sentence["id"] for sentence in digest["sentences"]}
    for by_length in digest["summaries"].values():
        for summary in by_length.values():
            for sentence in summary["sentences"]:
                assert sentence["evidence"]
                assert {e["sentence_id"] for e in sentence["evidence"]} <= ids


def test_the_second_time_it_is_cached_and_otherwise_the_same(client, english):
    first, second = post(client, text=english).json, post(client, text=english).json
    assert second["cached"] is True
    assert {**first, "cached": True} == second


def test_a_digest_is_found_by_its_id_and_not_sent_twice(client, english):
    posted = post(client, text=english)
    found = client.get(posted.headers["Location"])
    assert found.json["id"] == posted.json["id"]
    etag = found.headers["ETag"]
    again = client.get(posted.headers["Location"], headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.data == b""


def test_a_deleted_digest_is_gone(client):
    text = "وصل الوفد إلى العاصمة صباح الأحد. وقال رئيسه إن المحادثات تبدأ غداً في القصر."
    location = post(client, text=text).headers["Location"]
    assert client.delete(location).status_code == 204
    assert client.get(location).status_code == 404
    assert client.delete(location).json["code"] == "not_found"


def test_only_the_lengths_that_were_asked_for(client, english):
    digest = post(client, text=english, lengths=["short"]).json
    assert {tuple(by_length) for by_length in digest["summaries"].values()} == {("short",)}


def test_html_is_read_and_scripts_are_not(client, english):
    page = "<article><script>alert('x')</script><h1>News</h1>" + "".join(
        f"<p>{paragraph}</p>" for paragraph in english.split("\n\n")
    )
    digest = post(client, html=f"<html><body>{page}</article></body></html>").json
    assert "alert" not in digest["text"]
    assert digest["language"]["code"] == "en"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "malformed"),
        ({"text": "a", "html": "b"}, 400, "malformed"),
        ({"text": 5}, 400, "malformed"),
        ({"text": "مقال", "txt": 1}, 400, "malformed"),
        ({"text": "مقال", "lengths": ["middle"]}, 400, "malformed"),
        ({"text": "مقال", "lengths": []}, 400, "malformed"),
        ({"text": "مقال", "language": "fr"}, 400, "malformed"),
        ({"text": ""}, 422, "too_short"),
        ({"text": " \n\t "}, 422, "too_short"),
        ({"text": "كلمتان فقط"}, 422, "too_short"),
        ({"text": "two words"}, 422, "too_short"),
        ({"text": "😀" * 50}, 422, "too_short"),
        ({"text": "\x00\x00"}, 422, "too_short"),
        ({"text": "\ud800\udfff" * 3}, 422, "too_short"),
        ({"text": PERSIAN}, 422, "wrong_language"),
        ({"text": URDU}, 422, "wrong_language"),
        ({"text": FRENCH}, 422, "wrong_language"),
        ({"text": MIXED}, 422, "wrong_language"),
        ({"text": "word " * 20_001}, 413, "too_large"),
        ({"text": "نص عربي قصير عن أخبار اليوم.", "profile": "no"}, 404, "not_found"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(client, body, status, code):
    response = post(client, **body)
    assert (response.status_code, response.json["code"]) == (status, code)
    assert response.mimetype == "application/problem+json"
    assert response.json["detail"]


@pytest.mark.parametrize(
    ("data", "content_type", "status", "code"),
    [
        (b"", "application/json", 400, "malformed"),
        (b"{", "application/json", 400, "malformed"),
        (b"[]", "application/json", 400, "malformed"),
        (b'"text"', "application/json", 400, "malformed"),
        (b'{"text": "\xff\xfe"}', "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 400, "malformed"),
        (b'{"text": "a"}', "text/plain", 415, "unsupported_media"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "unsupported_media"),
        (b'{"text": "' + b"a" * 5_000_000 + b'"}', "application/json", 413, "too_large"),
    ],
    ids=["empty", "cut", "list", "string", "not-utf-8", "deep", "plain", "form", "5-MB"],
)
def test_a_body_that_is_no_json_object_is_refused_by_name(client, data, content_type, status, code):
    response = client.post("/v1/articles", data=data, content_type=content_type)
    assert (response.status_code, response.json["code"]) == (status, code)


def test_what_was_detected_is_told(client):
    assert post(client, text=FRENCH).json["detected"]


def test_a_sentence_of_3000_words_is_digested(client):
    text = (
        "قال الوزير إن " + "العمل مستمر والخطة تمضي كما هو مقرر لها في كل مدينة و" * 272 + "انتهى."
    )
    digest = post(client, text=text, lengths=["short"]).json
    assert len(digest["text"].split()) > 2900
    assert digest["translation"]["text"]


def test_ten_thousand_sentences_of_one_word_are_answered_or_refused_clearly(client):
    response = post(client, text="نعم. " * 10_000, lengths=["short"])
    assert response.status_code in {200, 202, 413, 422}
    assert response.json.get("code") != "internal"


@pytest.fixture
def own(tmp_path):
    """A house of the test's own, nothing cached."""
    house = House(Settings(data_dir=tmp_path, working=1, waiting=1))
    yield house
    house.close(5)


def test_prefer_respond_async_gives_a_job_that_ends_in_the_digest(own, english):
    client = create_app(own.settings, own).test_client()
    accepted = client.post(
        "/v1/articles", json={"text": english}, headers={"Prefer": "respond-async"}
    )
    assert accepted.status_code == 202
    assert accepted.headers["Retry-After"]
    location = accepted.headers["Location"]
    until(lambda: client.get(location).json["state"] not in {"queued", "running"}, 180)
    job = client.get(location).json
    assert job["state"] == "done", job
    assert client.get(f"/v1/articles/{job['article_id']}").status_code == 200
    events = client.get(f"{location}/events").data.decode()
    assert events.startswith("event: done\ndata: {")
    assert client.delete(location).json["code"] == "conflict"


def test_async_is_not_needed_for_what_is_cached(client, english):
    post(client, text=english)
    response = client.post(
        "/v1/articles", json={"text": english}, headers={"Prefer": "respond-async"}
    )
    assert response.status_code == 200


def test_async_refuses_bad_input_at_once(client):
    response = client.post("/v1/articles", json={"text": ""}, headers={"Prefer": "respond-async"})
    assert response.json["code"] == "too_short"


def test_past_the_deadline_an_article_becomes_a_job(tmp_path, seed):
    house = House(Settings(data_dir=tmp_path, sync_deadline_s=0.0, working=1))
    client = create_app(house.settings, house).test_client()
    with house._gate.enter(Run()):  # so that the job does not end before it is cancelled
        accepted = post(client, text=seed)
        assert accepted.status_code == 202
        assert client.delete(accepted.headers["Location"]).json["state"] == "cancelled"
    house.close(5)


def test_equal_articles_at_once_are_computed_once(own, seed, monkeypatch):
    walks, pipeline = [], own.pipeline()
    walk = type(pipeline).digest

    def counted(self, *arguments):
        walks.append(threading.get_ident())
        return walk(self, *arguments)

    monkeypatch.setattr(type(pipeline), "digest", counted)
    client = create_app(own.settings, own)
    with ThreadPoolExecutor(6) as pool:
        bodies = list(pool.map(lambda _: post(client.test_client(), text=seed).json, range(6)))
    assert len(walks) == 1
    assert (
        len({body["created_at"] + body["summaries"]["en"]["long"]["text"] for body in bodies}) == 1
    )


def test_beyond_the_queue_an_article_is_refused_unread_with_a_time_to_come_back(
    own, english, monkeypatch
):
    app, entered, let_go = create_app(own.settings, own), threading.Event(), threading.Event()
    own.warm_up()
    known = f"{english} It was known before."
    assert post(app.test_client(), text=known).status_code == 200

    def hold():
        with own._gate.enter(Run()):
            entered.set()
            assert let_go.wait(60)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(hold)
        assert entered.wait(60)
        waiting = pool.submit(post, app.test_client(), text=english)
        until(lambda: own._gate.depth == 1)
        monkeypatch.setattr(Pipeline, "read", lambda *_: pytest.fail("it was read"))
        refused = post(app.test_client(), text=english + " The end.")
        again = post(app.test_client(), text=known)
        monkeypatch.undo()
        ready = app.test_client().get("/health/ready")
        alive = app.test_client().get("/health/live")
        let_go.set()
        assert waiting.result(60).status_code == 200
    assert (refused.status_code, refused.json["code"]) == (503, "queue_full")
    assert int(refused.headers["Retry-After"]) >= 1
    assert (again.status_code, again.json["cached"]) == (200, True)
    assert (ready.status_code, alive.status_code) == (503, 200)
    assert app.test_client().get("/health/ready").status_code == 200
