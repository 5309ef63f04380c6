"""From paste to the article in a real browser, over real engines with small random weights."""

import io
import shutil
import threading
from contextlib import contextmanager

import docx
import pytest

from service.access.keys import Keys
from service.pipeline.run import Run
from tests.engines.small_models import EXAMPLES
from tests.services import until
from tests.web.conftest import own_house, serving

pytestmark = [pytest.mark.browser, pytest.mark.torch]

SETTINGS = {
    "profile": "opus", "profiles_dir": EXAMPLES, "intra_threads": 1,
    "working": 1, "job_threads": 1, "job_queue": 1,
}  # fmt: skip
HOSTILE = (
    "<script>document.title = 'run'</script> قال المتحدث إن <img src=x onerror=alert(1)> "
    "الأسعار \u202eترتفع\u2067 اليوم في العاصمة. ونفى الوزير ذلك نفياً قاطعاً أمام الصحافيين."
)


@pytest.fixture(scope="module")
def small(_pulled, tmp_path_factory):
    """A house that works on one article at a time, and lets one job wait."""
    folder = tmp_path_factory.mktemp("flows") / "data"
    shutil.copytree(_pulled, folder)
    with own_house(folder, **SETTINGS) as house:
        house.warm_up()
        with serving(house) as address:
            house.address = address
            yield house


@contextmanager
def busy(house):
    """The house works on something else."""
    begun, end = threading.Event(), threading.Event()

    def hold():
        with house._gate.enter(Run()):
            begun.set()
            end.wait(600)

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(60)
    try:
        yield
    finally:
        end.set()
        thread.join()


def story(number):
    return (
        f"قال المتحدث باسم البلدية رقم {number} إن الأشغال في الشارع الرئيسي تنتهي في تموز. "
        "وأضاف أن الكلفة بلغت 1.8 مليون دولار. ونفى رئيس اللجنة وجود أي تأخير في المشروع."
    )


def send(page, text):
    page.fill("#text", text)
    page.click("#compose .primary")


def test_the_seed_from_paste_to_four_summaries(reader, small, seed):
    page = reader(small.address).open("/")
    page.fill("#text", seed)
    page.wait_for_selector(".found >> text=Looks like Arabic")
    page.click("#compose .primary")
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    assert "Arabic" in page.inner_text(".facts")
    for length in ("short", "long"):
        page.click(f"#tab-{length}")
        for language in ("ar", "en"):
            assert page.inner_text(f"#summary-{language}-{length} .prose").strip()
    page.locator("#dropped summary").click()
    dropped = page.inner_text("#dropped")
    assert "اقرأ المزيد" in dropped
    assert "Related Nodes" in dropped
    assert "اقرأ المزيد" not in page.inner_text(".paragraphs")
    page.locator("#made summary").click()
    for fact in ("khulasa", "Helsinki-NLP/opus-mt-ar-en", "facebook/bart-large-cnn"):
        assert fact in page.inner_text("#made")
    page.click(".wordmark")
    page.wait_for_selector("body.at-desk[data-ready]")
    assert "زعمت صحيفة" in page.inner_text("#history")
    with page.expect_response("**/fragments/history?query=*"):
        page.fill("#query", "صحيفه")
    assert "زعمت صحيفة" in page.inner_text("#history")
    page.fill("#query", "طقس")
    page.wait_for_selector("#history .empty")


def test_a_correction_is_served_at_the_next_request_and_can_be_taken_back(reader, small):
    window = reader(small.address)
    page = window.open("/")
    send(page, story(1))
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    model = page.inner_text(".target .s >> nth=1")
    page.locator(".target .s").nth(1).click()
    page.click("#slip >> text=Correct")
    page.fill(".correction textarea", "The cost was $1.8 million.")
    page.fill(".correction input >> nth=0", "Layla")
    page.click(".correction .primary")
    page.wait_for_selector(".s.edited")
    address = page.url.replace("/articles", "/v1/articles")
    served = page.request.get(address).json()["translation"]["sentences"][1]
    assert (served["text"], served["origin"]) == ("The cost was $1.8 million.", "editor")
    page.reload()
    assert page.inner_text(".s.edited") == "The cost was $1.8 million."
    page.wait_for_selector("body[data-ready]")
    page.locator(".s.edited").click()
    page.click("#slip >> text=Versions")
    page.wait_for_selector("#versions >> text=Layla")
    page.click("#versions >> text=Use the model's text")
    page.wait_for_selector(".s.edited", state="detached")
    assert page.inner_text(".target .s >> nth=1") == model


def test_the_models_text_comes_back_where_the_memory_put_the_editors(reader, small):
    page = reader(small.address).open("/")
    send(page, story(11))
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    first, model = page.url, page.inner_text(".target .s >> nth=1")
    path = f"{first.replace('/articles', '/v1/articles')}/feedback"
    right = {"which": "translation.sentences.1", "text": "It cost $1.8 million.", "by": "Layla"}
    assert page.request.post(path, data=right).status == 201
    page.goto("/")
    page.wait_for_selector("body[data-ready]")
    send(page, story(11))
    page.wait_for_url("**/articles/*")
    page.wait_for_selector(".s.edited")
    page.wait_for_selector("body[data-ready]")
    assert page.url != first
    page.locator(".s.edited").click()
    page.click("#slip >> text=Versions")
    page.fill("#versions label input", "Layla")
    page.click("#versions >> text=Use the model's text")
    page.wait_for_url(first)
    page.wait_for_selector("body[data-ready]")
    assert page.inner_text(".target .s >> nth=1") == model
    assert page.locator(".s.edited").count() == 0


def test_a_summary_is_corrected_in_place(reader, small):
    page = reader(small.address, language="ar").open("/")
    send(page, story(2))
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    page.click("[data-correct='summaries.ar.short']")
    page.fill(".correction textarea", "تنتهي أشغال الشارع في تموز.")
    page.fill(".correction input >> nth=0", "ليلى")
    page.focus(".correction textarea")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-versions='summaries.ar.short']")
    assert page.inner_text("#summary-ar-short .prose") == "تنتهي أشغال الشارع في تموز."
    assert "كتبه محرّر" in page.inner_text("#summary-ar-short .tail")


def test_work_is_cancelled(reader, small):
    page = reader(small.address).open("/")
    with busy(small):
        send(page, story(3))
        page.wait_for_url("**/jobs/*")
        page.click("#cancel")
        page.wait_for_selector("#again:visible")
        assert page.inner_text(".status") == "Cancelled. Nothing was kept."
    page.click("#again")
    page.wait_for_selector("body.at-desk[data-ready]")
    assert page.input_value("#text") == story(3)


def test_an_overload_is_counted_down_and_tried_again(reader, small):
    page = reader(small.address).open("/")
    page.clock.install()
    with busy(small):
        running = page.request.post("/v1/articles", data={"text": story(4)},
                                    headers={"Prefer": "respond-async"}).json()  # fmt: skip
        until(lambda: small.jobs.get(running["id"]).state == "running")
        waiting = page.request.post("/v1/articles", data={"text": story(5)},
                          headers={"Prefer": "respond-async"}).json()  # fmt: skip
        send(page, story(6))
        page.wait_for_selector("#compose-notice >> text=Trying again in")
        page.click("#compose-notice >> text=Stop")
        page.wait_for_selector("#compose-notice", state="hidden")
        page.click("#compose .primary")
        page.wait_for_selector("#compose-notice >> text=Trying again in")
    until(lambda: small.jobs.get(waiting["id"]).ended, 60)
    page.clock.run_for(31_000)
    page.wait_for_url("**/articles/*")


def test_nothing_in_an_article_runs_and_nothing_flips(reader, small):
    window = reader(small.address)
    page = window.open("/")
    send(page, HOSTILE)
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    assert page.title() != "run"
    assert page.locator("#article :is(script, img)").count() == 0
    shown = page.inner_text("#article")
    assert "ترتفع اليوم" in shown
    assert not any(control in shown for control in "\u202e\u2067\u2066\u202d")


def test_an_article_that_is_none_is_told_in_the_readers_language(reader, small):
    for language, words in (("en", "neither Arabic nor English"), ("ar", "ليس عربياً")):
        page = reader(small.address, language=language).open("/")
        send(page, "Le gouvernement a annoncé que les négociations se poursuivent à Paris. " * 3)
        page.wait_for_selector(f"#compose-notice >> text={words}")


def test_a_word_file_is_opened_and_dropped(reader, small):
    document, content = docx.Document(), io.BytesIO()
    document.add_heading("عنوان الملف", level=0)
    document.add_paragraph(story(7))
    document.save(content)
    page = reader(small.address).open("/")
    name, kind = "خبر.docx", "application/octet-stream"
    page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": content.getvalue()})
    page.wait_for_selector(".found >> text=Looks like Arabic")
    assert (page.input_value("#text"), page.input_value("#headline")) == (story(7), "عنوان الملف")
    dropped = page.evaluate_handle(
        "() => { const all = new DataTransfer();"
        " all.items.add(new File(['Dropped text in English.'], 'a.txt')); return all; }"
    )
    page.dispatch_event(".paper", "drop", {"dataTransfer": dropped})
    page.wait_for_selector(".found >> text=Looks like English")
    assert page.input_value("#text") == "Dropped text in English."


def test_the_language_can_be_overridden_afterwards(reader, small):
    page = reader(small.address).open("/")
    send(page, story(8))
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready]")
    page.click(".facts a")
    page.wait_for_selector(".found >> text=Looks like Arabic")
    assert page.input_value("#text") == story(8)
    page.select_option("#language", "ar")
    with page.expect_request("**/v1/articles") as sent:
        page.click("#compose .primary")
    assert sent.value.post_data_json["language"] == "ar"


def test_a_key_is_asked_for_once(reader, _pulled, tmp_path):
    shutil.copytree(_pulled, tmp_path / "data")
    keys = Keys(tmp_path / "data" / "keys.sqlite")
    _, key = keys.create("desk", "write")
    keys.close()
    with own_house(tmp_path / "data", keys="on", **SETTINGS) as house, serving(house) as address:
        page = reader(address).open("/")
        page.fill("#key-field", "khu_wrong")
        page.click("#key .primary")
        page.wait_for_selector("#key .problem >> text=unknown or revoked")
        page.fill("#key-field", key)
        page.click("#key .primary")
        page.wait_for_selector("#history .empty")
        send(page, story(9))
        page.wait_for_url("**/articles/*")
        page.wait_for_selector(".paragraphs")
        page.reload()
        page.wait_for_selector(".paragraphs")
        assert page.locator("#key").is_hidden()
        page.click("#display summary")
        page.click("#forget-key")
        page.wait_for_selector("#key:visible")


def test_what_is_translated_already_is_shown_while_the_rest_runs(reader, small):
    request = reader(small.address).page.request
    sent = request.post("/v1/articles", data={"text": story(10)},
                        headers={"Prefer": "respond-async"}).json()  # fmt: skip
    until(lambda: small.jobs.get(sent["id"]).ended, 60)
    draft = f"/fragments/jobs/{sent['id']}"
    shown = request.get(draft)
    assert shown.status == 200
    assert "رقم <bdi" in shown.text()
    assert 'data-sentences="3"' in shown.text()
    assert request.get(f"{draft}?have=3").status == 204
    assert request.get(f"/fragments/jobs/{'0' * 32}").status == 204
