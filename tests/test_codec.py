import json

from hypothesis import given
from hypothesis import strategies as st

from service import codec
from service.domain import (
    LANGUAGES,
    LENGTHS,
    Bitext,
    DetectedLanguage,
    Digest,
    Document,
    Dropped,
    Evidence,
    Flag,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
    other,
)

text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["قال «ماسك»", "15000 محطة", "يوليو (تموز)"]
)
score = st.floats(0, 1).map(lambda value: round(value, 4))
codes = st.sampled_from(LANGUAGES)


@st.composite
def documents(draw):
    texts = draw(st.lists(text, min_size=1, max_size=4))
    return Document(
        language=DetectedLanguage(draw(codes), draw(score)),
        title=draw(st.none() | text),
        text="\n\n".join(texts),
        sentences=tuple(Sentence(i, 0, len(t), t, i) for i, t in enumerate(texts)),
        source_credit=draw(st.none() | text),
        dropped=tuple(draw(st.lists(st.builds(Dropped, st.just(0), st.just(3), text, text)))),
    )


@st.composite
def digests(draw):
    document = draw(documents())
    sentences = tuple(TranslatedSentence(s.id, draw(text), draw(score)) for s in document.sentences)
    evidence = st.lists(st.builds(Evidence, st.just(0), score), max_size=2).map(tuple)
    written = st.lists(st.builds(SummarySentence, text, evidence), max_size=2).map(tuple)
    summaries = {
        language: {
            length: Summary(language, length, draw(written), "seq2seq", draw(st.none() | text))
            for length in LENGTHS
        }
        for language in LANGUAGES
    }
    flag = st.builds(
        Flag, text, st.just("severe"), text, st.just({"ar": "م", "en": "m"}), st.none() | text
    )
    return Digest(
        id="0" * 64,
        bitext=Bitext(document, other(document.language.code), draw(st.none() | text), sentences),
        summaries=summaries,
        flags=tuple(draw(st.lists(flag, max_size=2))),
        signature="khulasa:0",
        profile="embedded",
        created_at="2026-01-01T00:00:00+00:00",
        timings_ms={"translate": 1.5},
    )


@given(digests())
def test_a_digest_survives_its_json(digest):
    stored = codec.encode(digest)
    assert codec.decode(stored) == digest
    assert codec.encode(codec.decode(stored)) == stored


@given(digests(), st.booleans())
def test_the_answer_is_the_stored_digest_and_whether_it_was_cached(digest, cached):
    body = json.loads(codec.answer(codec.encode(digest), cached=cached))
    assert body.pop("cached") is cached
    assert body == json.loads(codec.encode(digest))
    assert body["summaries"]["ar"]["short"]["words"] == digest.summaries["ar"]["short"].words
