"""A web page in, its main text as Markdown out.

The tree is walked by hand: what keeps the structure of lists, tables and accordions on our own fixtures (figures in
docs/formats.md). What a visitor cannot see, navigation and banners are left out before (`page.py`). Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from tutor.read.formats import Reading, bullets
from tutor.read.formats.cells import number_in, spread
from tutor.read.formats.letters import clean
from tutor.read.formats.page import Node, main_part, parse, visible
from tutor.read.formats.tables import table
from tutor.read.formats.text import collapse

DEEPEST = 150
"""Below this depth of nesting only the text is taken."""
LONGEST_TITLE = 300

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "  # noqa: SIM905
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_CODE = frozenset({"code", "kbd", "samp", "tt", "var"})
_STRUCK = frozenset({"s", "strike", "del"})
_LANGUAGE = re.compile(r"(?:language|lang|brush|source)[-:]\s*([A-Za-z0-9+#]+)")
_MARKUP = re.compile(r"(?=#{1,6} |```|~~~)")


def read(text: str, address: str = "") -> Reading:
    """Read a page; links are made whole against `address` where it is one."""
    root = parse(text)
    if root is None:
        return Reading("")
    base, own_title = root.xpath("string(//base/@href)"), root.xpath("string(//title)")
    part = main_part(visible(root))
    heading = next((one for one in part.iter("h1")), None)
    title = own_title if heading is None else "".join(heading.itertext())
    written = collapse(clean(_Writer(_whole_address(address, base)).write(part)).split("\n"))
    return Reading(written, clean(" ".join(title.split()))[:LONGEST_TITLE])


def fragment(text: str) -> str:
    """Markdown of a piece of HTML that stands in other text."""
    root = parse(text)
    return _Writer("").write(visible(root)).strip() if root is not None else ""


class _Writer:
    """Writes one page; remembers the level of the last heading, under which accordions fall."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._level = 1
        self._with_blocks: set[Any] = set()

    def write(self, part: Node) -> str:
        for node in part.iter(*_BLOCKS):
            above = node.getparent()
            while above is not None and above not in self._with_blocks:
                self._with_blocks.add(above)
                above = above.getparent()
        return collapse("\n\n".join(self._inside(part, 0)).split("\n"))

    def _is_block(self, node: Node) -> bool:
        return node.tag in _BLOCKS or node in self._with_blocks

    def _inside(self, node: Node, depth: int) -> Iterator[str]:
        """The blocks inside a node; loose text between them makes paragraphs."""
        if depth > DEEPEST:
            yield " ".join("".join(node.itertext()).split())
            return
        loose = [_spaced(node.text)]
        for child in node:
            if self._is_block(child):
                yield from _paragraph("".join(loose))
                yield from self._block(child, depth + 1)
                loose = []
            else:
                loose.append(self._inline(child, depth + 1))
            loose.append(_spaced(child.tail))
        yield from _paragraph("".join(loose))

    def _block(self, node: Node, depth: int) -> Iterator[str]:
        tag = node.tag
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield from self._heading(node, int(tag[1]), depth)
        elif tag == "summary":
            inner = next(node.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
            level = int(inner.tag[1]) if inner is not None else min(self._level + 1, 6)
            yield from self._heading(node, level, depth, remember=inner is not None)
        elif tag in ("ul", "ol"):
            yield from self._list(node, 0, depth)
        elif tag == "dl":
            yield from self._terms(node, depth)
        elif tag == "table":
            yield from self._table(node, depth)
        elif tag == "pre":
            yield _fenced(node)
        elif tag == "blockquote":
            quoted = "\n\n".join(self._inside(node, depth))
            yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
        elif tag != "hr":
            yield from self._inside(node, depth)

    def _heading(self, node: Node, level: int, depth: int, *, remember: bool = True) -> Iterator[str]:
        text = self._flat(node, depth, plain=True)
        if text:
            self._level = level if remember else self._level
            yield f"{'#' * level} {text}"

    def _list(self, node: Node, level: int, depth: int) -> Iterator[str]:
        """A list as one block of lines; an entry with headings, tables or code in it makes blocks of its own."""
        lines: list[str] = []
        number = number_in(node.get("start"), 1)
        for child in node:
            if child.tag in ("ul", "ol"):
                lines += "\n".join(self._list(child, level + 1, depth + 1)).split("\n")
                continue
            if next(child.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary", "table", "pre"), None) is not None:
                yield from filter(None, ["\n".join(lines)])
                lines = []
                opening = f"{number}. " if node.tag == "ol" else ""
                blocks = [block for block in self._inside(child, depth + 1) if block]
                yield from [opening + blocks[0], *blocks[1:]] if blocks and blocks[0][0] not in "#|`" else blocks
                number += 1
                continue
            number = number_in(child.get("value"), number)
            marker = f"{number}. " if node.tag == "ol" else "- "
            text, below = self._entry(child, level, depth + 1)
            if text:
                lines.append("  " * min(level, bullets.DEEPEST) + marker + text)
                number += 1
            lines += below
        yield from filter(None, ["\n".join(filter(None, lines))])

    def _entry(self, node: Node, level: int, depth: int) -> tuple[str, list[str]]:
        """The text of a list entry, and the lines of the lists in it."""
        if depth > DEEPEST:
            return " ".join("".join(node.itertext()).split()), []
        pieces, below = [node.text or ""], []
        for child in node:
            if child.tag in ("ul", "ol"):
                below += "\n".join(self._list(child, level + 1, depth + 1)).split("\n")
            elif self._is_block(child):
                text, deeper = self._entry(child, level, depth + 1)
                pieces.append(f" {text} ")
                below += deeper
            else:
                pieces.append(self._inline(child, depth + 1))
            pieces.append(child.tail or "")
        text = " ".join("".join(pieces).split())
        bullet = bullets.BULLET.match(text)
        return text[bullet.end() :] if bullet else text, below

    def _terms(self, node: Node, depth: int) -> Iterator[str]:
        """A list of terms and their descriptions."""
        lines: list[str] = []
        for child in node.iter("dt", "dd"):
            text = self._flat(child, depth)
            if child.tag == "dt":
                lines.append(f"- **{text.strip('*: ')}**:")
            elif text:
                closing = "" if not lines or lines[-1].endswith((":", ".", ";")) else ";"
                lines[-1:] = [f"{lines[-1]}{closing} {text}"] if lines else [f"- {text}"]
        yield from filter(None, ["\n".join(lines)])

    def _table(self, node: Node, depth: int) -> Iterator[str]:
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table"), None) is node]
        widest = max((len(row) for row in rows), default=0)
        is_layout = node.get("role") == "presentation" or widest < 2
        if is_layout or next(node.iterdescendants("table", "h1", "h2", "h3", "h4", "pre"), None) is not None:
            for row in rows:
                for cell in row:
                    yield from self._inside(cell, depth + 1)
            return
        for caption in node.iter("caption"):
            yield from _paragraph(self._flat(caption, depth))
        yield from filter(None, [table(list(spread(rows, lambda cell: self._flat(cell, depth))))])

    def _flat(self, node: Node, depth: int, *, plain: bool = False) -> str:
        """All of a node in one line; entries of lists in it are parted by semicolons."""
        if depth > DEEPEST:
            return " ".join("".join(node.itertext()).split())
        pieces = [node.text or ""]
        for child in node:
            if self._is_block(child):
                text = self._flat(child, depth + 1, plain=plain)
                closed = child.tag == "li" and child.getnext() is not None and text[-1:] not in ".;:,"
                pieces.append(f" {text}{';' if closed and text else ''} ")
            else:
                pieces.append(self._inline(child, depth + 1, plain=plain))
            pieces.append(child.tail or "")
        return " ".join("".join(pieces).split())

    def _inline(self, node: Node, depth: int, *, plain: bool = False) -> str:
        """Markdown of a stretch of text; with `plain`, links and code but no emphasis."""
        tag = node.tag
        if tag in _STRUCK or tag in ("img", "wbr"):
            return ""
        if tag == "br":
            return "\n"
        if depth > DEEPEST:
            return _spaced("".join(node.itertext()))
        pieces = [_spaced(node.text)]
        for child in node:
            pieces += [self._inline(child, depth + 1, plain=plain), _spaced(child.tail)]
        text = "".join(pieces)
        if tag == "a":
            return self._link(node, text)
        if tag in _CODE:
            return f"`{text.strip()}`" if text.strip() and "`" not in text else text
        if tag in ("b", "strong") and not plain:
            return _marked(text, "**")
        if tag in ("i", "em") and not plain:
            return _marked(text, "*")
        if tag == "sup" and text.strip():
            return f"^{text.strip()}" if text.strip().isdigit() else f" {text.strip()}"
        return text

    def _link(self, node: Node, text: str) -> str:
        words = " ".join(text.split())
        href = (node.get("href") or "").strip()
        if words.lower() in ("", "#", "¶", "link", "§"):
            return ""
        if not href or href.startswith("#"):
            return text
        try:
            whole = urljoin(self._address, href)
        except ValueError:
            return text
        if not re.match(r"https?://|[\w./?=&%#-]+$", whole, re.I) or re.search(r"[\s()<>]", whole) or "](" in words:
            return text
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        return f"{before}[{words}]({whole}){after}"


def _whole_address(address: str, base: str) -> str:
    try:
        return urljoin(address, base)
    except ValueError:
        return address


def _paragraph(text: str) -> Iterator[str]:
    """Loose text as one block; its lines are those that the page breaks by itself."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [_MARKUP.sub(r"\\", line, count=1) if _MARKUP.match(line) else line for line in lines if line]
    if lines:
        yield "\n".join(bullets.tidy(lines))


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _marked(text: str, mark: str) -> str:
    words = text.strip()
    if not words or "*" in words or "\n" in words:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def _fenced(node: Node) -> str:
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    code = "".join(node.itertext()).strip("\n")
    named = " ".join(filter(None, (part.get("class") for part in (node, *node.iter("code")))))
    language = _LANGUAGE.search(named)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", code)), default=0))
    return f"{fence}{language[1].lower() if language else ''}\n{code}\n{fence}" if code.strip() else ""
