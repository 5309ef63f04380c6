"""A first load and a very long article in a real browser: nothing is kept waiting."""

import pytest

from tests.builders import digest
from tests.web.conftest import own_house, serving, stock

pytestmark = pytest.mark.browser

# 400 sentences of 25 words.
LONG = tuple(
    (f"{n} " + "قال المتحدث باسم الحكومة إن المفاوضات ستستأنف في جنيف يوم الاثنين المقبل بعد أسبوع "
     "من التوقف وإن الوفد يرأسه وزير الخارجية الذي وصل أمس مع خمسة مستشارين.",
     f"{n} The government spokesman said that the talks would resume in Geneva on Monday after a "
     "week and that the delegation is led by the foreign minister, who arrived with five advisers.")
    for n in range(400)
)  # fmt: skip
ARTICLE = f"/articles/{'a' * 64}"
# What one turn of the wheel and the light that follows may cost: three frames.
STEP_MS = 50


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with own_house(tmp_path_factory.mktemp("speed")) as house:
        stock(house, digest(LONG, title="مقال طويل", title_translation="A long article"))
        with serving(house) as address:
            yield address


class Meter:
    """Seconds of the page's main thread, in its own processor time: other load does not count."""

    def __init__(self, page):
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent(self):
        found = self._session.send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in found if each["name"] == "TaskDuration")


def test_the_desk_is_ready_within_a_second_of_work(reader, site):
    window = reader(site)
    meter = Meter(window.page)
    window.open("/")
    assert 0 < meter.spent() < 1


def test_an_article_of_ten_thousand_words_opens_scrolls_and_lights_without_a_jerk(reader, site):
    window = reader(site)
    meter = Meter(window.page)
    page = window.open(ARTICLE)
    assert sum(len(source.split()) for source, _ in LONG) >= 10_000
    opened = meter.spent()
    assert 0 < opened < 2
    steps = 40
    page.mouse.move(400, 500)
    for step in range(steps):
        page.mouse.wheel(0, 1500)
        page.mouse.move(400 + step % 2, 500)
    page.locator('.target [data-s="399"]').scroll_into_view_if_needed()
    page.locator('.target [data-s="399"]').hover()
    assert page.locator(".s.lit").count() == 2
    assert 0 < (meter.spent() - opened) / steps * 1000 < STEP_MS
