from __future__ import annotations

import io
import zipfile

import pytest

from tests.read.built import encrypted, guide, noise, scan, word_document, zip_bomb
from tests.read.golden import EXPECTED, cases, shown
from tests.read.pdfs import Sheet, pdf
from tutor.errors import InputError
from tutor.read import extract as extract_module
from tutor.read.extract import LARGEST_BYTES, LONGEST_TEXT, extract

CASES = cases()
HTML = b"<!doctype html><title>Kettles</title><main><h1>Kettles</h1><p>They boil water.</p></main>"


@pytest.mark.parametrize("name", CASES)
def test_each_fixture_is_read_as_before(name):
    assert shown(extract(CASES[name], name=name)) == (EXPECTED / f"{name}.out").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["certification.html", "blog.html", "notes.md", "guide.adoc", "hidden.pdf", "guide.docx"]
)
def test_what_nobody_sees_is_not_read(name):
    text = extract(CASES[name], name=name).text.lower()
    for bait in ("answer ", "disregard", "ignore", "reveal", "coffee", "struck out", "cookies", "another comment"):
        assert bait not in text


@pytest.mark.parametrize("name", CASES)
def test_the_form_is_kept(name):
    """Bullets are `- ` with two blanks a level, no odd glyph is left, and blocks are parted by one blank line."""
    text = extract(CASES[name], name=name).text
    assert text.endswith("\n")
    assert "\n\n\n" not in text.replace("\n\n\ndef", "")
    assert "\r" not in text
    for line in text.split("\n"):
        assert not line.lstrip().startswith(tuple("•●○▪◦‣\uf0b7"))
        if line.lstrip().startswith("- "):
            assert (len(line) - len(line.lstrip())) % 2 == 0


def zipped(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return out.getvalue()


BAD = {
    "empty.pdf": (b"", "is empty"),
    "blank.txt": (b" \r\n\t\n\x00", "is empty"),
    "large.txt": (b"x" * (LARGEST_BYTES + 1), "larger than 25 MB"),
    "encrypted.pdf": (encrypted("secret"), "is encrypted.*without a password"),
    "truncated.pdf": (guide()[:300], "Get it again|Save it anew"),
    "header.pdf": (b"%PDF-1.7\n", "damaged or not complete|no pages"),
    "scan.pdf": (scan(), r"is a scan.*\(OCR\)"),
    "blank.pdf": (pdf([Sheet()]), "no text that can be read"),
    "bomb.docx": (zip_bomb(), "unpacks to more than"),
    "truncated.docx": (word_document()[:-2000], "damaged or not complete"),
    "noise.txt": (noise(), "is not text"),
    "noise.pdf": (noise(), "is not text"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + noise(100), "is a PNG image.*Give the text"),
    "picture.pdf": (b"\xff\xd8\xff\xe0" + noise(100), "is a JPEG image"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(100), "old Office format.*Save it as DOCX"),
    "locked.docx": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "sheet.xlsx": (zipped("xl/workbook.xml"), "is an Excel workbook"),
    "talk.pptx": (zipped("ppt/presentation.xml"), "PowerPoint"),
    "text.odt": (zipped("content.xml", "mimetype"), "OpenDocument"),
    "all.zip": (zipped("a.txt"), "is a zip archive.*Unpack"),
    "all.gz": (b"\x1f\x8b\x08" + noise(100), "gzip archive"),
    "all.tar": (b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 300, "tar archive"),
    "letter.rtf": (b"{\\rtf1 Kettles}", "Rich Text"),
    "drawing.svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', "is XML"),
    "data.ipynb": (b'{"a": [1, 2]}', "no notebook"),
    "broken.ipynb": (b'{"cells": [', "damaged notebook"),
    "deep.ipynb": (b'{"cells":' + b"[" * 100_000, "nested too deeply|damaged"),
    "empty.html": (b"<html><body><nav>Home</nav></body></html>", "no text"),
    "signs.txt": (b"--- *** ---\n", "no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_by_name_with_the_next_step(name):
    data, said = BAD[name]
    with pytest.raises(InputError, match=f"(?s)^{name}.*({said})") as caught:
        extract(data, name=name)
    assert caught.value.exit_code == 2


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(extract_module, "LONGEST_TEXT", 1000)
    with pytest.raises(InputError, match="1,200 characters"):
        extract(b"kettle. " * 150, name="long.txt")
    assert LONGEST_TEXT == 2_000_000


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    from tutor.read.formats import pdf as pdf_format

    with pytest.raises(InputError, match="takes longer than 0 s"):
        pdf_format.read(guide(), "slow.pdf", seconds=0.01)


def test_an_empty_password_opens():
    assert "Boiling water" in extract(encrypted(""), name="open.pdf").text


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (HTML, "page.pdf", "html"),
        (HTML, "page.txt", "html"),
        (HTML, "page", "html"),
        (guide(), "guide.txt", "pdf"),
        (b"\n\n" + guide(), "guide", "pdf"),
        (word_document(), "guide.pdf", "docx"),
        (b"A kettle boils water.", "kettle.pdf", "text"),
        (b"= Kettles\n:toc:\n\n== Lids\n", "kettles.txt", "asciidoc"),
        (b"# Kettles\n\nThey boil.\n", "kettles.txt", "markdown"),
        (b"# Kettles\n\nThey boil.\n", "kettles.py", "text"),
        (b"Kettles boil.\n", "kettles.md", "markdown"),
        (b"#!/usr/bin/env python3\nprint('tea')\n", "boil", "python"),
        (b"x = 1\n", "boil.py", "python"),
        ("Kettles".encode("utf-16"), "kettles.txt", "text"),
        (b"Use <b> for bold and <i> for italics, 3 < 4.", "kettles.txt", "text"),
    ],
)
def test_content_decides_before_the_name(data, name, found):
    assert extract(data, name=name).format == found


def test_a_misleading_name_is_said():
    assert extract(HTML, name="page.pdf").warnings == (
        "page.pdf is named like pdf but holds html; it was read as html.",
    )
    assert extract(b"# Kettles\n", name="kettles.txt").warnings == ()


def test_a_servers_type_helps_where_the_content_says_little():
    assert (
        extract(b"Kettles boil.", name="https://example.org/x?y.pdf", content_type="text/markdown").format == "markdown"
    )
