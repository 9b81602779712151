from __future__ import annotations

import io
import zipfile

import pytest

from tutor.errors import InputError
from tutor.read.formats.archive import Archive
from tutor.read.formats.docx import read
from tutor.read.formats.styles import W

NAMESPACES = (
    f'xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Section %1:"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
"""
STYLES = """
<w:style w:styleId="Kapitel"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Kapitel"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
"""


def made(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{STYLES}</w:styles>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def text(body: str, **parts: str) -> str:
    return read(made(body, **parts), "x.docx").text


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(words: str, level: int, list_id: int = 1, style: str = "") -> str:
    return paragraph(words, f'{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_numbers_that_word_counts_are_written_out():
    heading = '<w:pStyle w:val="Own"/>'
    body = (
        numbered("Boiling", 0, style=heading) + numbered("Choosing", 1) + numbered("Filling", 1) + numbered("Sub", 2)
        + numbered("Pouring", 0, style=heading) + numbered("Aiming", 1)
    )  # fmt: skip
    assert text(body) == (
        "# Section 1: Boiling\n\n  1.1 Choosing\n  1.2 Filling\n    iii) Sub\n\n# Section 2: Pouring\n\n  2.1 Aiming\n"
    )


def test_bullets_keep_their_levels():
    assert text(numbered("a", 0, 2) + numbered("b", 1, 2) + numbered("c", 0, 2)) == "- a\n  - b\n- c\n"
    assert text(paragraph("● typed") + paragraph("o not")) == "- typed\n\no not\n"


@pytest.mark.parametrize(
    "unseen",
    [
        "<w:del><w:r><w:t>bait</w:t></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>bait</w:t></w:r></w:moveFrom>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>bait</w:t></w:r>",
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>bait</w:t></w:r>",
        "<w:r><w:instrText>bait</w:instrText></w:r>",
        "<w:r><w:delText>bait</w:delText></w:r>",
        '<w:hyperlink r:id="x"><w:del><w:r><w:t>bait</w:t></w:r></w:del></w:hyperlink>',
    ],
)
def test_what_is_deleted_or_hidden_is_dropped(unseen):
    assert text(f"<w:p><w:r><w:t>Seen.</w:t></w:r>{unseen}</w:p>") == "Seen.\n"


def test_hidden_that_is_switched_off_is_seen():
    assert text('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Seen.</w:t></w:r></w:p>') == "Seen.\n"


def test_deleted_rows_contents_and_doubles_are_dropped():
    row = "<w:tr>{}<w:tc>" + paragraph("{}") + "</w:tc><w:tc>" + paragraph("{}") + "</w:tc></w:tr>"
    deleted = "<w:trPr><w:del/></w:trPr>"
    table = f"<w:tbl>{row.format('', 'a', 'b')}{row.format(deleted, 'x', 'y')}{row.format('', 'c', 'd')}</w:tbl>"
    assert text(table) == "| a | b |\n|---|---|\n| c | d |\n"
    assert text(paragraph("Boiling 1", '<w:pStyle w:val="TOC1"/>') + paragraph("Text.")) == "Text.\n"
    box = "<w:txbxContent>" + paragraph("In a box.") + "</w:txbxContent>"
    doubled = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text(f"<w:p><w:r>{doubled}</w:r></w:p>") == "In a box.\n"


def test_a_style_based_on_itself_ends():
    assert text(paragraph("Text.", '<w:pStyle w:val="Loop"/>')) == "Text.\n"


def test_footnotes_come_last():
    notes = f"<w:footnotes {NAMESPACES}><w:footnote>{paragraph('A note.')}</w:footnote></w:footnotes>"
    assert text(paragraph("Text."), footnotes=notes) == "Text.\n\nFootnote: A note.\n"


def test_the_strict_form_of_the_standard_is_read():
    strict = f"<w:document {NAMESPACES}><w:body>{paragraph('Text.')}</w:body></w:document>"
    strict = strict.replace(W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", strict)
    assert read(out.getvalue(), "x.docx").text == "Text.\n"


def test_document_types_and_their_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document/>'
    for encoding in ("utf-8", "utf-16"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", bomb.encode(encoding))
        with pytest.raises(InputError, match="document type"):
            read(out.getvalue(), "x.docx")


def test_a_part_that_grows_beyond_reason_is_refused_without_unpacking_it():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 3_000_000)
        archive.writestr("b", b"0" * 900_000)
    archive = Archive(out.getvalue(), "x.docx")
    with pytest.raises(InputError, match=r"x\.docx unpacks to more than 1,000,000 bytes in a"):
        archive.read("a")
    assert len(archive.read("b")) == 900_000
