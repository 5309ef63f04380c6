"""The corridor over engines of a few lines: what a check throws out, and a desk's glossary."""

from pathlib import Path

import numpy as np
import pytest

from service import codec, glossary
from service.cache.sqlite import SqliteCache
from service.domain import Article, SummarySentence
from service.engines.load import Engines
from service.engines.protocol import Generated
from service.engines.specs import Profile
from service.errors import Cancelled
from service.glossary import Chosen, Glossary, Term
from service.pipeline.digest import Pipeline
from service.pipeline.run import Run

TRANSLATIONS = {
    "قُتل 15 شخصاً في انهيار مبنى من ستة طوابق في مدينة حلب يوم الجمعة.": (
        "Fifteen people were killed when a six-storey building collapsed in Aleppo on Friday."
    ),
    "وقدرت الحكومة المحلية الخسائر بنحو 20 مليون دولار حتى الآن.": (
        "The local government has put the losses at about $20 million so far."
    ),
    "وقال المحافظ سامر الحلاق إن المبنى كان آيلاً للسقوط منذ أعوام طويلة.": (
        "Governor Samer Halak said the building had been about to fall for many years."
    ),
    "وكان سكان الحي قد طالبوا مراراً بإخلائه قبل حلول فصل الشتاء.": (
        "People of the district had often asked for it to be cleared before the winter."
    ),
}
TEXT = "\n\n".join(TRANSLATIONS)


class Translator:
    def max_source_tokens(self):
        return 512

    def count_tokens(self, text, source):
        return len(text.split())

    def translate(self, texts, source, target, decoding=None):
        return [Generated(TRANSLATIONS[text], 0.9, 10) for text in texts]


class Writer:
    """Writes one true summary and one with a number of its own."""

    method = "seq2seq"

    def __init__(self, language):
        self.language = language

    def summarize(self, sentences, language, lengths, title, run):
        says = {
            "ar": "قُتل 15 شخصاً في انهيار مبنى في حلب.",
            "en": "Seventeen people were killed when a building collapsed in Aleppo.",
        }
        return {length: [SummarySentence(says[language])] for length in lengths}


class Vectors:
    def embed(self, sentences):
        return np.full((len(sentences), 4), 0.5, dtype=np.float32)


@pytest.fixture
def pipeline(tmp_path):
    profile = Profile(
        "stub", "", "", False, "native", "ctranslate2", "int8", {}, (), Path("stub.toml")
    )
    engines = Engines(
        profile=profile,
        models=(),
        translators={("ar", "en"): Translator},
        summarizers={language: Writer(language) for language in ("ar", "en")},
        picker=None,
        vectors=Vectors(),
    )
    cache = SqliteCache(tmp_path / "cache.sqlite", 10_000_000)
    yield Pipeline(engines, cache, max_words=1_000)
    cache.close()


def digest(pipeline, chosen=None, title=None, run=None):
    article = Article(text=TEXT, title=title, language="ar", lengths=("short",))
    document = pipeline.read(article)
    return pipeline.digest(document, article, run or Run(), {}, chosen)


def test_a_summary_with_a_severe_flag_is_replaced_and_kept_for_the_editor(pipeline):
    made = digest(pipeline)
    sound, wrong = made.summaries["ar"]["short"], made.summaries["en"]["short"]
    assert (sound.method, sound.rejected) == ("seq2seq", None)
    assert wrong.method == "extractive"
    assert wrong.rejected.startswith("Seventeen")
    assert wrong.reason == "unsupported_number: Seventeen"
    assert {sentence.text for sentence in wrong.sentences} <= set(TRANSLATIONS.values())
    assert "summary_replaced" in {flag.code for flag in made.flags}
    assert codec.decode(codec.encode(made)) == made


def test_a_glossary_is_enforced_named_and_part_of_the_key(pipeline):
    desk = Glossary.of([Term("سامر الحلاق", "Samer Al-Hallaq", "person", (), ("Samer Halak",))])
    plain, made = digest(pipeline), digest(pipeline, Chosen("local", desk))
    (sentence,) = (s for s in made.bitext.sentences if s.plain is not None)
    assert "Samer Al-Hallaq" in sentence.text
    assert sentence.plain == plain.bitext.sentences[sentence.id].text
    assert made.glossary == f"local@{desk.version}"
    assert made.signature == f"{plain.signature}|glossary:{made.glossary},{glossary.VERSION}"
    assert made.id != plain.id
    assert codec.decode(codec.encode(made)) == made


def test_a_term_that_the_model_does_not_know_is_shown_to_it_once(pipeline, monkeypatch):
    source, first = next(iter(TRANSLATIONS.items()))
    shown = source.replace("انهيار مبنى", "building crash")
    anew = first.replace("building collapsed", "building crash happened")
    chosen = Chosen("local", Glossary.of([Term("انهيار مبنى", "building crash")]))
    with monkeypatch.context() as patch:
        patch.setitem(TRANSLATIONS, shown, anew)
        made = digest(pipeline, chosen)
    sentence = made.bitext.sentences[0]
    assert (sentence.text, sentence.plain) == (anew, first)
    assert "glossary_unmet" not in {flag.code for flag in made.flags}
    # The model, which would not know the sentence any more, is not asked again.
    assert digest(pipeline, chosen).bitext == made.bitext


def test_a_term_of_the_title_is_shown_too(pipeline, monkeypatch):
    title = "انهيار مبنى في حلب"
    monkeypatch.setitem(TRANSLATIONS, title, "Collapse in Aleppo")
    monkeypatch.setitem(TRANSLATIONS, "building crash في حلب", "A building crash in Aleppo")
    terms = Glossary.of([Term("انهيار مبنى", "building crash", "organisation")])
    source = next(iter(TRANSLATIONS))
    shown = source.replace("انهيار مبنى", "building crash")
    monkeypatch.setitem(TRANSLATIONS, shown, TRANSLATIONS[source])
    made = digest(pipeline, Chosen("local", terms), title)
    assert made.bitext.title == "A building crash in Aleppo"
    unmet = [flag.where for flag in made.flags if flag.code == "glossary_unmet"]
    assert unmet == ["translation.sentences.0"]


def test_who_gives_up_while_a_term_is_shown_is_let_go_at_once(pipeline, monkeypatch):
    digest(pipeline)  # so that the model is asked for nothing but the sentence with the term
    run, asked = Run(), []

    def endless(self, texts, source, target, decoding=None):
        asked.extend(texts)
        run.cancelled.set()
        return [Generated("crash crash crash crash crash crash", 0.1, 6) for _ in texts]

    monkeypatch.setattr(Translator, "translate", endless)
    chosen = Chosen("local", Glossary.of([Term("انهيار مبنى", "building crash")]))
    with pytest.raises(Cancelled):
        digest(pipeline, chosen, run=run)
    assert len(asked) == 1  # what it wrote would have been tried once more
    assert "building crash" in asked[0]


def test_what_was_only_summarized_is_checked_too(pipeline):
    article = Article(text=TEXT, language="ar", lengths=("short",))
    document = pipeline.read(article)
    summaries, flags = pipeline.summarize(document, article, Run())
    assert summaries["short"].method == "seq2seq"
    assert not [flag for flag in flags if flag.severity == "severe"]
