"""Editors' work in a real browser where something is in the way: others, keys, a dead line."""

from dataclasses import replace

import pytest

from service import flags
from service.access.keys import Keys
from service.desk.desk import document_key
from service.glossary import Glossary, Term
from tests.builders import digest
from tests.web.conftest import own_house, serving, stock

pytestmark = pytest.mark.browser

PAIRS = (
    ("بلغت قيمة العقد 1.8 مليار دولار.", "The contract was worth $18 billion."),
    ("ونفى المتحدث ذلك.", "The spokesman denied that."),
)
FLAGS = (flags.make("unsupported_number", "summaries.en.short.0", target="$18 billion"),)
ARTICLE = f"/articles/{'a' * 64}"
ONE = Glossary.of([Term("ماسك", "Musk")])


@pytest.fixture
def house(tmp_path):
    with own_house(tmp_path) as house:
        made = digest(PAIRS, FLAGS, title="عقد", title_translation="A contract")
        short = replace(
            made.summaries["en"]["short"],
            rejected="x",
            reason="unsupported_number: 99; unsupported",
        )
        made.summaries["en"]["short"] = short
        stock(house, made)
        yield house


@pytest.fixture
def site(house):
    with serving(house) as address:
        yield address


WORDS = {
    "en": ("a number that the article does not state", "does not answer"),
    "ar": ("رقم لا يذكره المقال", "الخدمة لا تجيب"),
}
languages = pytest.mark.parametrize("language", ["en", "ar"])


@languages
def test_a_claim_with_a_mark_is_one_button_that_tells_of_it(reader, site, language):
    said, _ = WORDS[language]
    page = reader(site, language=language).open(ARTICLE)
    claim = page.locator("#summary-en-short .claim")
    assert claim.locator(".mark").inner_text() == "$18 billion"
    assert claim.locator("a, button").count() == 0
    claim.locator(".mark").hover()
    assert said in page.inner_text("#tip")
    claim.focus()
    page.keyboard.press("Enter")
    assert claim.get_attribute("aria-pressed") == "true"
    assert said in page.inner_text("#slip li")
    page.keyboard.press("Escape")
    claim.locator(".mark").click()
    assert claim.get_attribute("aria-pressed") == "true"
    page.locator("#summary-en-short .rejected summary").click()
    assert said in page.inner_text("#summary-en-short .rejected")
    assert "unsupported" not in page.inner_text("#summary-en-short .rejected")


@languages
def test_correcting_says_why_it_cannot_begin_and_begins_when_it_can(reader, site, language):
    _, said = WORDS[language]
    page = reader(site, language=language).open(ARTICLE)
    page.route("**/v1/articles/*", lambda route: route.abort())
    for _ in range(2):
        page.click("[data-correct='translation.title']")
        page.wait_for_selector(f".notice:visible >> text={said}")
    assert page.locator(".notice:visible").count() == 1
    assert page.locator(".correction").count() == 0
    page.unroute("**/v1/articles/*")
    page.click("[data-correct='translation.title']")
    page.wait_for_selector(".correction")
    assert page.locator(".notice:visible").count() == 0


@languages
def test_versions_say_why_they_are_not_there(reader, site, house, language):
    _, said = WORDS[language]
    house.desk.correct(digest(PAIRS, title="عقد", title_translation="A contract"),
                       "translation.title", "A deal", "سلمى", None)  # fmt: skip
    assert house.desk.corrections.versions(
        document_key(digest(PAIRS, title="عقد", title_translation="A contract").document)
    )
    page = reader(site, language=language).open(ARTICLE)
    page.route("**/feedback", lambda route: route.abort())
    page.click("[data-versions='translation.title']")
    page.wait_for_selector(f"#versions >> text={said}")
    page.click("#versions >> button")
    page.unroute("**/feedback")
    page.click("[data-versions='translation.title']")
    page.wait_for_selector("#versions >> text=A deal")
    assert said not in page.inner_text("#versions")


def test_two_who_add_a_term_at_once_lose_none(reader, site, house):
    house.glossaries.put("politics", ONE, "سلمى")
    page = reader(site).open("/glossary?desk=politics")
    page.fill("#ar", "بوتين")
    page.fill("#en", "Putin")
    page.fill("#by", "Layla")
    others = []

    def in_between(route):
        if route.request.method == "PUT" and not others:
            stands = house.glossaries.get("politics").terms
            others.append(Term("لافروف", "Lavrov"))
            house.glossaries.put("politics", Glossary.of((*stands, *others)), "Adam")
        route.continue_()

    page.route("**/v1/glossaries/**", in_between)
    page.click("#add button >> nth=0")
    page.wait_for_selector("#terms >> text=Putin")
    found = {term.en for term in house.glossaries.get("politics").terms}
    assert found == {"Musk", "Lavrov", "Putin"}


@languages
def test_an_endless_race_is_told(reader, site, house, language):
    house.glossaries.put("politics", ONE, "سلمى")
    page = reader(site, language=language).open("/glossary?desk=politics")
    page.fill("#ar", "بوتين")
    page.fill("#en", "Putin")
    page.fill("#by", "Layla")
    tried = []

    def first(route):
        if route.request.method == "PUT":
            tried.append(Term(f"اسم{len(tried)}", f"Name{len(tried)}"))
            house.glossaries.put("politics", Glossary.of((*ONE.terms, *tried)), "Adam")
        route.continue_()

    page.route("**/v1/glossaries/**", first)
    page.click("#add button >> nth=0")
    said = {"en": "at the same time", "ar": "في الوقت نفسه"}[language]
    page.wait_for_selector(f"#glossary-notice >> text={said}")
    assert len(tried) == 3
    assert page.input_value("#en") == "Putin"


@languages
def test_a_glossary_that_cannot_be_read_is_told_in_the_readers_language(reader, site, language):
    page = reader(site, language=language).open("/glossary?desk=politics")
    page.fill("#by", "Layla")
    wrong = {"name": "a.tsv", "mimeType": "text/plain", "buffer": b"x\ty\n1\t2\n"}
    page.set_input_files("#file", wrong)
    said = {"en": "cannot be read as it is", "ar": "لا يُقرأ هذا كما هو"}[language]
    page.wait_for_selector(f"#glossary-notice >> text={said}")


def test_the_other_language_shows_the_desk_that_is_looked_at(reader, site, house):
    house.glossaries.put("politics", ONE, "سلمى")
    page = reader(site).open("/glossary")
    page.fill("#desk", "politics")
    page.click("#find button")
    page.wait_for_selector("#terms >> text=Musk")
    page.click("[data-language]")
    page.wait_for_selector("html[lang=ar] #terms >> text=Musk")
    assert page.input_value("#desk") == "politics"


def test_with_a_key_there_is_a_choice_of_glossary(reader, tmp_path):
    keys = Keys(tmp_path / "keys.sqlite")
    _, key = keys.create("desk", "write")
    keys.close()
    with own_house(tmp_path, keys="on") as house, serving(house) as address:
        house.glossaries.put("politics", ONE, "سلمى")
        page = reader(address).open("/")
        page.fill("#key-field", key)
        page.click("#key .primary")
        page.wait_for_selector("#glossary option[value=politics]", state="attached")
        assert page.locator("#compose").evaluate("form => form.glossary.options.length") == 3
