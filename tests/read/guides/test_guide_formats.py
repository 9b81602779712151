"""Guides as real PDFs and Word files: the same counts as from their text."""

from pathlib import Path

import pytest
import yaml

from tests.read.built import guide
from tests.read.pdfs import Sheet, pdf
from tutor.read.extract import extract
from tutor.read.guides.guide import read_guide

GUIDES = Path(__file__).parents[1] / "fixtures" / "guides"
EXPECTED = yaml.safe_load((GUIDES / "expected.yaml").read_text(encoding="utf-8"))
BULLETS = ("- ", "* ", "• ", "● ")


def printed(name: str) -> bytes:
    """A guide as a PDF: headings bold, bullets hanging, a running title and a number on every page."""
    sheets = [Sheet()]
    for line in (GUIDES / name).read_text(encoding="utf-8").split("\n"):
        if sheets[-1].y < 110:
            sheets.append(Sheet())
        sheet, words = sheets[-1], line.strip().strip("*").replace("^{BETA}", " (beta)")
        if line.startswith(BULLETS):
            sheet.bullet("●", line[2:])
        elif words.startswith("#"):
            sheet.paragraph(words.strip("# "), face="bold", size=19 - 2 * words.count("#"))
        elif words:
            is_head = words.startswith("Section") or words[:1].isdigit()
            sheet.paragraph(words, face="bold" if is_head else "plain", size=13 if is_head else 11)
    for number, sheet in enumerate(sheets, start=1):
        sheet.text(72, 752, "Certification exam guide, a printed copy", size=9)
        sheet.text(280, 40, f"Page {number} of {len(sheets)}", size=9)
    return pdf(sheets)


def worded(name: str) -> bytes:
    """A guide as a Word file."""
    import io

    import docx

    document = docx.Document()
    for line in (GUIDES / name).read_text(encoding="utf-8").split("\n"):
        words = line.strip().strip("*")
        if line.startswith(BULLETS):
            document.add_paragraph(line[2:], style="List Bullet")
        elif words.startswith("#"):
            document.add_heading(words.strip("# "), level=words.count("#"))
        elif words:
            document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["seed-beta-pdf.txt", "tasks.md", "skills.md", "competencies.md"])
@pytest.mark.parametrize("made", [printed, worded])
def test_a_file_of_another_format_has_the_same_counts(made, name):
    blueprint = read_guide(extract(made(name), name="guide.pdf" if made is printed else "guide.docx"))
    expected = EXPECTED[name]
    assert [section.weight_percent for section in blueprint.sections] == expected["weights"]
    assert [
        [objective.number for objective in section.objectives if objective.title] for section in blueprint.sections
    ] == expected["objectives"]
    assert [
        [len(objective.considerations) for objective in section.objectives] for section in blueprint.sections
    ] == expected["considerations"]


def test_a_pdf_with_odd_bullets_and_broken_entries():
    blueprint = read_guide(extract(guide(), name="guide.pdf"))
    assert [section.weight_percent for section in blueprint.sections] == [13, 87]
    assert [objective.number for objective in blueprint.objectives] == ["1.1", "1.2", "2.1"]
    assert blueprint.sections[0].objectives[0].considerations[0].examples == (
        "whistling",
        "electric",
        "gooseneck",
        "samovar",
        "urn",
        "whistling ones first",
    )
