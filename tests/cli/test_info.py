import json

import pytest
from click.testing import CliRunner

from service.cli import build
from service.errors import ModelsMissing
from service.glossary import read
from service.glossary.store import GlossaryStore


@pytest.fixture
def facts(tmp_path, monkeypatch):
    def unloaded(_):
        raise ModelsMissing("models pull")

    monkeypatch.setenv("KHULASA_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("service.house.House.signature", unloaded)
    return lambda: json.loads(CliRunner().invoke(build(), ["info", "--json"]).stdout)


@pytest.mark.parametrize("desk", ["akhbar", "politics"])
def test_a_desk_without_a_glossary_is_told_until_it_has_one(facts, tmp_path, monkeypatch, desk):
    monkeypatch.setenv("KHULASA_GLOSSARY", desk)
    told = facts()["glossary"]
    assert "KHULASA_GLOSSARY" in told and desk in told
    store = GlossaryStore.of(tmp_path)
    store.put(desk, read("ar\ten\nماسك\tMusk\n"), "سلمى")
    store.close()
    assert facts()["glossary"] == desk


def test_the_glossary_in_force_is_told(facts, monkeypatch):
    assert facts()["glossary"] == "starter"
    monkeypatch.setenv("KHULASA_GLOSSARY", "")
    assert facts()["glossary"] == ""
