"""A page in, its words with their places out.

pypdf takes files apart and decodes fonts; where on the page each word lands is worked out here, since columns, tables,
bullets and running titles can only be told by place. What nobody sees is left out: white on white, without colour,
outside the page. It could carry instructions that no reader notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from tutor.read.pdf.faces import Faces
from tutor.read.pdf.geometry import Box, Matrix, at, box_around
from tutor.read.pdf.pen import Drawn, Pen, Word, dictionary
from tutor.read.pdf.shapes import Shape
from tutor.read.pdf.signs import drawn_bullets

MOST_LINKS = 2000


@dataclass(frozen=True)
class Page:
    """The words of one page."""

    words: tuple[Word, ...]
    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    has_images: bool = False
    hidden: int = 0
    """How many words were left out because nobody sees them."""
    unreadable: int = 0
    """How many letters a font does not translate."""


def page_words(page: PageObject, faces: Faces) -> Page:
    """Find the words of a page, turned so that most of them are upright."""
    base, width, height = _upright(page, 0)
    drawn = _draw(page, base, faces)
    if drawn.sideways > sum(len(word.text) for word, _ in drawn.words):
        for turn in (90, 180, 270):
            turned_base, turned_width, turned_height = _upright(page, turn)
            turned = _draw(page, turned_base, faces)
            if turned.sideways < drawn.sideways:
                drawn, base, width, height = turned, turned_base, turned_width, turned_height
    words = [word for word, excuse in _counting(drawn) if not excuse and _is_inside(word, width, height)]
    return Page(
        words=tuple(_with_links([*words, *drawn_bullets(words, drawn.shapes.done)], _links(page, base))),
        width=width,
        height=height,
        shapes=tuple(drawn.shapes.done),
        has_images=drawn.images > 0,
        hidden=sum(excuse == "white" for _, excuse in drawn.words),
        unreadable=drawn.unreadable,
    )


def _counting(drawn: Drawn) -> list[tuple[Word, str]]:
    """Count artifacts where all is one, and the recognised text that lies invisible over a scan."""
    words: list[tuple[Word, str]] = list(drawn.words)
    for excused in ("artifact", "invisible"):
        if all(excuse for _, excuse in words):
            words = [(word, "" if excuse == excused else excuse) for word, excuse in words]
    return words


def _upright(page: PageObject, turn: int) -> tuple[Matrix, float, float]:
    """The matrix that brings the page's corner to the origin and turns it upright, and the page's size then."""
    try:
        box = page.cropbox
        left, bottom = float(box.left), float(box.bottom)
        width, height = abs(float(box.width)), abs(float(box.height))
        angle = (int(page.rotation) + turn) % 360
    except (PyPdfError, TypeError, ValueError, AttributeError, IndexError, KeyError):
        left, bottom, width, height, angle = 0.0, 0.0, 612.0, 792.0, turn
    if angle == 90:
        return (0, -1, 1, 0, -bottom, left + width), height, width
    if angle == 180:
        return (-1, 0, 0, -1, left + width, bottom + height), width, height
    if angle == 270:
        return (0, 1, -1, 0, bottom + height, -left), height, width
    return (1, 0, 0, 1, -left, -bottom), width, height


def _draw(page: PageObject, base: Matrix, faces: Faces) -> Drawn:
    drawn = Drawn()
    contents = page.get("/Contents")
    if contents is not None and page.pdf is not None:
        stream = ContentStream(contents.get_object(), page.pdf, "bytes")
        Pen(base, _resources(page), faces, drawn, page.pdf).draw(stream)
    return drawn


def _resources(page: PageObject) -> Any:
    """A page's resources, its own or those of the pages above it."""
    node: Any = page
    for _ in range(50):
        found = dictionary(node.get("/Resources"))
        if found or "/Parent" not in node:
            return found
        node = dictionary(node.get("/Parent"))
    return dictionary(None)


def _is_inside(word: Word, width: float, height: float) -> bool:
    return -1 <= word.left < width and -1 <= word.base <= height


def _links(page: PageObject, base: Matrix) -> list[tuple[Box, str]]:
    """The areas of a page that lead to an address."""
    links: list[tuple[Box, str]] = []
    try:
        notes: Any = page["/Annots"].get_object()
        for note in list(notes)[:MOST_LINKS]:
            address = dictionary(dictionary(note).get("/A")).get("/URI")
            area: Any = dictionary(note)["/Rect"].get_object()
            corners = [float(number) for number in area]
            if isinstance(address, str) and re.match(r"https?://[^\s()<>]+$", address):
                points = [at(base, corners[0], corners[1]), at(base, corners[2], corners[3])]
                links.append((box_around(points), address))
    except (PyPdfError, LookupError, TypeError, ValueError, AttributeError):
        pass
    return links


def _with_links(words: list[Word], links: list[tuple[Box, str]]) -> Iterator[Word]:
    for word in words:
        x, y = (word.left + word.right) / 2, word.base + word.size / 4
        address = next((to for (left, low, right, top), to in links if left <= x <= right and low <= y <= top), "")
        yield replace(word, link=address) if address else word
