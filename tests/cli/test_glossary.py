import pytest
from click.testing import CliRunner

from service.cli import build
from service.cli.explain import explained
from service.domain import TranslatedSentence
from service.glossary import starter
from tests.builders import digest

TSV = "ar\ten\tkind\nإيلون ماسك\tElon Musk\tperson\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KHULASA_DATA_DIR", str(tmp_path / "data"))
    return lambda *arguments: CliRunner().invoke(build(), ["glossary", *arguments])


def test_a_glossary_is_put_listed_and_shown(run, tmp_path):
    file = tmp_path / "politics.tsv"
    file.write_text(TSV, "utf-8")
    assert run("put", "politics", str(file), "--by", "سلمى").exit_code == 0
    listed = run("list").stdout
    assert "politics" in listed and "سلمى" in listed and starter().version in listed
    assert "إيلون ماسك,Elon Musk,person" in run("show", "politics", "--csv").stdout
    assert run("list", "politics").stdout.count("\n") == 1


def test_what_is_wrong_is_bad_input(run, tmp_path):
    file = tmp_path / "wrong.tsv"
    file.write_text("ar\ten\nماسك\t\n", "utf-8")
    assert run("put", "politics", str(file)).exit_code == 3
    assert run("show", "nowhere").exit_code == 3
    file.write_text(TSV, "utf-8")
    for desk in ("سياسة", "../x y"):
        refused = run("put", desk, str(file))
        assert refused.exit_code == 3


def test_explain_shows_a_sentence_with_and_without_the_glossary():
    made = digest([("قال إيلون ماسك ذلك.", "Elon Musk said so.")])
    text = made.bitext
    changed = TranslatedSentence(0, "Elon Musk said so.", 0.5, plain="Ilon Mask said so.")
    made = type(made)(
        **{
            **{name: getattr(made, name) for name in made.__slots__},
            "bitext": type(text)(text.document, text.language, None, (changed,)),
            "glossary": "politics@1",
        }
    )
    lines = list(explained(made))
    assert "glossary politics@1" in lines
    assert any("was: Ilon Mask said so." in line for line in lines)
