import json
import lzma
from pathlib import Path

import pytest

from training.translation import corpus
from training.translation.config import Source
from training.translation.corpus import Pair

NEWS = Source("news", ("pairs.tsv",), 1.0, plain=True)


@pytest.mark.parametrize(
    ("arabic", "english", "reason"),
    [
        ("قال الرئيس أمس", "The president said yesterday", None),
        ("!!", "Said the president", "empty"),
        ("the president said", "The president said", "script"),
        ("قال", "He said that it would be on the very last day of the year", "ratio"),
        ("اضغط <b>هنا</b> للمزيد", "Click <b>here</b> for more", "markup"),
    ],
)
def test_refusal_names_the_reason(arabic: str, english: str, reason: str | None) -> None:
    assert corpus.refusal(Pair(arabic, english, "news"), NEWS) == reason


def test_short_pairs_are_refused_where_the_source_asks_for_words() -> None:
    source = Source("interface", ("pairs.tsv",), 1.0, min_words=4)
    assert corpus.refusal(Pair("حفظ الملف", "Save the file", "interface"), source) == "short"


def test_overlap_is_found_in_either_language_whatever_the_marks() -> None:
    held_out = "وقال الرئيس إن الحكومة سوف تعلن القرار يوم الأحد المقبل"
    overlap = corpus.Overlap([held_out])
    assert "أكد أمس: وقالَ الرئيس إنّ الحكومة سوف تعلن القرار، يوم الأحد المقبل" in overlap
    assert "وقال الرئيس إن الحكومة لن تعلن القرار" not in overlap


def _write(root: Path) -> None:
    (root / "eval").mkdir()
    (root / "authored").mkdir()
    row = "هذه جملة التقييم التي لا يجوز أن تظهر في التدريب\tA test sentence for evaluation only\n"
    for name in ("ntrex_first1000", "flores_dev533"):
        (root / "eval" / f"{name}.ar-en.tsv").write_text(row, encoding="utf-8")
    article = {
        "lang": "en",
        "title": "A title of four words",
        "title_translation": "عنوان من أربع كلمات",
        "sentences": ["The minister opened the new bridge over the river on Monday."],
        "translation": ["افتتح الوزير الجسر الجديد فوق النهر يوم الاثنين."],
    }
    for name in ("articles_heldout", "articles_train"):
        path = root / "authored" / f"{name}.jsonl"
        path.write_text(json.dumps(article) + "\n", encoding="utf-8")
    rows = [
        "هذه جملة التقييم التي لا يجوز أن تظهر في التدريب\tThis one leaks through its Arabic",
        "جملة عادية من الأخبار\tAn ordinary sentence of the news",
        "جملةٌ عاديةٌ من الأخبار\tAn ordinary sentence of the news.",
        "أخرى جملة تتسرب\tA test sentence for evaluation only",
    ]
    with lzma.open(root / "pairs.tsv.xz", "wt", encoding="utf-8") as out:
        out.write("\n".join(rows) + "\n")


def test_collect_keeps_one_of_each_and_nothing_of_the_evaluation(tmp_path: Path) -> None:
    _write(tmp_path)
    sources = [
        Source("pairs", ("pairs.tsv.xz",), 1.0),
        Source("articles", ("authored/articles_train.jsonl",), 1.0),
    ]
    overlap = corpus.Overlap(corpus.evaluation_texts(tmp_path))
    pairs, report = corpus.collect(tmp_path, sources, overlap)
    assert [pair.en for pair in pairs] == ["An ordinary sentence of the news"]
    assert report["pairs"] == {"evaluation": 2, "kept": 1, "duplicate": 1}
    assert report["articles"] == {"evaluation": 2}
    assert not any(pair.ar in overlap or pair.en in overlap for pair in pairs)
