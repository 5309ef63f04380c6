import pytest

from service.errors import NotFound
from service.glossary import Glossary, GlossaryStore, Term, starter

ONE = Glossary.of([Term("ماسك", "Musk")])
TWO = Glossary.of([Term("ماسك", "Musk"), Term("بوتين", "Putin", "person", (), ("Poutine",))])


@pytest.fixture
def store(tmp_path):
    store = GlossaryStore(tmp_path / "glossaries.sqlite")
    yield store
    store.close()


def test_every_version_of_a_desk_is_kept(store, tmp_path):
    store.put("politics", ONE, "سلمى")
    store.put("politics", TWO, "Adam")
    assert store.get("politics").terms == TWO.terms
    assert store.get("politics", ONE.version).terms == ONE.terms
    assert [(e.version, e.author) for e in store.editions("politics")] == [
        (TWO.version, "Adam"),
        (ONE.version, "سلمى"),
    ]
    again = GlossaryStore(tmp_path / "glossaries.sqlite")
    assert again.get("politics").version == TWO.version
    again.close()


def test_the_same_terms_add_no_version(store):
    first = store.put("sport", ONE, "a")
    assert store.put("sport", Glossary.of(ONE.terms), "b") == first
    assert len(store.editions("sport")) == 1


def test_going_back_is_a_new_version(store):
    for glossary in (ONE, TWO, ONE):
        store.put("sport", glossary, "a")
    assert store.get("sport").terms == ONE.terms
    assert len(store.editions("sport")) == 3


def test_the_starter_is_there_until_another_takes_its_place(store):
    assert store.get("starter") is starter()
    assert [edition.desk for edition in store.editions()] == ["starter"]
    store.put("starter", ONE, "a")
    assert store.get("starter").terms == ONE.terms
    assert [edition.terms for edition in store.editions()] == [1]


def test_an_unknown_desk_or_version_is_told(store):
    with pytest.raises(NotFound):
        store.get("sport")
    with pytest.raises(NotFound):
        store.get("starter", "nothing")
