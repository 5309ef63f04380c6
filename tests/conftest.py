"""What many tests share: one house over the shipped models, and applications over it."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from service import create_app
from service.house import House
from service.settings import Settings
from tests.services import absent

# A deadline for one example measures how busy the machine is, not the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

pytest_plugins = ["tests.engines.small_models"]

SEED = Path("seeds/seed-article.ar.txt")
SAMPLES = Path("seeds/samples.jsonl")


@pytest.fixture(scope="session")
def seed():
    return SEED.read_text("utf-8")


@pytest.fixture(scope="session")
def samples():
    return {
        sample["id"]: sample for sample in map(json.loads, SAMPLES.read_text("utf-8").splitlines())
    }


@pytest.fixture(scope="session")
def english(samples):
    """A short English article of the sample set."""
    return samples["en-economy-02"]["text"]


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The embedded profile, warm; its cache is shared by the tests of a process."""
    house = House(Settings(data_dir=tmp_path_factory.mktemp("house")))
    house.warm_up()
    yield house
    house.close()


@pytest.fixture(scope="session")
def client(house):
    return create_app(house.settings, house).test_client()


@pytest.fixture
def bare_house(tmp_path):
    """A house whose models are never loaded."""
    house = House(Settings(data_dir=tmp_path))
    yield house
    house.close()


@pytest.fixture(scope="session")
def chromium():
    found = shutil.which("chromium")
    if found is None:
        absent("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
