import threading

import pytest

from service.desk.corrections import Corrections, Draft
from service.domain import Sentence
from service.errors import NotFound


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.fixture
def corrections(path):
    corrections = Corrections(path)
    yield corrections
    corrections.close()


def draft(place="summaries.ar.short", text="نص المحرر.", **changes):
    facts = {"document": "d1", "article": "a1", "replaced": "نص الآلة.", "author": "سلمى"}
    return Draft(place=place, text=text, source_language="ar", **(facts | changes))


SOURCE = Sentence(4, 0, 20, "زار ماسك  كييف.")


def pair(text="Musk visited Kyiv.", **changes):
    return draft("translation.sentences.4", text, source="زار ماسك كييف. ", **changes)


def test_the_last_correction_of_a_place_is_in_force(corrections):
    corrections.add(draft(text="أول."))
    second = corrections.add(draft(text="ثان.", note="أدق"))
    assert corrections.in_force("d1") == {"summaries.ar.short": second}
    assert [version.text for version in corrections.versions("d1")] == ["أول.", "ثان."]
    assert second.author == "سلمى" and second.note == "أدق" and second.at.endswith("+00:00")


def test_taking_back_is_a_version_too_and_nothing_is_lost(corrections):
    first = corrections.add(draft())
    corrections.add(draft(text=None))
    assert corrections.in_force("d1") == {}
    assert len(corrections.versions("d1")) == 2
    assert corrections.get("d1", first.id).text == "نص المحرر."


def test_another_document_knows_nothing_of_it(corrections):
    first = corrections.add(draft())
    assert corrections.in_force("d2") == {}
    with pytest.raises(NotFound, match=str(first.id)):
        corrections.get("d2", first.id)


def test_an_approved_pair_serves_the_same_sentence_in_any_article(corrections):
    corrections.add(pair())
    found = corrections.memory("ar", [SOURCE, Sentence(5, 0, 3, "لا.")])
    assert {number: pair.target for number, pair in found.items()} == {4: "Musk visited Kyiv."}
    assert corrections.memory("en", [SOURCE]) == {}


def test_the_newest_pair_wins_and_taking_it_back_empties_the_memory(corrections):
    corrections.add(pair())
    corrections.add(pair("Musk travelled to Kyiv.", document="d2"))
    assert corrections.memory("ar", [SOURCE])[4].target == "Musk travelled to Kyiv."
    corrections.add(pair(None, document="d2"))
    assert corrections.memory("ar", [SOURCE]) == {}
    assert list(corrections.pairs()) == []


def test_summaries_are_no_pairs(corrections):
    corrections.add(draft())
    corrections.add(pair())
    assert [pair.source for pair in corrections.pairs()] == ["زار ماسك كييف."]


def test_the_record_outlives_the_process_and_is_seen_by_another(corrections, path):
    other = Corrections(path)
    assert other.last_id() == 0
    added = corrections.add(draft())
    assert other.last_id() == added.id
    assert other.in_force("d1") == {"summaries.ar.short": added}
    other.close()


def test_many_editors_at_once_lose_nothing(path, monkeypatch):
    monkeypatch.setattr("service.storage._PATIENCE", 120.0)  # for a disk that others write to

    def edit(name):
        own = Corrections(path)
        for number in range(20):
            own.add(draft(text=f"{name}{number}", author=name))
        own.close()

    threads = [threading.Thread(target=edit, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record = Corrections(path)
    texts = [version.text for version in record.versions("d1")]
    record.close()
    assert sorted(texts) == sorted(f"{name}{number}" for name in "abcd" for number in range(20))
