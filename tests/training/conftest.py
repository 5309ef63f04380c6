"""A tiny model and a tiny corpus, so that the whole pipeline runs in seconds."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from tests.training.tiny import write_e5

VERBS = {"كتب": "wrote", "سمع": "heard", "فهم": "grasped", "كرر": "repeated"}
PEOPLE = {"كاتب": "a writer", "مدير": "a manager", "عالم": "a scholar", "رسام": "a painter"}


@pytest.fixture
def e5_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny E5 file, put where the pipeline looks for the real one."""
    path = tmp_path / "e5.bin"
    write_e5(path)
    monkeypatch.setattr("training.translation.e5.bundled_path", lambda: path)
    return path


@pytest.fixture
def corpus_root(tmp_path: Path) -> Path:
    """A corpus folder: sixty-four authored pairs, news, and evaluation sets."""
    root = tmp_path / "corpus"
    for name in ("authored", "eval", "news"):
        (root / name).mkdir(parents=True)
    rows = [
        f"{verb} {person} {number}\t{english} {english_verb} {number}"
        for verb, english_verb in VERBS.items()
        for person, english in PEOPLE.items()
        for number in range(10, 14)
    ]
    (root / "authored/sentences.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    held_out = "كرر رسام كبير من كل بلد ما سمع\ta painter from abroad repeated what he heard\n"
    for name in ("ntrex_first1000", "flores_dev533"):
        (root / f"eval/{name}.ar-en.tsv").write_text(held_out, encoding="utf-8")
    (root / "authored/articles_heldout.jsonl").write_text("", encoding="utf-8")
    for language, column in (("ar", 0), ("en", 1)):
        with lzma.open(root / f"news/{language}_headlines.jsonl.xz", "wt") as out:
            out.writelines(json.dumps({"text": row.split("\t")[column]}) + "\n" for row in rows)
    return root


CONFIG = """
kind = "translation"
name = "tiny"
source = "ar"
target = "en"
licence = "Apache-2.0"
seed = 3
sources = "sources.toml"
[vocabulary]
source_pieces = 60
target_pieces = 60
[model]
encoder = [0, 1]
decoder = [0]
cross = [1]
embedding_gain = 6.5
dropout = 0.1
[train]
batch_tokens = 200
max_length = 64
label_smoothing = 0.1
encoder_rate = 0.5
muon = 4.0
ema = 0.9
save_minutes = 60.0
check_minutes = 60.0
patience = 6
[[phase]]
name = "decoder"
tokens = 500
rate = [1e-2, 1e-2]
warmup = 4
frozen_encoder = true
[[phase]]
name = "joint"
tokens = 3000
rate = [1e-2, 1e-3]
[decoding]
beam = 2
max_length = 40
[backtranslation]
reverse = "reverse"
sentences = 12
sampling_topk = 3
"""


@pytest.fixture
def config_path(tmp_path: Path) -> Path:
    """The configuration of a model that trains in a second or two."""
    path = tmp_path / "tiny.toml"
    path.write_text(CONFIG, encoding="utf-8")
    source = '[[source]]\nname = "authored"\npath = "authored/sentences.tsv"\nweight = 1.0\n'
    (tmp_path / "sources.toml").write_text(source, encoding="utf-8")
    return path
