from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from service.engines import manifest
from service.errors import ModelDamaged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "tokenizer").mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"weights")
    (folder / "tokenizer" / "ملف.json").write_text("{}", "utf-8")
    (folder / "README.md").write_text("A card.", "utf-8")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "etag").write_text("x", "utf-8")
    return folder


def test_a_seal_covers_the_model_and_neither_its_card_nor_hidden_files(folder: Path) -> None:
    sealed = manifest.seal(folder, {"licence": "MIT"})
    assert sorted(sealed.files) == ["model.bin", "tokenizer/ملف.json"]
    assert manifest.read(folder) == sealed
    (folder / "README.md").write_text("Reworded.", "utf-8")
    assert manifest.check(folder) == sealed


def test_sealing_again_keeps_what_is_said_about_the_model(folder: Path) -> None:
    first = manifest.seal(folder, {"licence": "MIT"})
    (folder / "model.bin").write_bytes(b"other weights")
    second = manifest.seal(folder)
    assert second.about == {"licence": "MIT"}
    assert second.content != first.content


def test_the_content_hash_knows_names_and_bytes_and_nothing_else(folder: Path) -> None:
    first = manifest.seal(folder, {"licence": "MIT"}).content
    assert manifest.seal(folder, {"licence": "Apache-2.0"}).content == first
    (folder / "model.bin").rename(folder / "other.bin")
    assert manifest.seal(folder).content != first


@pytest.mark.parametrize("name", ["model.bin", "tokenizer/ملف.json"])
@pytest.mark.parametrize("how", ["changed", "longer", "missing", "a folder"])
def test_damage_names_the_file(folder: Path, name: str, how: str) -> None:
    manifest.seal(folder)
    path = folder / name
    content = path.read_bytes()
    path.unlink()
    if how == "changed":
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif how == "longer":
        path.write_bytes(content + b"\0")
    elif how == "a folder":
        path.mkdir()
    with pytest.raises(ModelDamaged) as caught:
        manifest.check(folder)
    assert str(path) in str(caught.value)
    assert caught.value.details["file"] == str(path)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'"x"', b"null", b"\xff", b'{"format": 2, "files": {"a": "b"}}',
        b'{"format": 1}', b'{"format": 1, "files": {}, "about": {}}',
        b'{"format": 1, "files": {"a": 1}, "about": {}}',
        b'{"format": 1, "files": ["a"], "about": {}}',
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_damage(folder: Path, content: bytes) -> None:
    (folder / manifest.NAME).write_bytes(content)
    with pytest.raises(ModelDamaged, match=str(folder / manifest.NAME)):
        manifest.check(folder)


def test_a_folder_that_was_never_sealed_is_refused_with_the_command(folder: Path) -> None:
    with pytest.raises(ModelDamaged, match=f"models seal {folder}"):
        manifest.check(folder)


def test_there_must_be_something_to_seal(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match="holds no file"):
        manifest.seal(tmp_path)


def test_a_slow_check_is_remembered_until_a_file_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "data" / "verified.json"
    manifest.seal(folder)
    manifest.check(folder, memory)
    assert not memory.exists(), "a quick check is not worth remembering"

    monkeypatch.setattr(manifest, "SLOW", 0.0)
    manifest.check(folder, memory)
    hashed: list[Path] = []
    monkeypatch.setattr(manifest, "file_hash", hashed.append)
    manifest.check(folder, memory)
    assert hashed == []

    stat = (folder / "model.bin").stat()
    os.utime(folder / "model.bin", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    with pytest.raises(ModelDamaged):
        manifest.check(folder, memory)
    assert hashed == [folder / "model.bin"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 1}'])
def test_a_memory_that_cannot_be_read_costs_a_check_and_no_more(
    folder: Path, tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "SLOW", 0.0)
    memory = tmp_path / "verified.json"
    memory.write_text(content, "utf-8")
    sealed = manifest.seal(folder)
    assert manifest.check(folder, memory) == sealed
    assert str(folder) in json.loads(memory.read_text("utf-8"))


def test_a_folder_of_the_house_that_cannot_be_written_costs_no_more_than_the_check(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "SLOW", 0.0)
    sealed = manifest.seal(folder)
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert manifest.check(folder, tmp_path / "file" / "verified.json") == sealed
