import pytest

from service.desk import places
from service.errors import NotFound
from tests.builders import digest

BASE = digest([("جملة أولى.", "First."), ("جملة ثانية.", "Second.")])


def test_a_place_says_its_text_language_and_source():
    assert places.find(BASE, "translation.sentences.1") == places.Place(
        "translation.sentences.1", "Second.", "en", "جملة ثانية."
    )
    assert places.find(BASE, "summaries.ar.short").text == "جملة أولى."


@pytest.mark.parametrize(
    "path",
    [
        "translation.sentences.2",
        "translation.sentences.-1",
        "translation.sentences.01",
        "translation.sentences.١",
        "translation.title",
        "summaries.fr.short",
        "summaries.ar.long",
        "text",
        "",
    ],
)
def test_what_is_no_place_of_this_digest_is_not_found(path):
    with pytest.raises(NotFound):
        places.find(BASE, path)
