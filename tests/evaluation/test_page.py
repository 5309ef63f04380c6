"""The HTML report: one file, nobody else's host, hostile text kept harmless, Arabic kept right."""

import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.evaluation.collect import SystemRun
from service.evaluation.compare import compare
from service.evaluation.measures import running
from service.evaluation.page import page_html, write_page
from service.evaluation.page.plots import HEIGHT, WIDTH, bars_plot, interval_plot
from service.evaluation.page.view import MOST_ARTICLES, page_view
from service.evaluation.report import Report
from service.evaluation.sets import Article, Output
from service.evaluation.significance import Resampler

EVIL = """</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&<!--]]>"""


class Elements(HTMLParser):
    """The elements and their attributes, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def report_of(text: str, other: str) -> Report:
    article = Article(text or "-", "ar", text or "-", title=text, topic=text)
    runs = [
        SystemRun(name or "-", {article.id: Output(article.id, {"short_ar": name}, name)})
        for name in (text, other)
    ]
    few = Resampler(1, draws=2, trials=2)
    return compare([article], *runs, running.measures(), resampler=few)


@pytest.fixture
def report(planted) -> Report:
    return planted


@pytest.fixture(scope="module")
def page(planted) -> str:
    return page_html(planted)


def test_nothing_is_fetched_from_anywhere(page):
    elements = Elements(page)
    assert not re.search(r"""(?:https?:)?//[a-z0-9]""", page.replace("://www.w3.org", ""))
    for _, attributes in elements.found:
        assert not attributes.keys() & {"src", "href", "srcset", "action", "style", "onclick"}
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {
        tag for tag, _ in elements.found
    }
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_the_pages_own_style_and_script_alone(page):
    policy = Elements(page).named("meta")[1]["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text_everywhere():
    html = page_html(report_of(EVIL, EVIL + "b"))
    elements = Elements(html)
    assert len(elements.named("script")) == 1
    assert not elements.named("img")
    assert "<script>alert" not in html


def skeleton(html: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(tag, tuple(attributes)) for tag, attributes in Elements(html).found}


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_brings_no_element_of_its_own(page, a, b):
    ordinary = skeleton(page) | skeleton(page_html(report_of("أ ب", "أ ب ج")))
    assert skeleton(page_html(report_of(a, b))) <= ordinary


def test_arabic_is_right_to_left_and_titles_are_isolated(page, sample_set):
    elements = Elements(page)
    arabic = [a for a in elements.named("p") if a.get("lang") == "ar"]
    assert len(arabic) > len(sample_set)
    assert all(attributes["dir"] == "rtl" for attributes in arabic)
    titles = [a for a in elements.named("bdi") if a.get("class") == "title"]
    assert len(titles) == len(sample_set)


def test_what_changed_most_comes_first_and_only_changes_are_lit(report, page):
    view = page_view(report)
    changes = [article.change for article in view.articles]
    assert changes == sorted(changes, reverse=True)
    assert changes[0] > 0
    assert changes[-1] == 0
    lit = page.count('<mark class="a">')
    assert lit == sum(span.changed for v in view.articles for part in v.parts for span in part.a)
    assert 0 < lit < 60
    assert '<mark class="b">' not in page  # B only lacks what A has


def test_a_failure_and_its_reason_are_shown(sample_set, references_run, measures):
    broken = SystemRun(
        "broken", {a.id: Output(a.id, {}, "", error="too_short: no") for a in sample_set}
    )
    html = page_html(compare(sample_set, references_run, broken, measures))
    assert "B failed: <bdi>too_short: no</bdi>" in html
    assert f"{len(sample_set)} of {len(sample_set)} articles failed" in html


def test_of_very_many_articles_the_most_changed_are_shown(report, measures):
    article = report.articles[0]
    many = [replace(article, id=f"n{number}") for number in range(MOST_ARTICLES + 5)]
    output = report.a.outputs[article.id]
    run = SystemRun("many", {a.id: replace(output, article_id=a.id) for a in many})
    big = compare(many, run, run, measures[-1:], resampler=Resampler(len(many), 2, 2))
    assert len(page_view(big).articles) == MOST_ARTICLES
    assert f"The {MOST_ARTICLES} articles whose answers differ most" in page_html(big)


@given(st.lists(st.none() | st.floats(-100, 100), max_size=300))
def test_bars_stay_in_their_box(differences):
    plot = bars_plot(differences)
    assert len(plot.bars) <= 60
    for bar in plot.bars:
        assert 0 <= bar.x < WIDTH
        assert 0 <= bar.top <= bar.top + bar.height <= HEIGHT


@given(st.floats(-50, 50), st.floats(-50, 50), st.none() | st.floats(0.1, 100))
def test_intervals_stay_in_their_box_and_zero_in_the_middle(one, another, reach):
    low, high = sorted((one, another))
    plot = interval_plot(low, high, (low + high) / 2, reach=reach)
    assert 0 <= plot.low <= plot.at <= plot.high <= WIDTH
    assert interval_plot(low, high, 0.0).at == WIDTH / 2


@pytest.mark.browser
def test_the_script_runs_under_the_policy_in_a_real_browser(report, tmp_path):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here")
    write_page(report, tmp_path / "report.html")
    done = subprocess.run(
        [
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
            f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "report.html").as_uri(),
        ],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    (tools,) = re.findall(r'<div class="tools"([^>]*)>', done.stdout)
    assert "hidden" not in tools  # the script shows the tools that need it
