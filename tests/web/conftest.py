"""A real server on a real port and a real Chromium that reads its pages."""

import threading
from contextlib import contextmanager
from importlib.resources import files

import pytest
from werkzeug.serving import make_server

from service import codec, create_app
from service.house import House
from service.settings import Settings

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def serving(house):
    """The address at which an application over the house answers."""
    server = make_server("127.0.0.1", 0, create_app(house.settings, house), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def own_house(folder, **settings):
    """A house of the test's own; its models are loaded only if something is computed."""
    house = House(Settings(data_dir=folder, **settings))
    try:
        yield house
    finally:
        house.close()


def stock(house, digest):
    """Put a Digest where the page finds it, without running a model."""
    house.cache.put(digest.id, codec.encode(digest))
    house.history.add(digest)
    return digest.id


class Reader:
    """A browser window on one server, which fails the test on any error in the page."""

    def __init__(self, browser, address, **options):
        self.address, self.troubles = address, []
        language = options.pop("language", "en")
        self.context = browser.new_context(
            base_url=address, viewport=options.pop("viewport", WIDE), reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"], **options,
        )  # fmt: skip
        self.prefer(language=language)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)  # the machine may be under load
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._watch)

    def _watch(self, request):
        if not request.url.startswith((self.address, "blob:")):
            self.troubles.append(f"asks another host: {request.url}")

    def prefer(self, **preferences):
        self.context.add_cookies(
            [
                {"name": f"khulasa_{name}", "value": value, "url": self.address}
                for name, value in preferences.items()
            ]
        )

    def open(self, path):
        self.page.goto(path)
        self.page.wait_for_selector("body[data-ready]")
        return self.page

    def violations(self):
        """What axe-core finds on the page as it stands, against WCAG 2.2 AA and best practice."""
        # Evaluated by the browser's own protocol: the page's policy forbids injected scripts.
        axe = files("axe_playwright_python") / "axe.min.js"
        self.page.evaluate(axe.read_text("utf-8") + ";null")
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['html'][:200]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    def close(self):
        self.context.close()
        assert self.troubles == []


@pytest.fixture
def reader(chromium):
    """Opens windows on servers; closed, and held to have had no error, when the test ends."""
    opened = []

    def open_window(address, **options):
        opened.append(Reader(chromium, address, **options))
        return opened[-1]

    yield open_window
    for each in opened:
        each.close()
