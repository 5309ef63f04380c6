"""The plugin's REST routes in a real WordPress against a real service."""

import json
import time

import pytest

from service.jobs import signing
from tests.server import server
from tests.services import free_port, until
from tests.wordpress.conftest import SECRET, configure, post, rest

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]

SPACE = "/khulasa/v1"


def summarized(wordpress, post_id):
    """Ask for summaries and follow the job to its end."""
    status, state = rest(wordpress, "POST", f"{SPACE}/posts/{post_id}/summarize")
    assert status == 200, state
    found = []

    def ready():
        found[:] = [rest(wordpress, "GET", f"{SPACE}/posts/{post_id}")[1]]
        assert "error" not in (found[0]["job"] or {}), found[0]["job"]
        return found[0]["draft"] is not None and found[0]["job"] is None

    until(ready, 300)
    return found[0]


def test_the_seed_gets_its_summaries_and_the_editors_word_goes_back(connected, service, seed):
    post_id = post(connected, seed)
    state = summarized(connected, post_id)
    summaries = state["draft"]["summaries"]
    assert "ماسك" in summaries["ar"]["short"]["text"]
    assert set(summaries["en"]) == {"short", "long"}
    assert "Related Nodes" not in json.dumps(state)
    assert state["stale"] is False

    accepted = {"language": "ar", "length": "short", "text": "خلاصة المحرر عن ماسك وبوتين."}
    status, state = rest(connected, "POST", f"{SPACE}/posts/{post_id}/accept", accepted)
    assert status == 200
    assert "notice" not in state
    assert state["accepted"]["khulasa_short_ar"] == accepted["text"]
    again = summarized(connected, post_id)
    assert again["draft"]["summaries"]["ar"]["short"]["text"] == accepted["text"]
    assert again["draft"]["summaries"]["ar"]["short"]["method"] == "editor"


def test_a_changed_post_says_so_and_shows_what_changed(connected, samples):
    text = samples["en-economy-02"]["text"]
    post_id = post(connected, text, "A headline")
    summarized(connected, post_id)
    connected.php(
        f"wp_update_post( array( 'ID' => {post_id}, 'post_content' =>"
        f' get_post( {post_id} )->post_content . "\\n\\nA new last sentence came today." ) );'
    )
    assert rest(connected, "GET", f"{SPACE}/posts/{post_id}")[1]["stale"] is True
    assert summarized(connected, post_id)["stale"] is False
    status, changes = rest(connected, "GET", f"{SPACE}/posts/{post_id}/changes")
    assert status == 200
    assert "A new last sentence came today." in [c["new"] for c in changes["sentences"]]


def test_who_may_not_edit_the_post_may_not_summarize_it(connected):
    post_id = post(connected, "نص لا يخص المساهم.")
    contributor = connected.php("echo get_user_by( 'login', 'contributor' )->ID;")
    for method, path in (
        ("GET", ""),
        ("POST", "/summarize"),
        ("POST", "/accept"),
        ("POST", "/discard"),
        ("POST", "/cancel"),
        ("GET", "/changes"),
    ):
        body = {"language": "ar", "length": "short", "text": "x"}
        route = f"{SPACE}/posts/{post_id}{path}"
        assert rest(connected, method, route, body, user=contributor)[0] == 403
        assert rest(connected, method, route, body, user=0)[0] == 401
    assert rest(connected, "POST", f"{SPACE}/test", user=contributor)[0] == 403


def test_a_contributors_own_draft_is_the_contributors(connected, english):
    contributor = int(connected.php("echo get_user_by( 'login', 'contributor' )->ID;"))
    post_id = post(connected, english, "A headline", author=contributor)
    status, _ = rest(connected, "POST", f"{SPACE}/posts/{post_id}/summarize", user=contributor)
    assert status == 200


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"url": "http://127.0.0.1:{closed}"}, "khulasa_unreachable", "cannot be reached"),
        ({"api_key": "khu_00000000_wrong"}, "khulasa_unauthenticated", "API key"),
    ],
)
def test_what_goes_wrong_is_said_in_an_editors_words(
    connected, service, settings, code, words, english
):
    settings = {name: value.format(closed=free_port()) for name, value in settings.items()}
    configure(connected, **{"url": service.url, "api_key": service.key, **settings})
    post_id = post(connected, english, "A headline")
    status, error = rest(connected, "POST", f"{SPACE}/posts/{post_id}/summarize")
    assert status == 502
    assert error["code"] == code
    assert words in error["message"]
    assert rest(connected, "POST", f"{SPACE}/test")[1]["code"] == code


def test_a_service_without_room_says_when_to_come_back(wordpress, tmp_path, english):
    with server(tmp_path, job_queue=0) as full:
        configure(wordpress, url=full.url)
        post_id = post(wordpress, english, "A headline")
        status, error = rest(wordpress, "POST", f"{SPACE}/posts/{post_id}/summarize")
    assert (status, error["code"]) == (503, "khulasa_queue_full")
    assert "30 seconds" in error["message"]


def test_a_text_in_another_language_is_refused_by_name(connected):
    post_id = post(connected, "Le gouvernement a annoncé que les négociations se poursuivent. " * 4)
    status, error = rest(connected, "POST", f"{SPACE}/posts/{post_id}/summarize")
    assert (status, error["code"]) == (422, "khulasa_wrong_language")


def webhook(wordpress, message_id, body, secret=SECRET, at=None, **changes):
    raw = json.dumps(body)
    at = int(time.time()) if at is None else at
    headers = signing.headers(signing.read_secret(secret), message_id, at, raw.encode())
    return rest(wordpress, "POST", f"{SPACE}/webhook", raw, user=0, headers=headers | changes)[0]


def test_a_signed_message_is_taken_once_and_a_forged_one_never(connected):
    body = {"type": "job.done", "data": {"job_id": "0" * 32}}
    other = "whsec_" + "QUJD" * 11
    assert webhook(connected, "m1", body) == 204
    assert webhook(connected, "m1", body) in {401, 403}
    assert webhook(connected, "m2", body, secret=other) in {401, 403}
    assert webhook(connected, "m3", body, at=int(time.time()) - 3600) in {401, 403}
    assert webhook(connected, "m4", body, **{"webhook-signature": "v1,AAAA"}) in {401, 403}
    assert webhook(connected, "m5", body, **{"webhook-id": "m6"}) in {401, 403}


def test_the_services_own_webhook_brings_the_summaries(connected, samples):
    post_id = post(connected, samples["en-sport-01"]["text"], "A match")
    assert rest(connected, "POST", f"{SPACE}/posts/{post_id}/summarize")[0] == 200
    until(lambda: connected.php(f"echo get_post_meta( {post_id}, '_khulasa_draft', true );"), 300)


def test_without_webhooks_wp_cron_brings_them(connected, service, samples):
    configure(connected, url=service.url, api_key=service.key)
    post_id = post(connected, samples["ar-sport-01"]["text"])
    assert rest(connected, "POST", f"{SPACE}/posts/{post_id}/summarize")[0] == 200

    def brought():
        connected.cron()
        return connected.php(f"echo get_post_meta( {post_id}, '_khulasa_draft', true );")

    until(brought, 300)


def test_neither_article_nor_key_is_in_any_log(connected, service, seed):
    logged = connected.logged()
    assert "ماسك" not in logged
    assert service.key not in logged
    assert "khulasa" not in logged.lower(), logged[-2000:]
