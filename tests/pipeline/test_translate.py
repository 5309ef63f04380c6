import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import DetectedLanguage, Document, Sentence, TranslatedSentence
from service.engines.batching import BATCH_TOKENS
from service.engines.protocol import Generated
from service.errors import Cancelled
from service.pipeline.run import Run
from service.pipeline.translate import LONG_TOKENS, SLICE, translate, translate_texts

AR = "قال المتحدث باسم الحكومة إن المفاوضات ستستأنف في جنيف يوم الاثنين المقبل."
EN = "The government spokesman said the negotiations will resume in Geneva next Monday."


class Scripted:
    """A Translator whose outputs are written in the test; the second try has its own."""

    def __init__(self, first, second=None, limit=512):
        self.first, self.second, self.limit = first, second, limit
        self.batches = []

    def max_source_tokens(self):
        return self.limit

    def count_tokens(self, text, source):
        return len(text.split()) + 1

    def translate(self, texts, source, target, decoding=None):
        self.batches.append(list(texts))
        again = decoding is not None and decoding.no_repeat_ngram_size
        say = self.second if again and self.second else self.first
        return [Generated(say(text), 0.5, 1) for text in texts]


def document(texts, title=None, language="ar"):
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, at, at + len(text), text))
        at += len(text) + 1
    return Document(DetectedLanguage(language, 1.0), title, " ".join(texts), tuple(sentences))


def test_a_document_keeps_its_sentences_ids_and_title():
    model = Scripted(lambda text: EN if text == AR else "Foreign minister arrives in Baghdad.")
    bitext, raised = translate(document([AR, AR], "وزير الخارجية يصل إلى بغداد"), model, Run())
    assert [(s.id, s.text) for s in bitext.sentences] == [(0, EN), (1, EN)]
    assert bitext.title == "Foreign minister arrives in Baghdad"
    assert bitext.language == "en"
    assert raised == ()


def test_an_english_document_is_translated_into_arabic():
    bitext, raised = translate(document([EN], None, "en"), Scripted(lambda _: AR), Run())
    assert (bitext.language, bitext.title, bitext.text, raised) == ("ar", None, AR, ())


def test_a_fault_is_tried_again_and_the_better_kept():
    model = Scripted(lambda _: "He he he he.", lambda _: EN)
    (translation,) = translate_texts([AR], "ar", "en", model, Run())
    assert (translation.text, translation.findings) == (EN, ())


def test_a_fault_that_stays_is_flagged_where_it_is():
    loop = "Spoke of the government that of the government that of the government that."
    _, raised = translate(document([AR, AR], "عنوان الخبر"), Scripted(lambda _: loop), Run())
    places = {(flag.code, flag.where) for flag in raised}
    assert ("repetition", "translation.sentences.1") in places
    assert ("length_ratio", "translation.title") in places


def test_a_worse_second_try_is_dropped():
    model = Scripted(lambda _: EN[:-1], lambda _: "no no no no")
    (translation,) = translate_texts([AR], "ar", "en", model, Run())
    assert translation.text == EN
    assert [finding.code for finding in translation.findings] == ["final_punctuation"]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [("2014", "ar", "en"), ("😀 🎉", "en", "ar"), ("", "ar", "en"), ("١٢٫٥٪", "ar", "en"),
     ("The New York Times", "ar", "en"), ("صحيفة الشرق", "en", "ar")],
)  # fmt: skip
def test_what_needs_no_translation_is_handed_through(text, source, target):
    model = Scripted(lambda _: pytest.fail("the model was asked"))
    (translation,) = translate_texts([text], source, target, model, Run())
    assert (translation.text, translation.score) == (text, 1.0)


@pytest.mark.parametrize(
    ("word", "mark", "source", "target"), [("كلمة", "،", "ar", "en"), ("word", ",", "en", "ar")]
)
def test_clauses_reach_the_model_as_sentences_and_are_joined_as_clauses(word, mark, source, target):
    clause = " ".join([word] * 60)
    model = Scripted(lambda _: EN if target == "en" else AR)
    (translation,) = translate_texts([f"{clause}{mark} {clause}"], source, target, model, Run())
    assert f"{clause}." in {piece for batch in model.batches for piece in batch}
    assert not any(piece.endswith(mark) for batch in model.batches for piece in batch)
    assert translation.text.count("," if target == "en" else "،") >= 1


@pytest.mark.parametrize(("word", "source", "target"), [("كلمة", "ar", "en"), ("word", "en", "ar")])
def test_every_word_of_a_sentence_of_three_thousand_reaches_the_model(word, source, target):
    text = " ".join(f"{word}{i}" for i in range(3000))
    model = Scripted(lambda _: EN if target == "en" else AR)
    (translation,) = translate_texts([text], source, target, model, Run())
    first_try = model.batches[: len(model.batches) // 2]
    seen = [word.rstrip(".") for batch in first_try for piece in batch for word in piece.split()]
    assert Counter(seen) == Counter(text.split())
    assert all(len(piece.split()) < LONG_TOKENS for batch in model.batches for piece in batch)
    assert translation.text.count("Geneva" if target == "en" else "جنيف") >= 3000 // LONG_TOKENS


@given(st.lists(st.text(alphabet="ابت ،.ab1؟", max_size=60), max_size=20))
def test_as_many_come_out_as_go_in(texts):
    model = Scripted(lambda text: text[::-1])
    assert len(translate_texts(texts, "ar", "en", model, Run())) == len(texts)


def test_a_model_that_reads_little_is_given_little():
    model = Scripted(lambda _: EN, limit=8)
    translate_texts([AR], "ar", "en", model, Run())
    assert all(model.count_tokens(piece, "ar") <= 8 for batch in model.batches for piece in batch)


def test_progress_is_told_up_to_the_last_sentence():
    told = []
    translate_texts(
        [AR, "2014", AR + " " + AR * 20],
        "ar",
        "en",
        Scripted(lambda _: EN),
        Run(listener=told.append),
    )
    assert told[-1].done == told[-1].total == 3
    assert [p.done for p in told] == sorted(p.done for p in told)


def test_a_client_that_left_ends_the_work_between_batches():
    cancelled = threading.Event()
    model = Scripted(lambda _: EN)

    def leave(_):
        cancelled.set()

    with pytest.raises(Cancelled):
        translate_texts(
            [AR] * 4 * (BATCH_TOKENS // 16),
            "ar",
            "en",
            model,
            Run(cancelled=cancelled, listener=leave),
        )
    assert len(model.batches) == 1


def test_a_sentence_has_the_same_bound_whatever_its_company():
    bounds = {}

    class Watching(Scripted):
        def translate(self, texts, source, target, decoding=None):
            for text in texts:
                bounds.setdefault(text, set()).add(decoding.max_tokens)
            return super().translate(texts, source, target, decoding)

    for company in ([], ["نعم."], [AR + AR + AR], ["نعم.", AR * 9]):
        translate_texts([AR, *company], "ar", "en", Watching(lambda _: EN), Run())
    assert all(len(seen) == 1 for seen in bounds.values())


def test_a_long_document_is_final_slice_by_slice_and_the_same_as_at_once(monkeypatch):
    texts = [f"{AR[:-1]} {number}." for number in range(SLICE + 9)]
    title = "وزير الخارجية يصل إلى بغداد"
    parts, reports = [], []
    run = Run(listener=lambda progress: reports.append((progress.done, progress.total)))
    made = translate(
        document(texts, title),
        Scripted(lambda text: f"{EN[:-1]} {text[-3:-1].strip()}."),
        run,
        keep=lambda part, raised: parts.append((part, raised)),
    )
    assert [len(part.sentences) for part, _ in parts] == [SLICE, 9]
    kept = [sentence for part, _ in parts for sentence in part.sentences]
    assert tuple(kept) == made[0].sentences
    assert reports == sorted(reports)
    assert reports[-1] == (len(texts) + 1, len(texts) + 1)
    monkeypatch.setattr("service.pipeline.translate.SLICE", 1000)
    again = Scripted(lambda text: f"{EN[:-1]} {text[-3:-1].strip()}.")
    assert translate(document(texts, title), again, Run()) == made


def test_a_document_that_is_known_but_for_its_title_is_done_in_one_go():
    known = {0: TranslatedSentence(0, EN, 1.0, "editor")}
    model = Scripted(lambda _: "Foreign minister arrives in Baghdad.")
    bitext, _ = translate(document([AR], "وزير الخارجية يصل إلى بغداد"), model, Run(), known)
    assert bitext.sentences == (known[0],)
    assert bitext.title == "Foreign minister arrives in Baghdad"
