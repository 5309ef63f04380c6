import io
import zipfile

import docx
import pytest

from service.errors import Malformed, TooLarge, UnsupportedMedia
from service.pipeline import files

ARABIC = "قال الوزير: «لن نقبل»."


def word(*paragraphs, title=None, rows=()):
    document = docx.Document()
    if title:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for row in rows:
        cells = document.add_table(rows=1, cols=len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_text_is_read_in_every_encoding_that_newsrooms_have(encoding):
    assert files.load("خبر.TXT", ARABIC.encode(encoding)).text == ARABIC


def test_english_text_of_windows_keeps_its_quotation_marks():
    assert files.load("a.txt", "“No deal,” he said – yet".encode("cp1252")).text.startswith("“No")


def test_a_page_is_handed_on_as_html():
    loaded = files.load("story.html", f"<p>{ARABIC}</p>".encode())
    assert (loaded.text, loaded.html) == (None, f"<p>{ARABIC}</p>")


def test_a_word_document_is_its_paragraphs_and_its_title():
    loaded = files.load("a.docx", word(ARABIC, "", "Second.", title="عنوان"))
    assert loaded.title == "عنوان"
    assert loaded.text == f"{ARABIC}\n\nSecond."


def test_tables_are_read_in_their_place():
    assert files.load("a.docx", word("One.", rows=[("a", "b")])).text == "One.\n\na b"


@pytest.mark.parametrize("content", [b"", b"  \n", word()])
def test_a_file_without_text_is_refused(content):
    name = "a.docx" if content.startswith(b"PK") else "a.txt"
    with pytest.raises(Malformed):
        files.load(name, content)


@pytest.mark.parametrize("content", [b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_word_document_is_refused(content):
    with pytest.raises(Malformed):
        files.load("a.docx", content)


def test_another_archive_under_that_name_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(Malformed):
        files.load("a.docx", out.getvalue())


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/document.xml"])
@pytest.mark.parametrize("content", [b"<torn", b"<a/>", b""])
def test_a_word_document_with_a_broken_part_is_refused(part, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(ARABIC))) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, content if name == part else whole.read(name))
    with pytest.raises(Malformed):
        files.load("a.docx", out.getvalue())


def test_a_small_archive_that_unpacks_to_a_large_one_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", 10_000)
    with pytest.raises(TooLarge):
        files.load("a.docx", word("x" * 10))


def test_an_image_named_text_is_refused():
    with pytest.raises(Malformed):
        files.load("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00")


def test_another_kind_of_file_is_refused_by_name():
    with pytest.raises(UnsupportedMedia, match="docx"):
        files.load("a.pdf", b"%PDF")
