"""axe-core finds nothing on any page, in both languages and both themes."""

import pytest

from service import flags
from tests.builders import digest
from tests.web.conftest import PHONE, WIDE, own_house, serving, stock

pytestmark = pytest.mark.browser

PAIRS = (
    ("بلغت قيمة العقد 1.8 مليار دولار بحسب SpaceX.", "The contract was worth $18 billion."),
    ("ونفى المتحدث ذلك.", "The spokesman denied that."),
)
FLAGS = (
    flags.make("money_changed", "translation.sentences.0", source="1.8 مليار دولار",
               target="$18 billion"),
    flags.make("unsupported_number", "summaries.en.short.0", target="$18 billion"),
)  # fmt: skip
ARTICLE = f"/articles/{'a' * 64}"


def nothing(page):
    """A page as it opens."""


def with_everything_open(page):
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def with_the_slip(page):
    page.locator(".target .s").first.click()


def with_a_correction(page):
    page.locator("[data-correct='translation.title']").click()
    page.wait_for_selector(".correction")


def with_evidence(page):
    page.locator(".claim").first.click()


STATES = (
    ("/", nothing),
    ("/", with_everything_open),
    (ARTICLE, with_everything_open),
    (ARTICLE, with_the_slip),
    (ARTICLE, with_a_correction),
    (ARTICLE, with_evidence),
    ("/articles/none", nothing),
    ("/glossary?query=lebanon", nothing),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with own_house(tmp_path_factory.mktemp("access")) as house:
        stock(house, digest(PAIRS, FLAGS, title="عقد", title_translation="A contract"))
        with serving(house) as address:
            yield address


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anyone_out(reader, site, language, theme):
    window = reader(site, language=language, color_scheme=theme)
    found = {}
    for path, act in STATES:
        page = window.open(path)
        act(page)
        found[f"{path} {act.__name__}"] = window.violations()
    if language == "en":  # the reference, the largest page, is in English either way
        window.open("/docs")
        found["/docs"] = window.violations()
    window.page.set_viewport_size(PHONE)
    window.open(ARTICLE)
    found["phone"] = window.violations()
    window.page.set_viewport_size(WIDE)
    assert {state: each for state, each in found.items() if each} == {}
