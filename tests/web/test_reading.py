"""Reading in a real browser: lighting, evidence, marks, tabs, preferences, the keyboard alone."""

import re

import pytest

from service import flags
from service.domain import Evidence, Summary, SummarySentence
from tests.builders import digest
from tests.web.conftest import PHONE, own_house, serving, stock

pytestmark = pytest.mark.browser

PAIRS = tuple(
    (f"قال المتحدث رقم {n} إن شركة SpaceX وقّعت عقداً بقيمة 1.8 مليار دولار في تموز.",
     f"Spokesman {n} said that SpaceX signed a contract worth $1.9 billion in July.")
    for n in range(24)
)  # fmt: skip
FLAGS = (
    flags.make("draft_translation", "translation"),
    flags.make("money_changed", "translation.sentences.3", source="1.8 مليار دولار",
               target="$1.9 billion"),
)  # fmt: skip
ARTICLE = f"/articles/{'a' * 64}"


def an_article():
    made = digest(PAIRS, FLAGS, title="عقد SpaceX الجديد", title_translation="A new contract")
    claims = (
        SummarySentence("Spokesmen said so.", (Evidence(20, 0.9), Evidence(2, 0.7))),
        SummarySentence("It is worth billions.", (Evidence(3, 0.8),)),
    )
    made.summaries["en"]["long"] = Summary("en", "long", claims, "seq2seq")
    made.summaries["ar"]["long"] = Summary("ar", "long", (SummarySentence("قالوا."),), "editor")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with own_house(tmp_path_factory.mktemp("reading")) as house:
        stock(house, an_article())
        with serving(house) as address:
            yield address


@pytest.fixture
def page(reader, site):
    return reader(site).open(ARTICLE)


def lit(page):
    return page.locator(".s.lit").evaluate_all("all => all.map(each => each.dataset.s)")


def held(page):
    found = page.locator(".s.held").evaluate_all("all => all.map(each => each.dataset.s)")
    return sorted(set(map(int, found)))


def in_view(locator):
    box, height = locator.bounding_box(), locator.page.viewport_size["height"]
    return box["y"] < height and box["y"] + box["height"] > 0


def test_hovering_a_sentence_lights_its_partner(page):
    page.locator(".target .s").nth(2).hover()
    assert lit(page) == ["2", "2"]
    page.locator(".source .s").nth(4).hover()
    assert lit(page) == ["4", "4"]


def test_each_sentence_runs_as_its_language_does(page):
    for side, language, direction in (("source", "ar", "rtl"), ("target", "en", "ltr")):
        sentence = page.locator(f".{side} .s").first
        assert sentence.get_attribute("lang") == language
        assert sentence.get_attribute("dir") == direction
        assert sentence.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"
    name = page.locator(".source bdi[lang=en]").first
    assert (name.inner_text(), name.get_attribute("dir")) == ("SpaceX", "ltr")


def test_the_columns_share_their_baselines(page):
    for pair in page.locator(".paragraphs .pair").all()[:3]:
        tops = pair.locator(".s").evaluate_all(
            "all => all.map(e => { const r = document.createRange(); r.selectNodeContents(e);"
            " const s = document.createElement('span'); s.style.display = 'inline-block';"
            " e.prepend(s); const y = s.getBoundingClientRect().bottom; s.remove(); return y; })"
        )
        assert abs(tops[0] - tops[1]) < 1
    steps = page.locator(".prose").evaluate_all(
        "all => new Set(all.map(e => getComputedStyle(e).lineHeight)).size"
    )
    assert steps == 1


def test_a_summary_sentence_lights_its_evidence_in_both_columns_and_leads_back(page):
    page.click("#tab-long")
    claim = page.locator("#summary-en-long .claim").first
    claim.click()
    assert held(page) == [2, 20]
    assert page.locator(".s.held").count() == 4
    assert in_view(page.locator('.source [data-s="20"]'))
    assert "Spokesmen said so." in page.inner_text("#slip .quote")
    assert "sentence 21 (1 of 2)" in page.inner_text("#slip [role=status]")
    page.click("#slip >> text=Next")
    assert in_view(page.locator('.source [data-s="2"]'))
    page.keyboard.press("Escape")
    assert held(page) == []
    assert page.locator("#slip").is_hidden()
    assert in_view(claim)
    assert claim.evaluate("e => e === document.activeElement")


def test_a_claim_without_evidence_says_so(page):
    page.click("#tab-long")
    page.locator("#summary-ar-long .claim").click()
    assert "No sentence of the article" in page.inner_text("#slip")


def test_a_mark_explains_itself_on_hover_and_on_focus(page):
    mark = page.locator(".target .mark")
    assert mark.inner_text() == "$1.9 billion"
    mark.hover()
    assert "another sum of money" in page.inner_text("#tip")
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    page.locator(".source .mark").focus()
    assert "another sum of money" in page.inner_text("#tip")
    mark.click()
    assert page.locator("#note-1").is_visible()


def test_a_note_leads_to_its_words(page):
    page.locator("#notes summary").click()
    page.locator("#note-1 a").click()
    assert page.evaluate("document.activeElement.dataset.s") == "3"
    assert lit(page) == ["3", "3"]


def test_notes_are_in_the_readers_language(reader, site):
    page = reader(site, language="ar").open(ARTICLE)
    page.locator(".source .mark").hover()
    assert "المبلغ تغيّر" in page.inner_text("#tip")


def test_the_keyboard_alone_reads_lights_and_corrects(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('.source .s')"):
            break
        page.keyboard.press("Tab")
    assert lit(page) == ["0", "0"]
    page.keyboard.press("ArrowDown")
    assert lit(page) == ["1", "1"]
    page.keyboard.press("End")
    assert lit(page) == ["23", "23"]
    assert in_view(page.locator('.source [data-s="23"]'))
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.side').className").endswith("target")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Correct"
    page.keyboard.press("Enter")
    page.wait_for_selector(".correction")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.press("Escape")
    page.wait_for_selector(".correction", state="detached")
    assert page.evaluate("document.activeElement.dataset.s") == "23"


def test_tabs_are_walked_with_arrow_keys(page):
    page.locator("#tab-short").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#tab-long").get_attribute("aria-selected") == "true"
    assert page.locator("#panel-long").is_visible()
    assert page.locator("#panel-short").is_hidden()
    page.keyboard.press("Home")
    assert page.locator("#panel-short").is_visible()


def test_one_column_can_be_read_alone(page):
    page.click(".segments >> text=English")
    assert page.locator(".source.prose").first.is_hidden()
    page.click(".segments >> text=Both")
    assert page.locator(".source.prose").first.is_visible()


def test_the_interface_language_is_switched_and_remembered(page):
    page.click("[data-language]")
    page.wait_for_selector("html[lang=ar]")
    assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
    page.goto("/")
    assert page.evaluate("document.dir") == "rtl"


def test_theme_and_numerals_are_chosen_and_remembered(reader, site):
    page = reader(site, language="ar").open(ARTICLE)
    day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#display summary")
    page.check("input[value=dark]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != day
    with page.expect_navigation():
        page.check("input[value=arabic]")
    assert "١٫٨" in page.inner_text(".source .s >> nth=3")
    assert "$1.9" in page.inner_text(".target .s >> nth=3")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != day


def test_the_dark_theme_follows_the_system(reader, site):
    page = reader(site, color_scheme="dark").open(ARTICLE)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", paper)[:3])) < 60


def test_on_a_phone_nothing_is_wider_than_the_window(reader, site):
    for language in ("ar", "en"):
        page = reader(site, language=language, viewport=PHONE).open(ARTICLE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        source, target = (page.locator(f".{side} .s").first for side in ("source", "target"))
        assert target.bounding_box()["y"] > source.bounding_box()["y"]


def test_it_is_copied_as_text_markdown_and_html(page):
    for kind, sign in (("txt", "A new contract"), ("md", "## Short (English)")):
        page.click(".tools summary")
        page.click(f"[data-copy={kind}]")
        page.wait_for_selector("#told:not(:empty)")
        assert sign in page.evaluate("navigator.clipboard.readText()")
        page.evaluate("document.getElementById('told').textContent = ''")
    page.click(".tools summary")
    page.click("[data-copy=html]")
    page.wait_for_selector("#told:not(:empty)")
    html = page.evaluate(
        "navigator.clipboard.read().then(([i]) => i.getType('text/html')).then(b => b.text())"
    )
    assert "A new contract" in html


def test_json_is_downloaded_as_the_service_answers_it(page):
    with page.expect_download() as download:
        page.click("#download")
    assert '"signature":"khulasa:0|profile:embedded"' in download.value.path().read_text("utf-8")


def test_on_paper_there_are_no_controls_and_both_lengths(page):
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()
    assert page.locator(".masthead nav").is_hidden()
    assert page.locator("#panel-short").is_visible()
    assert page.locator("#panel-long").is_visible()


def test_a_term_is_added_to_a_new_glossary_found_and_exported(reader, site):
    page = reader(site).open("/glossary")
    page.fill("#desk", "sports")
    page.click("#find button")
    page.wait_for_selector("#terms .empty")
    for name, value in (("by", "Layla"), ("ar", "برشلونة"), ("en", 'FC "Barcelona"')):
        page.fill(f"#{name}", value)
    page.click("#add button >> nth=0")
    page.wait_for_selector("#terms >> text=Barcelona")
    page.fill("#query", "برشلونه")
    page.click("#find button")
    page.wait_for_selector("#terms >> text=Barcelona")
    with page.expect_download() as download:
        page.click("#export")
    exported = download.value.path().read_text("utf-8")
    page.set_input_files("#file", {"name": "x.csv", "mimeType": "text/csv",
                                   "buffer": "ar,en\nمدريد,Madrid\n".encode()})  # fmt: skip
    page.wait_for_selector("#terms .empty")
    page.fill("#query", "")
    page.click("#find button")
    page.wait_for_selector("#terms >> text=Madrid")
    assert "برشلونة" in exported
