"""The fonts of a PDF: codes in, letters and their widths out.

The one place that uses pypdf's own font reading, which it does not promise to keep as it is (as of pypdf 7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject
from pypdf.generic._font import Font

_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.I)
_MONO = re.compile(r"courier|mono|consol|menlo|typewriter|nimbusmon|cmtt|code", re.I)
_SYMBOL = re.compile(r"wingding|symbol|dingbat|webding", re.I)
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18


@dataclass(frozen=True)
class Face:
    """A font as far as it matters here."""

    font: Font
    unit: float
    """How large one unit of its widths is."""
    bold: bool
    mono: bool
    symbol: bool
    """A font of signs, where letters stand for bullets."""

    def letters(self, shown: bytes | str) -> Iterator[tuple[str, str]]:
        """Each code of a string and the letters that it stands for."""
        raw = shown.encode("latin-1", "replace") if isinstance(shown, str) else bytes(shown)
        encoding, letters = self.font.encoding, self.font.character_map
        if isinstance(encoding, str):
            try:
                codes = raw.decode(encoding, "surrogatepass")
            except UnicodeDecodeError:
                codes = raw.decode(encoding, "replace")
            for code in codes:
                yield code, str(letters.get(code, code))
            return
        for byte in raw:
            letter = encoding.get(byte, chr(byte))
            yield chr(byte), str(letters.get(letter, letter))

    def width(self, code: str) -> float:
        """How wide a letter is, in shares of the letter size."""
        widths = self.font.character_widths
        width = widths.get(code, widths.get("default", 500))
        return float(width) * self.unit if isinstance(width, (int, float)) else 0.5

    def is_blank(self, code: str) -> bool:
        """Whether a code is the one-byte blank that word spacing widens."""
        return code == " " and not isinstance(self.font.encoding, str)


class Faces:
    """The fonts of a document, each taken apart once."""

    def __init__(self) -> None:
        self._known: dict[Any, Face | None] = {}

    def find(self, resources: DictionaryObject, name: str) -> Face | None:
        """The font that a page calls `name`; None if it cannot be used."""
        try:
            fonts: Any = resources["/Font"].get_object()
            raw = fonts.raw_get(name)
            key = (raw.idnum, raw.generation) if hasattr(raw, "idnum") else id(raw)
            if key not in self._known:
                self._known[key] = None
                self._known[key] = _face(raw.get_object())
            return self._known[key]
        except (PyPdfError, LookupError, TypeError, AttributeError, ValueError, ArithmeticError):
            return None


def _face(resource: DictionaryObject) -> Face:
    font = Font.from_font_resource(resource)
    about = font.font_descriptor
    flags = about.flags if isinstance(about.flags, int) else 0
    weight = about.weight if isinstance(about.weight, (int, float)) else 0
    unit = 0.001
    if font.sub_type == "Type3":
        matrix: Any = resource.get("/FontMatrix", ArrayObject()).get_object()
        unit = abs(float(matrix[0])) if len(matrix) == 6 else unit
    return Face(
        font=font,
        unit=unit,
        bold=bool(_BOLD.search(font.name)) or bool(flags & _FORCE_BOLD) or weight >= 600,
        mono=bool(_MONO.search(font.name)) or bool(flags & _FIXED_PITCH),
        symbol=bool(_SYMBOL.search(font.name)),
    )
