import json
import lzma

import pytest

from training.selector.articles import Reference, read, sample, without_overlap
from training.selector.config import Source

ARABIC = ["أعلن البنك المركزي المصري رفع أسعار الفائدة يوم الخميس.", "وأضاف أن القرار نهائي."]
ENGLISH = ["The Central Bank of Egypt raised interest rates.", "It added that this was final."]
TRANSLATED = {
    "id": "x1",
    "lang": "ar",
    "title": "مصر ترفع الفائدة",
    "title_translation": "Egypt raises rates",
    "sentences": ARABIC,
    "translation": ENGLISH,
    "short_ar": "رفع المركزي الفائدة.",
    "short_en": "The bank raised rates.",
    "long_ar": "رفع البنك المركزي الفائدة نهائيا.",
    "long_en": "The central bank raised rates for good.",
}


def reference(number, *sentences):
    return Reference(f"{number}.ar", str(number), "s", "ar", None, sentences, {"short": "x"}, 1.0)


def test_a_translated_article_is_read_in_both_languages(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(TRANSLATED), "utf-8")
    arabic, english = read(Source("authored", "a.jsonl"), tmp_path)
    assert (arabic.language, english.language) == ("ar", "en")
    assert arabic.group == english.group == "x1"
    assert (arabic.original, english.original) == (True, False)
    assert arabic.sentences == english.translation == tuple(ARABIC)
    assert arabic.translation == english.sentences == tuple(ENGLISH)
    assert english.title == "Egypt raises rates"
    assert english.summaries == {
        "short": "The bank raised rates.",
        "long": "The central bank raised rates for good.",
    }


@pytest.mark.parametrize(
    ("language", "sentences"), [("ar", ARABIC * 3), ("en", ENGLISH * 3)], ids=["ar", "en"]
)
def test_other_articles_are_cut_into_sentences_and_short_ones_left_out(
    tmp_path, language, sentences
):
    summary = " ".join(sentences[0].split() * 2)
    rows = [
        {"lang": language, "title": "t", "text": text, "summary": summary}
        for text in (" ".join(sentences), sentences[0])
    ]
    with lzma.open(tmp_path / "a.jsonl.xz", "wt", encoding="utf-8") as out:
        out.write("\n".join(map(json.dumps, rows)))
    source = Source("news", "a.jsonl.xz", length="long", most_sentences=5, weight=0.5)
    (found,) = read(source, tmp_path)
    assert found.sentences == tuple(sentences[:5])
    assert found.summaries == {"long": summary}
    assert (found.id, found.weight, found.translation) == ("news-0", 0.5, ())


def test_two_shares_that_sum_to_one_have_nothing_in_common():
    articles = [reference(number, f"جملة {number}") for number in range(300)]
    tests = {a.id for a in sample(articles, 1000, 0.1)}
    train = {a.id for a in sample(reversed(articles), 1000, 0.9, top=True)}
    assert not tests & train
    assert len(tests | train) == 300
    assert 15 < len(tests) < 50
    assert len(sample(articles, 7, 0.9)) == 7


def test_what_shares_its_text_with_a_held_out_article_goes_whatever_its_spelling():
    held_out = reference(1, *(f"{text} مرة أخرى وأخيرا في القاهرة" for text in ARABIC))
    copy = reference(2, *(s.replace("أ", "ا") for s in held_out.sentences))
    other = reference(3, "فاز ريال مدريد على برشلونة بثلاثة أهداف في نهائي كأس الملك مساء السبت.")
    assert without_overlap([copy, other], [held_out]) == ([other], 1)


@pytest.mark.parametrize(
    ("language", "sentences"), [("ar", ARABIC * 3), ("en", ENGLISH * 3)], ids=["ar", "en"]
)
def test_a_headline_that_is_the_summary_is_not_told_as_the_title(tmp_path, language, sentences):
    headline = sentences[0]
    rows = [
        {"lang": language, "title": headline, "text": " ".join(sentences), "summary": summary}
        for summary in (headline, " ".join(sentences[:2]))
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    weak, other = read(Source("headlines", "a.jsonl", least_words=4), tmp_path)
    assert weak.title is None
    assert weak.summaries == {"short": headline}
    assert other.title == headline
