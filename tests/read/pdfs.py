"""A small PDF writer: raw objects, the standard fonts, text at given places."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf.generic._font import Font

WIDTH, HEIGHT = 612, 792
FACES = {
    "plain": "Helvetica",
    "bold": "Helvetica-Bold",
    "mono": "Courier",
}


@dataclass
class Sheet:
    """One page under construction; `y` runs down from the top."""

    parts: list[bytes] = field(default_factory=list)
    links: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    images: int = 0
    rotation: int = 0
    y: float = 720

    def text(self, x: float, y: float, words: str, *, face: str = "plain", size: float = 11, before: str = "") -> float:
        """Set one line; returns where it ends."""
        name = "unicode" if any(ord(char) > 255 for char in words) else face
        shown = f"<{words.encode('utf-16-be').hex()}>" if name == "unicode" else f"<{words.encode('cp1252').hex()}>"
        self.parts.append(f"q BT {before} /{name} {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} Tj ET Q".encode())
        return x + wide(words, face, size)

    def paragraph(
        self, words: str, *, x: float = 72, right: float = 540, face: str = "plain", size: float = 11, gap: float = 8
    ) -> None:
        """Set words in lines, broken where they do not fit."""
        for line in broken(words, right - x, face, size):
            self.text(x, self.y, line, face=face, size=size)
            self.y -= 1.25 * size
        self.y -= gap

    def bullet(
        self, glyph: str, words: str, *, x: float = 90, right: float = 540, hang: float = 18, size: float = 11
    ) -> None:
        """Set a list entry with a hanging indent."""
        self.text(x, self.y, glyph, size=size)
        self.paragraph(words, x=x + hang, right=right, size=size, gap=2)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line."""
        self.parts.append(f"{x0} {y0} m {x1} {y1} l S".encode())

    def picture(self) -> None:
        """Cover the page with an image."""
        self.images += 1
        self.parts.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /picture Do Q".encode())


def wide(words: str, face: str, size: float) -> float:
    """How wide a line is; letters of the made-up Unicode font are half as wide as high."""
    if any(ord(char) > 255 for char in words):
        return len(words) * size / 2
    font = _METRICS[face]
    return sum(font.character_widths.get(char, 500) for char in words) * size / 1000


def broken(words: str, width: float, face: str, size: float) -> list[str]:
    """Break words into lines; a hyphen inside a word marks where it may be parted: `inter|national`."""
    lines, line = [], ""
    for word in words.split():
        whole = word.replace("|", "")
        if line and wide(f"{line} {whole}", face, size) > width:
            head, _, tail = word.partition("|")
            if tail and wide(f"{line} {head}-", face, size) <= width:
                lines.append(f"{line} {head}-")
                line = tail
                continue
            lines.append(line)
            line = whole
        else:
            line = f"{line} {whole}".strip()
    return [*lines, line]


def pdf(sheets: Sequence[Sheet], *, title: str = "", packed: bool = True) -> bytes:
    """Write a file."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = {name: _add(objects, _standard(base)) for name, base in FACES.items()}
    fonts["unicode"] = _unicode_font(objects)
    fonts["wingdings"] = _add(objects, _standard("Wingdings"))
    picture = _stream(
        objects,
        b"\x80" * 64,
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    kids = []
    for sheet in sheets:
        drawn = b"\n".join(sheet.parts)
        content = _stream(objects, zlib.compress(drawn) if packed else drawn, "/Filter /FlateDecode" if packed else "")
        notes = [
            f"<< /Type /Annot /Subtype /Link /Rect [{x0} {y0} {x1} {y1}] /A << /S /URI /URI ({to}) >> >>"
            for x0, y0, x1, y1, to in sheet.links
        ]
        named = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {sheet.rotation} "
            f"/Contents {content} 0 R /Annots [{' '.join(notes)}] "
            f"/Resources << /Font << {named} >> /XObject << /picture {picture} 0 R >> >> >>"
        )
        kids.append(_add(objects, page.encode()))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    about = _add(objects, f"<< /Title ({title}) >>".encode())
    return _file(objects, about)


def _file(objects: list[bytes], about: int) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        about,
        start,
    )
    return bytes(written)


def _add(objects: list[bytes], content: bytes) -> int:
    objects.append(content)
    return len(objects)


def _stream(objects: list[bytes], data: bytes, entries: str) -> int:
    return _add(objects, b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data))


def _standard(name: str) -> bytes:
    encoding = "" if name == "Wingdings" else "/Encoding /WinAnsiEncoding"
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {encoding} >>".encode()


def _unicode_font(objects: list[bytes]) -> int:
    """A font with two-byte codes that are the letters themselves, all half as wide as high."""
    cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n1 beginbfrange <0020> <ffff> <0020> endbfrange"
    letters = _stream(objects, cmap, "")
    below = _add(
        objects,
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    )
    return _add(
        objects,
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [{below} 0 R] "
        f"/ToUnicode {letters} 0 R >>".encode(),
    )


_METRICS = {face: Font.from_core_font_name(f"/{name}") for face, name in FACES.items()}
