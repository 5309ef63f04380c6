from pathlib import Path

import numpy as np
import pytest

from tests.training.tiny import PIECES, WIDTH, write_e5
from training.translation import e5


def test_reads_shape_pieces_and_tensors(tmp_path: Path) -> None:
    written = write_e5(tmp_path / "e5.bin")
    found = e5.read(tmp_path / "e5.bin")
    assert (found.width, found.layers, found.heads, found.ffn) == (WIDTH, 2, 2, 64)
    assert found.pieces == PIECES
    assert (found.eos, found.unk) == (2, 3)
    assert np.allclose(found.tensor("l1.ao.b"), written["l1.ao.b"], atol=1e-6)


def test_q4_keeps_each_weight_in_its_place_to_half_a_step(tmp_path: Path) -> None:
    written = write_e5(tmp_path / "e5.bin")["emb.word"].reshape(-1, 32)
    found = e5.read(tmp_path / "e5.bin").tensor("emb.word").reshape(-1, 32)
    step = np.abs(written).max(axis=1, keepdims=True) / 7
    assert (np.abs(found - written) <= 0.51 * step).all()


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"other\.bin is not an E5S1 file"):
        e5.read(tmp_path / "other.bin")
