"""A Word document (DOCX) in, Markdown out: headings, lists with their levels and numbers, tables, links.

Hidden text, tracked deletions, tables of contents, headers, footers and comments are left out; footnotes come last. A
document that is encrypted, damaged, too large or has a DTD raises `InputError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.errors import InputError
from tutor.read.formats import Reading
from tutor.read.formats.archive import Archive
from tutor.read.formats.bullets import BULLET, entry
from tutor.read.formats.letters import clean
from tutor.read.formats.numbering import Number, Numbering
from tutor.read.formats.styles import Node, Styles, W, value
from tutor.read.formats.tables import table
from tutor.read.formats.text import collapse, title_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
)
"""The names that the strict form of the standard gives to the same things."""
DEEPEST = 100

_GONE = frozenset(W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "sdtPr")) | {
    _FALLBACK
}
_CONTENTS = re.compile(r"(?:toc|table\s*of\s*(?:contents|figures))\s*\d*|toc\s*heading", re.I)
_DEEPER_LIST = re.compile(r"list (?:bullet|number) ([2-5])")
"""Word's own styles for the deeper levels of a list, each a list of its own."""
_FIELD_LINK = re.compile(r"HYPERLINK\s+\"?(https?://[^\"\s]+)")


def read(data: bytes, name: str) -> Reading:
    """Read a Word document."""
    archive = Archive(data, name)
    document = _parse(archive.read("word/document.xml"), name)
    body = document.find(W + "body") if document is not None else None
    if body is None:
        raise InputError(f"{name} has no text part, so it is no Word document. Save it anew as DOCX.")
    styles = Styles(_parse(archive.read("word/styles.xml"), name))
    numbering = Numbering(_parse(archive.read("word/numbering.xml"), name))
    writer = _Writer(styles, numbering, _links(_parse(archive.read("word/_rels/document.xml.rels"), name)))
    lines = [line for block in writer.blocks(body, 0) for line in block.split("\n")]
    lines += writer.footnotes(_parse(archive.read("word/footnotes.xml"), name))
    written = clean(collapse(lines))
    return Reading(written, writer.title or title_of(written.split("\n")))


class _Writer:
    """Writes the blocks of one document."""

    def __init__(self, styles: Styles, numbering: Numbering, links: dict[str, str]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._links = links
        self._in_list = False
        self._has_title = False
        self.title = ""

    def blocks(self, node: Node, depth: int) -> Iterator[str]:
        """Markdown blocks of everything inside a node; a blank line parts them, save the entries of one list."""
        if depth > DEEPEST:
            return
        for child in node:
            if child.tag == W + "p":
                yield from self._paragraph(child, depth)
            elif child.tag == W + "tbl":
                yield from self._table(child, depth)
            elif child.tag == W + "sdt" and _is_contents(child):
                continue
            elif isinstance(child.tag, str) and child.tag not in _GONE:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, node: Node, depth: int) -> Iterator[str]:
        style_id = value(node.find(f"{W}pPr/{W}pStyle"))
        names = self._styles.names(style_id)
        text = self._text(node)
        if not text.strip() or any(_CONTENTS.fullmatch(name) for name in names[:2]):
            yield from self._boxes(node, depth)
            return
        level = self._heading_level(node, style_id, names)
        number = self._number(node, style_id, names)
        if level:
            label = f"{number.label} " if number and not number.is_bullet else ""
            yield from ("", f"{'#' * level} {label}{_flat(text)}", "")
            self.title = self.title or (_flat(text) if level == 1 else "")
            self._in_list = False
        elif number:
            marked = entry(number.level, _flat(text))
            if not number.is_bullet:
                marked = f"{'  ' * number.level}{number.label} {_flat(text)}"
            yield from ([] if self._in_list else [""]) + [marked]
            self._in_list = True
        elif BULLET.match(text):
            yield from ([] if self._in_list else [""]) + [entry(0, _flat(BULLET.sub("", text, count=1)))]
            self._in_list = True
        else:
            self._in_list = False
            yield from ("", "\n".join(" ".join(line.split()) for line in text.strip().split("\n")), "")
        yield from self._boxes(node, depth)

    def _boxes(self, node: Node, depth: int) -> Iterator[str]:
        """Text boxes that are anchored in a paragraph."""
        for box in node.iter(W + "txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                yield from self.blocks(box, depth + 1)

    def _heading_level(self, node: Node, style_id: str | None, names: list[str]) -> int:
        for name in names:
            match = re.fullmatch(r"heading\s*([1-9])", name.lower())
            if match:
                return min(int(match[1]) + self._has_title, 6)
            if name.lower() == "title":
                self._has_title = True
                return 1
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        outline = self._styles.property(style_id, "outlineLvl") if outline is None else outline
        level = value(outline)
        return min(int(level) + 1 + self._has_title, 6) if level.isdigit() and int(level) < 9 else 0

    def _number(self, node: Node, style_id: str | None, names: list[str]) -> Number | None:
        own = node.find(f"{W}pPr/{W}numPr")
        found = self._styles.property(style_id, "numPr") if own is None else own
        if found is None:
            return None
        number = self._numbering.next(value(found.find(W + "numId")), value(found.find(W + "ilvl")) or "0")
        deeper = next((match for name in names if (match := _DEEPER_LIST.fullmatch(name.lower()))), None)
        return replace(number, level=int(deeper[1]) - 1) if number and deeper and not number.level else number

    def _text(self, node: Node) -> str:
        """The text of a paragraph: links written out, bold kept, what is deleted or hidden left out."""
        pieces: list[str] = []
        for child in node:
            if child.tag in _GONE or not isinstance(child.tag, str):
                continue
            if child.tag == W + "r":
                pieces.append(self._run(child))
            elif child.tag == W + "hyperlink":
                words = "".join(self._run(run) for run in child.iter(W + "r")).replace("**", "")
                address = self._links.get(child.get(_R + "id") or "")
                pieces.append(f"[{words.strip()}]({address})" if address and words.strip() else words)
            elif child.tag == W + "fldSimple":
                field = _FIELD_LINK.search(child.get(W + "instr") or "")
                words = self._text(child)
                pieces.append(f"[{words.strip()}]({field[1]})" if field and words.strip() else words)
            elif child.tag in (W + "p", W + "tbl"):
                continue
            elif len(child):
                pieces.append(self._text(child))
        return re.sub(r"\*\*(\s*)\*\*", r"\1", "".join(pieces))

    def _run(self, node: Node) -> str:
        properties = node.find(W + "rPr")
        if properties is not None and any(
            _is_on(properties.find(W + name)) for name in ("vanish", "strike", "webHidden")
        ):
            return ""
        if next(node.iterancestors(*_GONE), None) is not None:
            return ""
        pieces: list[str] = []
        for child in node:
            if child.tag == W + "t":
                pieces.append(child.text or "")
            elif child.tag == W + "tab":
                pieces.append("\t")
            elif child.tag in (W + "br", W + "cr"):
                pieces.append("\n" if child.get(W + "type") in (None, "textWrapping") else "")
            elif child.tag == W + "noBreakHyphen":
                pieces.append("-")
            elif child.tag == W + "sym":
                pieces.append(_symbol(child.get(W + "char") or ""))
        text = "".join(pieces)
        bold = properties is not None and _is_on(properties.find(W + "b"))
        words = text.strip()
        return text.replace(words, f"**{words}**", 1) if bold and words and "*" not in words else text

    def _table(self, node: Node, depth: int) -> Iterator[str]:
        self._in_list = False
        rows = [[self._cell(cell, depth) for cell in row.iter(W + "tc") if _row_of(cell) is row] for row in _rows(node)]
        if max((len(row) for row in rows), default=0) < 2:
            for row in _rows(node):
                for cell in row.iterchildren(W + "tc"):
                    yield from self.blocks(cell, depth + 1)
            return
        yield from ("", table(rows), "")

    def _cell(self, node: Node, depth: int) -> str:
        inside = [
            line.strip().removeprefix("- ") for block in self.blocks(node, depth + 1) for line in block.split("\n")
        ]
        return "; ".join(re.sub(r"^#+ |[.;]$", "", line) for line in inside if line and not line.startswith("|---"))

    def footnotes(self, root: Node | None) -> list[str]:
        """The footnotes, each a paragraph."""
        notes = root.iter(W + "footnote") if root is not None else []
        texts = [_flat(" ".join(self._text(one) for one in note.iter(W + "p"))) for note in notes]
        return [line for text in texts if text for line in ("", f"Footnote: {text}")]


def _parse(xml: bytes, name: str) -> Node | None:
    if not xml:
        return None
    from lxml import etree  # type: ignore[import-untyped]

    if b"<!DOCTYPE" in xml or "<!DOCTYPE".encode("utf-16-le") in xml or "<!DOCTYPE".encode("utf-16-be") in xml:
        raise InputError(f"{name} declares a document type, as no Word document does. It was not read.")
    for strict, usual in _STRICT:
        xml = xml.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name} is damaged ({error}). Open it in Word and save it anew.") from error


def _links(root: Node | None) -> dict[str, str]:
    """Addresses by their number in the document."""
    targets = {one.get("Id"): one.get("Target") or "" for one in root} if root is not None else {}
    return {key: address for key, address in targets.items() if re.match(r"https?://[^\s()]+$", address)}


def _rows(node: Node) -> list[Node]:
    rows = (row for row in node.iter(W + "tr") if next(row.iterancestors(W + "tbl"), None) is node)
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def _row_of(cell: Node) -> Node:
    return next(cell.iterancestors(W + "tr"), None)


def _is_contents(node: Node) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return "contents" in value(gallery).lower()


def _is_on(node: Node | None) -> bool:
    return node is not None and node.get(W + "val", "true") not in ("0", "false", "none", "off")


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""


def _flat(text: str) -> str:
    return " ".join(text.split())
