"""The drawing instructions of a page in, its words with their places out.

Malformed instructions are passed over, as every viewer does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

from tutor.read.pdf.faces import Faces
from tutor.read.pdf.geometry import IDENTITY, Matrix, at, box_around, matrix_of, times
from tutor.read.pdf.shapes import Shape, Shapes
from tutor.read.pdf.textstate import SETTING, TextState

MOST_WORDS = 30_000
"""On one page; a dense one has two thousand."""
DEEPEST_FORM = 6
GAP = 0.18
"""Share of the letter size that parts two words."""

_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_MOVING = frozenset({b"BT", b"Tm", b"Td", b"TD", b"T*"})
_COLOURS = frozenset({b"g", b"rg", b"k", b"sc", b"scn", b"cs"})

Excuse = Literal["", "artifact", "invisible", "white"]
"""Why a word might not count: it decorates the page, is drawn with no colour, or white on white."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a blank."""

    text: str
    left: float
    right: float
    base: float
    """Height of the line it stands on, from the bottom of the page."""
    size: float
    bold: bool = False
    mono: bool = False
    symbol: bool = False
    link: str = ""


@dataclass
class Drawn:
    """What drawing a page has left so far."""

    words: list[tuple[Word, Excuse]] = field(default_factory=list)
    sideways: int = 0
    """Letters that do not run from left to right."""
    unreadable: int = 0
    """Letters that a font does not translate."""
    shapes: Shapes = field(default_factory=Shapes)
    images: int = 0


class Pen:
    """Follows the instructions of one content stream."""

    def __init__(self, base: Matrix, resources: DictionaryObject, faces: Faces, drawn: Drawn, pdf: Any) -> None:
        self._matrix = base
        self._resources = resources
        self._faces = faces
        self._drawn = drawn
        self._pdf = pdf
        self._state = TextState()
        self._saved: list[tuple[Matrix, TextState]] = []
        self._line: Matrix = IDENTITY
        self._text: Matrix = IDENTITY
        self._artifacts: list[bool] = []

    def draw(self, stream: ContentStream, depth: int = 0) -> None:
        """Follow all instructions."""
        for operands, operator in stream.operations:
            if len(self._drawn.words) > MOST_WORDS:
                return
            try:
                if operator == b"Do":
                    self._form(str(operands[0]), depth)
                else:
                    self._follow(operator, operands)
            except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, PyPdfError):
                continue

    def _follow(self, operator: bytes, operands: Any) -> None:
        if operator in _SHOWING:
            self._show_all(operator, operands)
        elif operator in _MOVING:
            self._move(operator, operands)
        elif operator in SETTING:
            self._state = self._state.after(operator, operands[0])
        elif operator == b"Tf":
            face = self._faces.find(self._resources, str(operands[0]))
            self._state = replace(self._state, face=face, size=float(operands[1]))
        elif operator == b"q":
            if len(self._saved) < 1000:
                self._saved.append((self._matrix, self._state))
        elif operator == b"Q":
            if self._saved:
                self._matrix, self._state = self._saved.pop()
        elif operator == b"cm":
            self._matrix = times(matrix_of(operands), self._matrix)
        elif operator in _COLOURS:
            self._state = replace(self._state, white=_is_white(operator, operands))
        elif operator in (b"BMC", b"BDC"):
            self._artifacts.append(bool(self._artifacts and self._artifacts[-1]) or operands[0] == "/Artifact")
        elif operator == b"EMC":
            del self._artifacts[-1:]
        else:
            self._drawn.shapes.follow(operator, operands, self._matrix, white=self._state.white)

    def _move(self, operator: bytes, operands: Any) -> None:
        if operator == b"BT":
            self._line = IDENTITY
        elif operator == b"Tm":
            self._line = matrix_of(operands)
        elif operator == b"T*":
            self._line = times((1, 0, 0, 1, 0, -self._state.leading), self._line)
        else:
            right, up = float(operands[0]), float(operands[1])
            if operator == b"TD":
                self._state = replace(self._state, leading=-up)
            self._line = times((1, 0, 0, 1, right, up), self._line)
        self._text = self._line

    def _show_all(self, operator: bytes, operands: Any) -> None:
        if operator in (b"'", b'"'):
            if operator == b'"':
                self._state = replace(self._state, word_gap=float(operands[0]), letter_gap=float(operands[1]))
            self._move(b"T*", [])
        shown = operands[0] if operator == b"TJ" else [operands[-1]]
        pieces: list[tuple[str, float, float]] = []
        place = 0.0
        for piece in shown:
            if isinstance(piece, (int, float)):
                place -= float(piece) / 1000 * self._state.size * self._state.stretch
            elif isinstance(piece, (bytes, str)) and not isinstance(piece, NameObject):
                place = self._show(piece, place, pieces)
        self._keep_words(pieces)
        self._text = times((1, 0, 0, 1, place, 0), self._text)

    def _show(self, shown: bytes | str, start: float, pieces: list[tuple[str, float, float]]) -> float:
        """Set the letters of one string from `start` on; returns where the pen is then."""
        state, face = self._state, self._state.face
        if face is None:
            return start
        for code, letter in face.letters(shown):
            width = face.width(code) * state.size
            advance = width + state.letter_gap + (state.word_gap if face.is_blank(code) else 0.0)
            if letter == "\ufffd" or "\ue000" > letter[:1] >= "\ud800":
                self._drawn.unreadable += 1
            pieces.append((letter, start, start + width * state.stretch))
            start += advance * state.stretch
        return start

    def _keep_words(self, pieces: list[tuple[str, float, float]]) -> None:
        """Join letters into words and keep those, with their places on the page."""
        state = self._state
        if state.face is None or not pieces:
            return
        matrix = times(self._text, self._matrix)
        size = state.size * math.hypot(matrix[2], matrix[3])
        if abs(matrix[1]) > 0.2 * abs(matrix[0]) or matrix[0] * state.size <= 0:
            self._drawn.sideways += len(pieces)
            return
        if not 2 <= abs(size) <= 500:
            return
        for text, left, right in _joined(pieces, abs(state.size)):
            first, base = at(matrix, left, state.rise)
            last, _ = at(matrix, right, state.rise)
            face = state.face
            bold = face.bold or state.mode == 2
            word = Word(text, first, max(last, first), base, abs(size), bold, face.mono, face.symbol)
            self._drawn.words.append((word, self._excuse(word)))

    def _excuse(self, word: Word) -> Excuse:
        """Why a word might not count."""
        if self._artifacts and self._artifacts[-1]:
            return "artifact"
        if self._state.mode in (3, 7):
            return "invisible"
        if self._state.white and self._state.mode in (0, 2, 4, 6):
            seen = self._drawn.shapes.is_dark((word.left + word.right) / 2, word.base + word.size / 3)
            return "" if seen else "white"
        return ""

    def _form(self, name: str, depth: int) -> None:
        """Draw what is kept apart from the page and placed on it."""
        found = dictionary(self._resources.get("/XObject")).get(name)
        drawing = found.get_object() if found is not None else None
        if not isinstance(drawing, StreamObject):
            return
        if drawing.get("/Subtype") == "/Image":
            self._drawn.images += 1
            corners = [at(self._matrix, 0, 0), at(self._matrix, 1, 1)]
            self._drawn.shapes.add(Shape(box_around(corners), filled=True, stroked=False))
        elif drawing.get("/Subtype") == "/Form" and depth < DEEPEST_FORM:
            matrix = drawing.get("/Matrix")
            base = times(matrix_of(matrix.get_object()), self._matrix) if matrix is not None else self._matrix
            resources = dictionary(drawing.get("/Resources")) or self._resources
            pen = Pen(base, resources, self._faces, self._drawn, self._pdf)
            pen._state, pen._artifacts = self._state, self._artifacts[-1:]
            pen.draw(ContentStream(drawing, self._pdf, "bytes"), depth + 1)


def _joined(pieces: list[tuple[str, float, float]], size: float) -> Iterator[tuple[str, float, float]]:
    """Join letters into words: a blank or a gap parts them."""
    text, left, right = "", 0.0, 0.0
    for letter, begin, end in pieces:
        if text and (not letter.strip() or begin - right > GAP * size):
            yield text, left, right
            text = ""
        if letter.strip():
            left = left if text else begin
            text, right = text + letter, end
    if text:
        yield text, left, right


def _is_white(operator: bytes, operands: Any) -> bool:
    values = [float(value) for value in operands if isinstance(value, (int, float))]
    if operator == b"cs" or len(values) != len(operands) or not values:
        return False
    return all(value <= 0.03 for value in values) if len(values) == 4 else all(value >= 0.97 for value in values)


def dictionary(thing: Any) -> DictionaryObject:
    """The dictionary that `thing` is or refers to; an empty one where it is none."""
    found = thing.get_object() if hasattr(thing, "get_object") else thing
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
