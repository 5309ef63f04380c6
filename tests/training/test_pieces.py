import numpy as np
import pytest
import sentencepiece as spm

from training.translation import e5, normalizer, pieces

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "ab", "▁ab", "ب", "▁باب", "ا", "2", "20",
          "▁2", "▁20", "1", "q")  # fmt: skip


@pytest.fixture(scope="module")
def source() -> e5.E5File:
    scores = np.array([0, 0, 0, 0, -5, -6, -6, -4, -3, -6, -3, -6, -6, -3, -5, -3, -6, -9])
    return e5.E5File(4, 1, 1, 4, PIECES, scores.astype(np.float32), 2, 3, b"", {})


@pytest.fixture(scope="module")
def charsmap() -> bytes:
    return normalizer.compile_charsmap()


@pytest.mark.parametrize("piece", ["20", "▁20", "</s>", "a1", "1a"])
def test_joined_digits_and_specials_are_refused(piece: str) -> None:
    assert not pieces.usable(piece)


@pytest.mark.parametrize("piece", ["2", "▁2", "▁", "ab", "▁باب"])
def test_single_digits_and_words_are_usable(piece: str) -> None:
    assert pieces.usable(piece)


def test_most_used_keeps_every_character_seen_and_nothing_unseen(
    source: e5.E5File, charsmap: bytes
) -> None:
    kept = pieces.most_used(source, ["ab ab ab b 21", "باب باب ا"], charsmap, 10)
    found = {PIECES[i] for i in kept}
    assert {"▁ab", "▁باب", "b", "1"} <= found
    assert "q" not in found


def test_ids_of_both_tokenizers_are_the_vocabulary_s(source: e5.E5File, charsmap: bytes) -> None:
    target = [PIECES.index(piece) for piece in ("▁", "a", "▁ab", "2", "b")]
    extra = [PIECES.index(piece) for piece in ("▁باب", "ا", "ب", "▁", "2")]
    vocabulary, rows = pieces.assemble(source, target, extra, charsmap)
    assert vocabulary.targets == 7
    assert vocabulary.pieces[-1] == pieces.PAD
    assert len(rows) == len(vocabulary.pieces) - 1
    for model, size in ((vocabulary.source_model, 10), (vocabulary.target_model, 7)):
        processor = spm.SentencePieceProcessor(model_proto=model)
        assert processor.vocab_size() == size
        assert [processor.id_to_piece(i) for i in range(size)] == list(vocabulary.pieces[:size])
    reader = spm.SentencePieceProcessor(model_proto=vocabulary.source_model)
    assert reader.decode(reader.encode("ab باب 2")) == "ab باب 2"
