"""The pictures of docs/images: `make screenshots`. Needs chromium and requirements-dev.txt.

Serves the page from a house of its own, has it read the seed article and a sample by the default
profile, and takes what a reader sees: in English and Arabic, on a desk and on a phone, by night.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from service import create_app
from service.domain import Article
from service.house import House
from service.pipeline.run import Run
from service.settings import ROOT, Settings

IMAGES = ROOT / "docs" / "images"
DESK, PHONE = {"width": 1280, "height": 960}, {"width": 390, "height": 844}


def read_articles(house: House) -> tuple[str, str]:
    """The ids of the seed article and of an English sample; others fill the list."""
    samples = [json.loads(line) for line in (ROOT / "seeds/samples.jsonl").open(encoding="utf-8")]
    for sample in samples[2:12:4]:
        house.digest(Article(text=sample["text"], title=sample["title"]), Run())
    english = next(sample for sample in samples if sample["lang"] == "en")
    seed = json.loads((ROOT / "seeds/seed-article.references.json").read_text("utf-8"))
    return tuple(  # type: ignore[return-value]  # two in, two out
        house.digest(Article(text=each["text"], title=each["title"]), Run()).id
        for each in (seed, english)
    )


def light_a_pair(page: Page) -> None:
    """A sentence and its translation lit, as under a pointer."""
    page.locator(".target .s").first.dispatch_event("pointermove", {"clientX": 1, "clientY": 1})


def take(browser: Browser, address: str, path: str, name: str, **options: object) -> None:
    """One picture, in docs/images/NAME.png."""
    language, act = options.pop("language", "en"), options.pop("act", None)
    context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    context.add_cookies([{"name": "khulasa_language", "value": str(language), "url": address}])
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_selector("body[data-ready]")
    page.evaluate("document.fonts.ready")
    if callable(act):
        act(page)
        page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def main() -> None:
    """Make all pictures anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(data_dir=Path(folder)))
        server = make_server("127.0.0.1", 0, create_app(house.settings, house), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.port}"
        seed, english = (f"/articles/{each}" for each in read_articles(house))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            take(browser, address, seed, "desktop-en", viewport=DESK, act=light_a_pair)
            take(browser, address, seed, "desktop-ar", viewport=DESK, language="ar")
            take(browser, address, seed, "phone-ar", viewport=PHONE, language="ar")
            take(browser, address, english, "dark", viewport=DESK, color_scheme="dark")
            take(browser, address, "/", "desk-en", viewport=DESK)
            browser.close()
        server.shutdown()
        house.close()


if __name__ == "__main__":
    main()
