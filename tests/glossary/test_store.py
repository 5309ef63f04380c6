from concurrent.futures import ThreadPoolExecutor

import pytest

from service.errors import Malformed, NotFound, PreconditionFailed
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


def test_what_is_expected_to_stand_is_looked_at_with_the_change(store):
    seen = []

    def expects(version):
        seen.append(version)
        return False

    for desk in ("sport", "starter"):
        with pytest.raises(PreconditionFailed, match=desk):
            store.put(desk, ONE, "a", expects)
    store.put("sport", ONE, "a")
    with pytest.raises(PreconditionFailed):
        store.put("sport", TWO, "a", expects)
    assert seen == [None, starter().version, ONE.version]
    assert store.get("sport").version == ONE.version
    store.put("sport", TWO, "a")  # what was refused left nothing behind


def test_of_editors_at_once_each_adds_to_what_stands(tmp_path):
    """Each through a connection of its own, as processes have it."""
    names = [f"{name}{number}" for name in "ab" for number in range(8)]

    def add(name):
        own = GlossaryStore(tmp_path / "glossaries.sqlite")
        while True:
            stands = own.get("sport")
            grown = Glossary.of((*stands.terms, Term(f"اسم{name}", f"Name{name}")))
            try:
                own.put("sport", grown, name, lambda version, seen=stands: version == seen.version)
                break
            except PreconditionFailed:
                continue
        own.close()

    first = GlossaryStore(tmp_path / "glossaries.sqlite")
    first.put("sport", ONE, "a")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, names))
    assert {term.en for term in first.get("sport").terms} == {"Musk"} | {f"Name{n}" for n in names}
    first.close()


@pytest.mark.parametrize("desk", ["سياسة", "../x y", "", ".a", "-a", "a/b", "a" * 101, "a\n"])
def test_a_desk_has_a_name_that_an_address_can_have(store, desk):
    with pytest.raises(Malformed, match="name for a desk"):
        store.put(desk, ONE, "a")


def test_an_unknown_desk_or_version_is_told(store):
    with pytest.raises(NotFound):
        store.get("sport")
    with pytest.raises(NotFound):
        store.get("starter", "nothing")
