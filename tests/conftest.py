"""What many tests share: one house over the shipped models, and applications over it."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from service import create_app
from service.house import House
from service.settings import Settings
from tests.services import absent

# How long an example takes, or the making of one, measures how busy the machine is, not the code.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

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


@pytest.fixture
def unhurried_redis(monkeypatch):
    """A Redis that takes long to answer, as on a crowded machine, is not away; a killed one is."""
    for module in ("cache.redis", "serving.shared", "jobs.ledger"):
        monkeypatch.setattr(f"service.{module}._TIMEOUT_S", 30.0)
    patience = {"socket_timeout": 30, "socket_connect_timeout": 30}
    monkeypatch.setattr("service.api.limits._REDIS", patience)


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
