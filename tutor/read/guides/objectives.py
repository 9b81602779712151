"""The lines below a section in, its objectives with their considerations out, and the lines that say neither.

Objectives are numbered ("1.1", "2a", "Task Statement 3"), or headings, or titles followed by a list. Considerations are
the bullets below them, or the lines where a guide has no bullets. What is nested below a consideration is its examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tutor.read.guides.blueprint import Consideration, Objective
from tutor.read.guides.lines import Line
from tutor.read.guides.marks import BOLD_HEADING
from tutor.read.guides.parts import only_introduces
from tutor.read.guides.products import examples_in, products_in

LONGEST_ENTRY = 300
"""Above this, a line without a mark is prose."""
LONGEST_TITLE = 140

_ABOUT_OBJECTIVE = re.compile(r"(?:weight|description|overview|goal|summary)\s*:", re.I)


@dataclass
class _Entry:
    """A consideration and what is nested below it."""

    text: str
    below: list[_Entry] = field(default_factory=list)


@dataclass
class _Draft:
    """An objective in the making."""

    number: str | None = None
    title: str | None = None
    entries: list[_Entry] = field(default_factory=list)
    base: int | None = None
    """Nesting of the first bullet of the list that is being read."""


def read_objectives(body: Sequence[Line]) -> tuple[tuple[Objective, ...], tuple[str, ...]]:
    """Read the body of a section."""
    reading = _Reading(body)
    drafts = [draft for draft in reading.drafts if draft.title or draft.entries]
    if len(drafts) == 1 and not drafts[0].title:
        drafts = list(_promoted(drafts[0]))
    return tuple(map(_finished, list(_merged(drafts)))), tuple(reading.unread)


class _Reading:
    """One walk through the body of a section."""

    def __init__(self, body: Sequence[Line]) -> None:
        self.drafts = [_Draft()]
        self.unread: list[str] = []
        self._numbered = any(map(_is_objective, body))
        self._marked = any(line.kind == "bullet" or _is_consideration(line) for line in body)
        self._titled = set() if self._marked or self._numbered else set(_titles_by_spacing(body))
        before: Line | None = None
        for place, (line, after) in enumerate(zip(body, [*body[1:], None], strict=False)):
            if not self._goes_on(before, line, after):
                self._take(place, line, after)
                before = line

    def _take(self, place: int, line: Line, after: Line | None) -> None:
        if _is_objective(line):
            assert line.number
            self.drafts.append(_Draft(line.number.number, objective_title(line.title)))
        elif _is_consideration(line):
            self._add(line.text, 0)
        elif line.kind == "bullet":
            self._add_bullet(line)
        elif only_introduces(line):
            self.drafts[-1].base = None
        elif self._opens_objective(line, after) or place in self._titled:
            self.drafts.append(_Draft(None, objective_title(line.title)))
        elif line.kind == "plain" and not self._marked and _may_be_entry(line):
            self._add(line.text, 0)
        else:
            self.drafts[-1].base = None
            if not line.text.endswith(":"):
                self.unread.append(line.full)

    def _goes_on(self, before: Line | None, line: Line, after: Line | None) -> bool:
        """Whether a line only carries on the bullet right above it; if so, it does."""
        entries = self.drafts[-1].entries
        if not before or not entries or before.kind != "bullet" or line.kind != "plain" or line.gap or line.number:
            return False
        if only_introduces(line) or line.full.endswith(":") or self._opens_objective(line, after):
            return False
        entry = entries[-1]
        while entry.below:
            entry = entry.below[-1]
        entry.text = f"{entry.text} {line.full}"
        return True

    def _opens_objective(self, line: Line, after: Line | None) -> bool:
        """Whether an unnumbered line is the title of an objective: a heading, or a line with a list right below it."""
        if self._numbered or line.kind not in ("heading", "plain") or len(line.title) > LONGEST_TITLE:
            return False
        if line.kind == "heading":
            return line.level < BOLD_HEADING or (after is not None and after.kind == "bullet")
        return after is not None and after.kind == "bullet" and not line.title.endswith((".", "!", "?"))

    def _add_bullet(self, line: Line) -> None:
        draft = self.drafts[-1]
        if draft.base is None or line.level < draft.base:
            draft.base = line.level
        self._add(line.text, line.level - draft.base)

    def _add(self, text: str, depth: int) -> None:
        """Hang an entry `depth` levels below the last one."""
        entries = self.drafts[-1].entries
        while depth and entries:
            entries, depth = entries[-1].below, depth - 1
        entries.append(_Entry(text))


def objective_title(title: str) -> str:
    """The title of an objective without the sentence that introduces its list: "Considerations include:"."""
    title = title.strip()
    if title.endswith(":"):
        head, stop, tail = title.rpartition(". ")
        title = head if stop and len(tail) < 80 else title
    return title.rstrip(" :.")


def _is_objective(line: Line) -> bool:
    if not line.number:
        return False
    return line.says == "objective" or (line.says is None and line.number.depth == 2)


def _is_consideration(line: Line) -> bool:
    return bool(line.number) and not _is_objective(line)


def _may_be_entry(line: Line) -> bool:
    """Whether a line without a mark can be a consideration: it is short, and not about the objective itself."""
    return len(line.text) <= LONGEST_ENTRY and not _ABOUT_OBJECTIVE.match(line.text)


def _titles_by_spacing(body: Sequence[Line]) -> Iterator[int]:
    """Places of titles in text without marks: where entries stand apart, a line close above another is its title."""
    paragraphs: list[list[int]] = []
    for place, line in enumerate(body):
        if line.gap or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(place)
    single = sum(len(paragraph) == 1 for paragraph in paragraphs)
    if 2 * single >= len(paragraphs):
        yield from (paragraph[0] for paragraph in paragraphs if len(paragraph) > 1)


def _promoted(draft: _Draft) -> Iterator[_Draft]:
    """Where most bullets of a section have lists below them, they are its objectives."""
    parents = sum(bool(entry.below) for entry in draft.entries)
    if 2 * parents < len(draft.entries) or not parents:
        yield draft
        return
    loose = _Draft(entries=[entry for entry in draft.entries if not entry.below])
    if loose.entries:
        yield loose
    for entry in draft.entries:
        if entry.below:
            yield _Draft(None, objective_title(entry.text), entry.below)


def _merged(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """A number that comes twice, in a table of contents or over a page break, is one objective."""
    by_number: dict[str, _Draft] = {}
    for draft in drafts:
        known = by_number.get(draft.number or "")
        if known and (not known.entries or known.title == draft.title):
            known.title, known.entries = draft.title, known.entries + draft.entries
            continue
        if draft.number:
            by_number[draft.number] = draft
        yield draft


def _finished(draft: _Draft) -> Objective:
    return Objective(draft.number, draft.title, tuple(map(_consideration, draft.entries)))


def _consideration(entry: _Entry) -> Consideration:
    below = [text for each in entry.below for text in _flattened(each)]
    examples = (*examples_in(entry.text), *(text for text in below if text))
    return Consideration(entry.text, products_in(entry.text, examples), examples)


def _flattened(entry: _Entry) -> Iterator[str]:
    yield entry.text
    for each in entry.below:
        yield from _flattened(each)
