"""Markdown as people write it in, Markdown in one form out.

One form: `#` headings, `- ` bullets, tables with outer bars, links written out. Front matter gives the title; images,
comments and hidden elements are dropped; HTML inside becomes Markdown. Fenced code is left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tutor.read.formats import Reading, bullets
from tutor.read.formats.letters import clean
from tutor.read.formats.tables import table
from tutor.read.formats.text import collapse, title_of

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n((?:(?!---[ \t]*\n)[^\n]*\n){0,200})---[ \t]*(?:\n|\Z)")
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.M | re.I)
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|[A-Z])")
"""Many write `#Title` without the blank; `#hashtag` and `#1` are no headings."""
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]^\n]{1,200})\]:[ \t]*<?([^\s>]*)>?(?:[ \t]+[\"'(][^\n]*)?$", re.M)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_EMPTY_LINK = re.compile(r"\[[ \t]*\]\([^()\n]{0,2000}\)")
_LINK_TITLE = re.compile(r"(\]\([^()\s]{1,2000})\s+(?:\"[^\"\n]*\"|'[^'\n]*')\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,200})\])?(?![(:])")
_TICKS = re.compile(r"`+")
_PLACE = re.compile("\ue200(\\d+)\ue201")


def read(text: str) -> Reading:
    """Read Markdown."""
    text = clean(text)
    front = _FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(front[1]) if front else None
    tidied = tidy(text[front.end() :] if front else text)
    return Reading(tidied, named[1] if named else title_of(tidied.split("\n")))


def tidy(text: str) -> str:
    """Bring clean Markdown into the one form."""
    definitions: dict[str, str] = {}
    stretches = list(_stretches(text))
    for is_code, stretch in stretches:
        if not is_code:
            definitions |= {match[1].lower(): match[2] for match in _DEFINITION.finditer(stretch)}
    lines: list[str] = []
    for is_code, stretch in stretches:
        lines += stretch.split("\n") if is_code else _prose(stretch, definitions)
    return collapse(lines)


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """Part fenced code from the rest."""
    begin, fence, lines = 0, "", text.split("\n")
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if not mark or (fence and (not mark[1].startswith(fence) or line.strip() != mark[1])):
            continue
        end = number + 1 if fence else number
        yield bool(fence), "\n".join(lines[begin:end])
        begin, fence = end, "" if fence else mark[1]
    yield bool(fence), "\n".join([*lines[begin:], fence] if fence else lines[begin:])


def _prose(text: str, definitions: dict[str, str]) -> list[str]:
    """Tidy what is no code."""
    from tutor.read.formats.tags import without_tags

    text, spans = _without_code_spans(_DEFINITION.sub("", text))
    text = html.unescape(without_tags(text))
    text = _EMPTY_LINK.sub("", _IMAGE.sub("", text))
    text = _LINK_TITLE.sub(r"\1)", text)
    text = _REFERENCE.sub(lambda match: _linked(match, definitions), text)
    text = _PLACE.sub(lambda match: spans[int(match[1])], text)
    lines = _with_hash_headings(text.split("\n"))
    return bullets.tidy(_tables(lines), glyphs_nest=False)


def _without_code_spans(text: str) -> tuple[str, list[str]]:
    """Put a placeholder for every `code span`, so that nothing rewrites it."""
    text = text.replace("\ue200", "").replace("\ue201", "")
    runs = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}
    last: dict[str, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        closing[number] = last.get(runs[number][0], -1)
        last[runs[number][0]] = number
    spans: list[str] = []
    pieces: list[str] = []
    number, done = 0, 0
    while number < len(runs):
        end = closing[number]
        if end >= 0 and "\n\n" not in (span := text[runs[number].start() : runs[end].end()]):
            pieces += [text[done : runs[number].start()], f"\ue200{len(spans)}\ue201"]
            spans.append(" ".join(span.split()))
            number, done = end, runs[end].end()
        number += 1
    return "".join([*pieces, text[done:]]), spans


def _linked(match: re.Match[str], definitions: dict[str, str]) -> str:
    address = definitions.get((match[2] or match[1]).lower())
    return f"[{match[1]}]({address})" if address and address.startswith(("http", "/", ".")) else match[0]


def _with_hash_headings(lines: list[str]) -> list[str]:
    """Rewrite headings that are underlined, and those that close with `#`."""
    written: list[str] = []
    for line in lines:
        mark = line.strip()
        previous = written[-1] if written else ""
        is_underline = len(mark) >= 2 and set(mark) in ({"="}, {"-"}) and len(line) - len(line.lstrip()) < 4
        above_is_text = previous.strip() and not re.match(r"\s*(?:[#>|]|[-*+]\s|\d+[.)]\s)|\s{4}", previous)
        if is_underline and above_is_text and "|" not in previous:
            written[-1] = f"{'#' if mark[0] == '=' else '##'} {previous.strip()}"
            continue
        heading = _HEADING.match(line)
        title = line[heading.end() :].strip(" \t").rstrip("#").rstrip() if heading else ""
        written.append(f"{heading[1]} {title}" if heading and title else line)
    return written


def _tables(lines: list[str]) -> Iterator[str]:
    """Give every table its outer bars."""
    position = 0
    while position < len(lines):
        line = lines[position]
        under = lines[position + 1] if position + 1 < len(lines) else ""
        if "|" not in line or not {"|", "-"} <= set(under) <= set("|-: \t"):
            yield line
            position += 1
            continue
        rows = [_cells(line)]
        position += 2
        while position < len(lines) and "|" in lines[position] and lines[position].strip():
            rows.append(_cells(lines[position]))
            position += 1
        yield from ("", *table(rows).split("\n"), "")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]
