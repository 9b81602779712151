"""Documents laid out on pages come back as they were before."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tests.read.built import MORE, PROSE, guide
from tests.read.pdfs import Sheet, pdf
from tutor.errors import InputError
from tutor.read.pdf import document
from tutor.read.pdf.document import read

WORDS = (  # noqa: SIM905
    "kettle water boils slowly when the office is cold and nobody fills it before tea comes to those who wait "
    "Spout Handle Lid responsibilities infrastructure of a in (e.g., tap, well) 50 litres, low-code"
).split()


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str
    level: int = 0

    def as_markdown(self) -> str:
        marks = {"title": "# ", "section": "## ", "entry": f"{'  ' * self.level}- ", "paragraph": ""}
        return marks[self.kind] + self.text


sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=60).map(lambda words: f"Some {' '.join(words)}.")
short = st.lists(st.sampled_from(WORDS[:20]), min_size=1, max_size=5).map(lambda words: f"About {' '.join(words)}")
pieces = st.one_of(
    st.builds(Piece, st.just("section"), short),
    st.builds(Piece, st.just("paragraph"), sentences),
    st.lists(st.tuples(sentences, st.integers(0, 2)), min_size=1, max_size=5).map(
        lambda entries: [Piece("entry", text, level) for text, level in _stepwise(entries)]
    ),
)


def _stepwise(entries):
    """Levels as lists have them: the first entry at the left, each at most one deeper than the one before."""
    above = -1
    for text, level in entries:
        above = min(level, above + 1)
        yield text, above


def laid_out(document: list[Piece]) -> bytes:
    sheets = [Sheet()]
    for piece in document:
        if sheets[-1].y < 200:
            sheets.append(Sheet())
        sheet = sheets[-1]
        if piece.kind == "title":
            sheet.paragraph(piece.text, face="bold", size=20)
        elif piece.kind == "section":
            sheet.y -= 6
            sheet.paragraph(piece.text, face="bold", size=14)
        elif piece.kind == "entry":
            sheet.bullet("●○■"[piece.level], piece.text, x=90 + 18 * piece.level)
        else:
            sheet.paragraph(piece.text)
    for number, sheet in enumerate(sheets, 1):
        sheet.text(300, 30, str(number), size=9)
    return pdf(sheets)


@settings(max_examples=25, deadline=None)
@given(short, st.lists(pieces, min_size=1, max_size=12))
def test_what_was_laid_out_is_read_back(title, parts):
    whole = [Piece("title", title), Piece("paragraph", f"{PROSE.replace('|', '')}")]
    for part in parts:
        whole += part if isinstance(part, list) else [part]
    expected: list[str] = []
    for above, piece in zip([None, *whole], whole, strict=False):
        one_list = above is not None and above.kind == piece.kind == "entry"
        if expected and not one_list:
            expected.append("")
        expected.append(piece.as_markdown())
    assert read(laid_out(whole), "x.pdf").text == "\n".join(expected) + "\n"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_shown_on_its_side_is_read_as_upright(rotation):
    sheet = Sheet(rotation=rotation)
    sheet.paragraph(PROSE)
    sheet.links.append((72, sheet.y, 540, 730, "https://example.org/"))
    upright = Sheet(parts=sheet.parts, links=sheet.links)
    assert read(pdf([sheet]), "x.pdf").text == read(pdf([upright]), "x.pdf").text
    assert "](https://example.org/)" in read(pdf([sheet]), "x.pdf").text


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_whose_text_lies_on_its_side_is_read_as_upright(rotation):
    reader = PdfReader(io.BytesIO(guide()))
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page).rotate(rotation).transfer_rotation_to_content()
    turned = io.BytesIO()
    writer.write(turned)
    expected = read(guide(), "x.pdf").text.replace("[kettle page](https://example.org/kettle)", "kettle page")
    assert read(turned.getvalue(), "x.pdf").text == expected


def test_more_pages_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(document, "MOST_PAGES", 2)
    with pytest.raises(InputError, match="has 3 pages, more than the 2"):
        read(guide(), "x.pdf")


def test_a_page_that_is_a_picture_is_said():
    words, picture = Sheet(), Sheet()
    words.paragraph(MORE)
    picture.picture()
    assert read(pdf([words, picture]), "x.pdf").warnings == ("1 pages are pictures without text and were left out.",)


def test_a_damaged_page_is_left_out_and_said():
    data = guide(packed=False)
    # the second page's content becomes something that is no stream
    second = [place for place in range(len(data)) if data.startswith(b"/Contents", place)][1]
    number = data[second + 10 : second + 20].split()[0]
    broken = data.replace(b"/Contents " + number + b" 0 R", b"/Contents (x) ".ljust(15 + len(number)))
    reading = read(broken, "x.pdf")
    assert "Limits" not in reading.text
    assert "On another page" not in reading.text or "2.2 On another page" in reading.text


def test_recognised_text_under_a_scan_is_read():
    sheet = Sheet()
    sheet.picture()
    sheet.text(72, 700, "A kettle boils water, says the scan.", before="3 Tr")
    assert "says the scan" in read(pdf([sheet]), "x.pdf").text


def test_a_title_that_says_nothing_gives_way_to_the_heading():
    sheet = Sheet()
    sheet.paragraph("Of kettles", face="bold", size=20)
    sheet.paragraph(MORE)
    assert read(pdf([sheet], title="Microsoft Word - x.docx"), "x.pdf").title == "Of kettles"
    assert read(pdf([sheet], title="The book of kettles"), "x.pdf").title == "The book of kettles"
