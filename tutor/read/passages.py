"""Documents in, passages out.

A passage is what stands under one heading. Long stretches are cut between blocks (paragraphs, lists, tables, code), and
only between them: a table or a code block is never cut in two. Every passage's text is found at its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.read.document import CURRENT_EDITION, Document, Passage

LONGEST_WORDS = 180
"""Above this, blocks go into a further passage: the shipped encoder reads 256 word pieces."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class Block:
    """A run of lines that belong together: a paragraph, list, table or code block."""

    start: int
    end: int
    words: int


@dataclass(frozen=True)
class Part:
    """What stands directly under one heading."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]


def cut(document: Document) -> list[Passage]:
    """Cut a document into passages, in reading order."""
    passages: list[Passage] = []
    uses: dict[str, int] = {}
    for part in parts(document.text, document.body_start):
        for group in _group(part.blocks):
            headings = part.headings or (document.title,)
            anchor = slug(headings[-1])
            uses[anchor] = uses.get(anchor, 0) + 1
            place = f"{anchor}.{uses[anchor]}" if uses[anchor] > 1 else anchor
            start, end = group[0].start, group[-1].end
            passages.append(
                Passage(
                    id=f"{document.id}#{place}",
                    doc=document.id,
                    title=document.title,
                    headings=headings,
                    text=document.text[start:end],
                    start=start,
                    end=end,
                    names=document.names,
                    objectives=objectives(document.treats),
                    sources=document.sources,
                    layer=document.layer,
                    asked=document.asked.get(place, ()),
                )
            )
    return passages


def cut_all(documents: Iterable[Document]) -> list[Passage]:
    """Cut every document, keeping their order."""
    return [passage for document in documents for passage in cut(document)]


def objectives(treats: Iterable[str], edition: str = CURRENT_EDITION) -> tuple[str, ...]:
    """The objectives of one edition to which the treated considerations belong: `2026-06/4.2.4` lies in `4.2`."""
    numbers = (
        entry.removeprefix(f"{edition}/").rpartition(".")[0] for entry in treats if entry.startswith(f"{edition}/")
    )
    return tuple(dict.fromkeys(numbers))


def slug(heading: str) -> str:
    """Turn a heading into the part of a passage id that stands behind `#`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "text"


def parts(text: str, start: int = 0) -> Iterator[Part]:
    """Split Markdown at its headings, from `start` on; headings inside code do not count."""
    path: list[tuple[int, str]] = []
    lines: list[tuple[int, int]] = []
    fence = ""
    for begin, end in _lines(text, start):
        line = text[begin:end]
        opening = _FENCE.match(line)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
        heading = None if fence or opening else _HEADING.match(line)
        if not heading:
            lines.append((begin, end))
            continue
        yield from _part(text, path, lines)
        lines = []
        level = len(heading[1])
        path = [entry for entry in path if entry[0] < level] + [(level, heading[2])]
    yield from _part(text, path, lines)


def _part(text: str, path: list[tuple[int, str]], lines: list[tuple[int, int]]) -> Iterator[Part]:
    blocks = tuple(_blocks(text, lines))
    if blocks:
        yield Part(tuple(title for _, title in path), blocks)


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    """Join lines into blocks: blank lines part them, except inside a fence."""
    current: list[tuple[int, int]] = []
    fence = ""
    for begin, end in lines:
        line = text[begin:end]
        opening = _FENCE.match(line)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
        if line.strip() or fence:
            current.append((begin, end))
        elif current:
            yield _block(text, current)
            current = []
    if current:
        yield _block(text, current)


def _block(text: str, lines: list[tuple[int, int]]) -> Block:
    start, end = lines[0][0], lines[-1][1]
    stripped = text[start:end].rstrip()
    return Block(start, start + len(stripped), len(stripped.split()))


def _group(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Fill passages with whole blocks up to `LONGEST_WORDS`."""
    group: list[Block] = []
    for block in blocks:
        if group and sum(member.words for member in group) + block.words > LONGEST_WORDS:
            yield group
            group = []
        group.append(block)
    if group:
        yield group
