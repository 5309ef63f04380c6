import pytest

from service.errors import NotFound
from service.evaluation.inprocess import InProcess
from service.evaluation.sets import Article
from service.glossary import read
from service.glossary.store import GlossaryStore
from service.settings import Settings

STORY = (
    "قال الرئيس إن الحكومة في أوكرانيا وافقت على القرار يوم الأحد. وقال الوزير إن روسيا ترفض ذلك."
)


@pytest.fixture
def settings(tmp_path):
    store = GlossaryStore.of(tmp_path)
    terms = "ar\ten\tkind\ten_variants\nأوكرانيا\tUkrayina\tcountry\tUkraine\n"
    store.put("house", read(terms, "tsv"), "سلمى")
    store.close()
    return Settings(data_dir=tmp_path, glossary="house")


def test_it_answers_as_the_service_of_these_settings_does(settings):
    system = InProcess.open("embedded", settings)
    output = system.make(Article("a", "ar", STORY))
    assert output.error is None
    assert "Ukrayina" in output.parts["translation"]
    assert "|glossary:house@" in output.signature


@pytest.mark.parametrize(("profile", "glossary"), [("nobody", "house"), ("embedded", "nobody")])
def test_what_is_not_there_is_named(settings, profile, glossary):
    with pytest.raises(NotFound, match="nobody"):
        InProcess.open(profile, Settings(data_dir=settings.data_dir, glossary=glossary))
