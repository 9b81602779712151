"""A PDF in, its text as Markdown out.

What is encrypted, damaged, too long, or has no text (a scan) raises `InputError`.
"""

from __future__ import annotations

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from tutor.errors import InputError
from tutor.read.formats import Reading, text
from tutor.read.pdf.blocks import Assembly, written
from tutor.read.pdf.columns import flows
from tutor.read.pdf.faces import Faces
from tutor.read.pdf.hyphens import Joiner
from tutor.read.pdf.lines import Line, page_lines
from tutor.read.pdf.margins import without_margins
from tutor.read.pdf.style import style_of
from tutor.read.pdf.words import Page, page_words

MOST_PAGES = 1000
ENOUGH_LETTERS = 20
"""On a page of text; a scan may carry a stamp or a page number."""

_BAD_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|pdf|indd|html?|tex)$|^\W*$|^slide \d", re.I)


def read(data: bytes, name: str) -> Reading:
    """Read a PDF."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _open(data, name)
    pages, damaged = _pages(reader, name)
    if not any(page.words for page in pages):
        raise _without_text(pages, damaged, name)
    kept = without_margins([(page_lines(page), page.height) for page in pages])
    whole = _whole(kept)
    if whole is None:
        raise _without_text(pages, damaged, name)
    markdown, title = whole
    return Reading(markdown, _title(reader, title, markdown), tuple(_warnings(pages, damaged, markdown)))


def _open(data: bytes, name: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is encrypted. Save it without a password and give that file.")
        count = len(reader.pages)
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as error:
        raise InputError(f"{name} is encrypted. Save it without a password and give that file.") from error
    except InputError:
        raise
    except _FOREIGN as error:
        raise InputError(f"{name} is damaged or not complete, so that it cannot be opened. Get it again.") from error
    if count == 0:
        raise InputError(f"{name} has no pages, or is not complete. Get it again.")
    if count > MOST_PAGES:
        raise InputError(f"{name} has {count:,} pages, more than the {MOST_PAGES:,} that are read at once. Split it.")
    return reader


# pypdf says of itself that broken files may cause any exception; a page at a time is given up for them.
_FOREIGN = (PyPdfError, Exception)


def _pages(reader: PdfReader, name: str) -> tuple[list[Page], int]:
    """The words of every page that can be read, and how many cannot."""
    faces = Faces()
    pages: list[Page] = []
    damaged = 0
    for number in range(len(reader.pages)):
        try:
            pages.append(page_words(reader.pages[number], faces))
        except MemoryError:
            raise
        except _FOREIGN:
            damaged += 1
    if not pages:
        raise InputError(f"{name} is damaged: none of its pages can be read. Get it again.")
    return pages, damaged


def _whole(pages: list[list[Line]]) -> tuple[str, str] | None:
    """All pages as one text and its title; None if nothing is left."""
    parts = [flow for lines in pages for flow in flows(lines) if flow]
    if not parts:
        return None
    lines = [line for flow in parts for line in flow]
    if len(lines) >= 30 and sum(len(line.words) == 1 for line in lines) > 0.8 * len(lines):
        reading = text.read("\n".join(f"{line.marker} {line.text}".strip() for line in lines))
        return reading.text, reading.title
    joiner = Joiner(line.text for line in lines)
    assembly = Assembly(style_of(parts))
    for flow in parts:
        assembly.add(flow)
    return written(assembly.blocks, joiner, assembly.style.size)


def _without_text(pages: list[Page], damaged: int, name: str) -> InputError:
    if damaged or not any(page.has_images for page in pages):
        return InputError(f"{name} has no text that can be read. Save it anew, or give its text.")
    return InputError(
        f"{name} is a scan: its pages are pictures without text. Run text recognition (OCR) over it first."
    )


def _warnings(pages: list[Page], damaged: int, markdown: str) -> list[str]:
    warnings = []
    if damaged:
        warnings.append(f"{damaged} pages are damaged and were left out.")
    scanned = sum(page.has_images and sum(len(word.text) for word in page.words) < ENOUGH_LETTERS for page in pages)
    if scanned:
        warnings.append(f"{scanned} pages are pictures without text and were left out.")
    if any(page.hidden for page in pages):
        warnings.append(f"{sum(page.hidden for page in pages)} words in white on white were left out.")
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > 0.02 * len(markdown):
        warnings.append("A font does not say which letters it shows; some of the text may be wrong.")
    return warnings


def _title(reader: PdfReader, heading: str, markdown: str) -> str:
    """The file's own title where it has a real one, else the highest heading, else the first line."""
    try:
        own = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except _FOREIGN:
        own = ""
    if 3 < len(own) <= text.LONGEST_TITLE and not _BAD_TITLE.search(own):
        return own
    return heading or text.title_of(markdown.split("\n"))
