import pytest
import sentencepiece as spm

from training.translation import normalizer, pieces


@pytest.fixture(scope="module")
def processor() -> spm.SentencePieceProcessor:
    letters = sorted(set("قالرئيسفعمنوهآأ" + "abcdefghijklmnopqrstuvwxyz" + "0123456789.%"))
    found = ["▁", *letters]
    scores = [-float(rank) for rank in range(len(found))]
    model = pieces.build_model(found, scores, normalizer.compile_charsmap())
    return spm.SentencePieceProcessor(model_proto=model)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("قَالَ الرئيسُ", "قال الرئيس"),
        ("قـــال", "قال"),
        ("عام ٢٠١٨", "عام 2018"),
        ("۱۲٫۵٪", "12.5%"),
        ("ا\u0653 ا\u0654", "آ أ"),
        ("ｆｕｌｌ  ｗｉｄｔｈ", "full width"),
    ],
)
def test_tokenizer_reads_variants_alike(
    processor: spm.SentencePieceProcessor, written: str, read: str
) -> None:
    assert processor.encode(written) == processor.encode(read)
    assert 1 not in processor.encode(read)


def test_rules_only_name_what_changes() -> None:
    assert all(source != target for source, target in normalizer.rules().items())
