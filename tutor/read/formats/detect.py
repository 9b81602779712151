"""Which format bytes or text are in: what they hold decides, and only where that leaves it open, their name.

Formats that the tutor does not read raise `InputError`, which says what to save them as.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from tutor.errors import InputError
from tutor.read.formats.archive import Archive

Packed = Literal["pdf", "docx"]
Written = Literal["text", "markdown", "asciidoc", "html", "notebook", "python"]

_ENDINGS: dict[str, Written | Packed] = {
    ".txt": "text", ".text": "text", ".log": "text", ".rst": "text", ".csv": "text", ".tsv": "text",
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".mkd": "markdown",
    ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".asc": "asciidoc",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html",
    ".ipynb": "notebook", ".py": "python", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
_TYPES: dict[str, Written] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/x-markdown": "markdown",
    "text/asciidoc": "asciidoc", "text/x-asciidoc": "asciidoc", "application/x-ipynb+json": "notebook",
    "text/x-python": "python", "application/x-python": "python", "text/x-python-script": "python",
}  # fmt: skip
_FOREIGN = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"), (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"SQLite format 3", "a database"), (b"OggS", "a sound file"), (b"ID3", "a sound file"),
    (b"%!PS", "PostScript"), (b"PAR1", "a Parquet file"), (b"\x93NUMPY", "a NumPy file"),
    (b"\xca\xfe\xba\xbe", "a program"),
)  # fmt: skip
_NEXT_STEP = {"image": "Give the text in it instead.", "archive": "Unpack it and give what is inside."}
_ZIPPED = (
    ("xl/", "an Excel workbook", "Save the sheet as CSV or PDF."),
    ("ppt/", "a PowerPoint presentation", "Save it as PDF."),
    ("META-INF/container.xml", "an EPUB book", "Save it as PDF or HTML."),
    ("content.xml", "an OpenDocument file", "Save it as DOCX or PDF."),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(
    r"</?(?:div|p|ul|ol|li|h[1-6]|table|tr|td|span|section|article|a|br|strong)\b[^<>]{0,500}>", re.I
)
_XML_START = re.compile(r"\s*(?:<\?xml|<svg|<rss|<feed|<!DOCTYPE (?!html))", re.I)
_ASCIIDOC = re.compile(r"^(?:={2,5} \S|:[\w-]+:(?: |$)|\|===$|\[source[,\]]|include::|\[\[[\w-]+\]\]$)", re.M)
_ASCIIDOC_TITLE = re.compile(r"\A(?:(?://[^\n]*|:[\w-]+:[^\n]*)?\n)*= \S")
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^(?:```|~~~)|\]\((?:https?:|\.?/|#)[^)\n]{1,500}\)|^\|?[ :-]*-{3}[ :-]*\|[-| :]*$|"
    r"\*\*[^*\n]{1,200}\*\*|^\[[^\]\n]{1,100}\]: \S|^(?:={3,}|-{3,})$|!\[",
    re.M,
)
_PYTHON = re.compile(r"^(?:import \w|from [\w.]+ import |def \w+\(|class \w+[(:]|if __name__ ==|@\w|\w+ = )", re.M)


def packed_format(data: bytes, name: str) -> Packed | None:
    """`pdf` or `docx` if the bytes are one, None if they are to be decoded as text."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(f"{name} is encrypted. Open it in Word and save it without a password.")
        raise InputError(f"{name} is in an old Office format (.doc, .xls, .ppt). Save it as DOCX or PDF.")
    if data.startswith(b"{\\rtf"):
        raise InputError(f"{name} is in Rich Text Format. Save it as DOCX or text.")
    for start, kind in _FOREIGN:
        if data.startswith(start) and not (start == b"BM" and data[:64].isascii()):
            raise _unsupported(name, kind)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp" or data[257:262] == b"ustar":
        raise _unsupported(name, "a tar archive" if data[257:262] == b"ustar" else "an image, sound or film")
    return None


def written_format(text: str, name: str, content_type: str | None = None) -> Written:
    """Which format a decoded text is written in."""
    head = text[:20_000]
    named = _ENDINGS.get(ending(name))
    typed = _TYPES.get((content_type or "").split(";")[0].strip().lower())
    if _HTML_START.match(head):
        return "html"
    if _XML_START.match(head):
        raise InputError(f"{name} is XML that is no web page. Save it as HTML, PDF or text.")
    if _is_notebook(text) or (named == "notebook" and head.lstrip().startswith(("{", "["))):
        return "notebook"
    if len(_HTML_TAG.findall(head)) >= 3 and (head.lstrip().startswith("<") or "html" in (named, typed)):
        return "markdown" if named == "markdown" else "html"
    if _ASCIIDOC_TITLE.match(head) and (_ASCIIDOC.search(head) or named == "asciidoc"):
        return "asciidoc"
    chosen = named or typed
    if chosen == "python" and not _PYTHON.search(text):
        return "text"
    if chosen in ("markdown", "asciidoc", "python"):
        return chosen
    if head.startswith("#!") and "python" in head.split("\n", 1)[0]:
        return "python"
    if len(_ASCIIDOC.findall(head)) >= 3 and not re.search(r"^#{1,6} ", head, re.M):
        return "asciidoc"
    return "markdown" if _MARKDOWN.search(head) else "text"


def disagreement(found: str, name: str) -> tuple[str, ...]:
    """A warning where a file's ending promises something else than it holds."""
    named = _ENDINGS.get(ending(name))
    alike = ({"text", "markdown", "asciidoc"}, {"text", "python"})
    if named is None or named == found or any({named, found} <= group for group in alike):
        return ()
    return (f"{name} is named like {named} but holds {found}; it was read as {found}.",)


def ending(name: str) -> str:
    """The ending of a file name or of an address's path, in lower case."""
    path = urlsplit(name).path if re.match(r"https?://", name) else name
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def _zipped(data: bytes, name: str) -> Packed:
    archive = Archive(data, name)
    if archive.has("word/document.xml"):
        return "docx"
    for part, kind, next_step in _ZIPPED:
        if archive.starts(part):
            raise InputError(f"{name} is {kind}, which the tutor does not read. {next_step}")
    raise _unsupported(name, "a zip archive")


def _unsupported(name: str, kind: str) -> InputError:
    next_step = next((step for word, step in _NEXT_STEP.items() if word in kind), "Save it as PDF, DOCX, HTML or text.")
    return InputError(f"{name} is {kind}, which the tutor does not read. {next_step}")


def _is_notebook(text: str) -> bool:
    return text.lstrip()[:1] == "{" and '"cells"' in text and '"nbformat"' in text and '"cell_type"' in text
