import pytest

from service.errors import NotFound
from service.evaluation.inprocess import InProcess
from service.evaluation.sets import Article
from service.glossary import read
from service.glossary.store import GlossaryStore
from service.settings import Settings

STORY = "وأعلنت شركة سبيس إكس ذلك يوم الأحد. وقال المدير إن الصاروخ وصل إلى المدار بعد ثماني دقائق."


@pytest.fixture
def settings(tmp_path):
    store = GlossaryStore.of(tmp_path)
    store.put("space", read("ar\ten\tkind\nسبيس إكس\tSpaceX Corp\tmedia\n", "tsv"), "سلمى")
    store.close()
    return Settings(data_dir=tmp_path, glossary="space")


def test_it_answers_as_the_service_of_these_settings_does(settings):
    system = InProcess.open("embedded", settings)
    output = system.make(Article("a", "ar", STORY))
    assert output.error is None
    assert "SpaceX Corp" in output.parts["translation"]
    assert "|glossary:space@" in output.signature


@pytest.mark.parametrize(("profile", "glossary"), [("nobody", "space"), ("embedded", "nobody")])
def test_what_is_not_there_is_named(settings, profile, glossary):
    with pytest.raises(NotFound, match="nobody"):
        InProcess.open(profile, Settings(data_dir=settings.data_dir, glossary=glossary))
