"""Bytes of any format in, an `Extract` out: the content as Markdown, whatever it was.

Headings become `#` lines, bullets `- ` lines indented by two blanks a level, tables Markdown tables, links
`[text](address)`. What follows (guides, documents) need not know what the file was.

What is empty, too large, encrypted, damaged, without text or in a format that the tutor does not read raises
`InputError`, which names the file and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tutor.errors import InputError
from tutor.read.formats import Reading

Format = Literal["text", "markdown", "asciidoc", "html", "pdf", "docx", "notebook", "python"]

LARGEST_BYTES = 25_000_000
"""Larger files are refused before they are read."""
LONGEST_TEXT = 2_000_000
"""Characters; a thick book has about a million."""


@dataclass(frozen=True)
class Extract:
    """The readable content of a file or page."""

    text: str
    format: Format
    origin: str
    """File name, address, or `-` for standard input: what messages call it."""
    title: str = ""
    warnings: tuple[str, ...] = ()
    """What may have been lost, in plain sentences."""


def extract(data: bytes, *, name: str, content_type: str | None = None) -> Extract:
    """Read `data`; `name` is its file name or address, `content_type` what a server said of it."""
    from tutor.read.formats import decode, detect

    origin, name = name, "standard input" if name == "-" else name
    if len(data) > LARGEST_BYTES:
        raise too_large(name)
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError(f"{name} is empty. Give a file with text in it.")
    found: Format
    packed = detect.packed_format(data, name)
    if packed is not None:
        found, reading = packed, _read_packed(data, name, packed)
        warnings = reading.warnings
    else:
        text, notes = decode.decode(data, name=name, charset=decode.declared_charset(data, content_type))
        found = detect.written_format(text, name, content_type)
        if found not in ("html", "notebook"):  # those carry much that is no text
            _check_length(text, name)
        reading = _reader(found, name)(text)
        warnings = (*notes, *reading.warnings)
    _check_text(reading.text, name)
    return Extract(reading.text, found, origin, reading.title, (*detect.disagreement(found, name), *warnings))


def too_large(name: str) -> InputError:
    """What is said of a file above the limit."""
    return InputError(
        f"{name} is larger than {LARGEST_BYTES // 1_000_000} MB, the most the tutor reads. Give the part that matters."
    )


def _read_packed(data: bytes, name: str, packed: Literal["pdf", "docx"]) -> Reading:
    if packed == "pdf":
        from tutor.read.formats import pdf

        return pdf.read(data, name)
    from tutor.read.formats import docx

    return docx.read(data, name)


def _reader(found: Format, name: str) -> Callable[[str], Reading]:
    if found == "html":
        from tutor.read.formats import html

        return lambda text: html.read(text, name)
    if found == "notebook":
        from tutor.read.formats import notebook

        return lambda text: notebook.read(text, name)
    from tutor.read.formats import asciidoc, markdown, python, text

    return {"asciidoc": asciidoc.read, "markdown": markdown.read, "python": python.read, "text": text.read}[found]


def _check_text(text: str, name: str) -> None:
    if not any(char.isalnum() for char in text):
        raise InputError(f"{name} holds no text that can be read. Give a file with text in it.")
    _check_length(text, name)


def _check_length(text: str, name: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"{name} holds {len(text):,} characters of text, more than the {LONGEST_TEXT:,} it takes at once. "
            "Split it, or give the part that matters."
        )
