import re
import string

from service import errors
from service.pipeline.rules import rules
from service.web import words

TEMPLATES = sorted(words.FILE.parent.glob("templates/*"))
SCRIPTS = sorted(words.FILE.parent.glob("static/js/*.js"))
# Names that templates and scripts put together from these.
COMPOSED = {
    "t": {
        "language.": ("ar", "en"),
        "summary.": ("short", "long", "seq2seq", "extractive", "editor"),
        "severity.": ("severe", "warning", "info"),
        "job.": ("waiting", "intake", "translate", "check", "summarize"),
        "display.": ("auto", "light", "dark", "written", "western", "arabic"),
        "made.": ("role", "name", "licence", "engine", "hash"),
        "tools.": ("copy_text", "copy_html", "copy_markdown"),
    }
}


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_everything_and_fill_in_the_same():
    for name, texts in words.catalogue().items():
        assert all(text.strip() for text in texts.values()), name
        assert fields(texts["ar"]) == fields(texts["en"]), name


def test_arabic_words_are_arabic():
    latin = {
        name
        for name, texts in words.catalogue().items()
        if not re.search("[\u0620-\u064a]", texts["ar"])
    }
    assert latin == {
        "nav.other", "display.western", "display.arabic",
        "tools.copy_html", "tools.copy_markdown", "script.as_html",
    }  # fmt: skip


def used_in_templates():
    used = set()
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        used |= set(re.findall(r"\bt\('([\w.]+)'[,)]", text))
        for prefix in re.findall(r"\bt\('([\w.]+\.)' ~", text):
            used |= {prefix + name for name in COMPOSED["t"][prefix]}
        used |= set(re.findall(r"'((?:history|glossary)\.\w+)'", text))
    return used


def used_in_scripts():
    used = set()
    for script in SCRIPTS:
        text = script.read_text("utf-8")
        used |= set(re.findall(r'\bsay\("([\w.]+)"', text))
        used |= set(re.findall(r'"((?:detected|quota|again)_\w+)"', text))
        used |= set(re.findall(r'\bbutton\("(\w+)"', text))
    return used | {"origin_editor", "origin_memory", "origin_corrected"}


def test_every_word_is_said_somewhere_and_every_word_said_is_there():
    known = set(words.catalogue())
    script = {name.removeprefix("script.") for name in known if name.startswith("script.")}
    problems = {name for name in script if name.startswith("problem.")}
    assert used_in_scripts() | problems == script
    reasons = {name for name in known if name.startswith("debris.")}
    pages = {name for name in known if not name.startswith("script.")} - reasons
    assert used_in_templates() == pages


def test_problems_are_worded_for_codes_that_exist():
    codes = {kind.code for kind in vars(errors).values() if hasattr(kind, "exit_code")}
    for name in words.catalogue():
        if name.startswith("script.problem."):
            assert name.removeprefix("script.problem.") in codes


def test_every_reason_for_leaving_something_out_has_a_wording():
    reasons = {rule.reason for rule in rules()}
    assert {f"debris.{reason}" for reason in reasons} <= set(words.catalogue())
