"""How a line of a guide begins: heading, bullet or table row, and the label and number behind it.

"## Task Statement 1.1: Ingest data" is a heading of level 2 with the label "task statement" and the number "1.1".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "bullet", "row", "plain"]
Level = Literal["section", "objective", "consideration"]

BOLD_HEADING = 7
"""The level of a line that is bold and nothing else: below every heading proper."""

_SECTION_LABELS = (
    "content domain|exam domain|domain|section|objective domain|knowledge area|content area|competency|competence|area"
    "|topic|abschnitt|bereich|domaine|secci[oó]n|dominio|se[cç][aã]o|dom[ií]nio|sezione|セクション|ドメイン|분야|섹션"
)
_OBJECTIVE_LABELS = (
    "task statement|task|exam objective|learning objective|objective|sub-?domain|sub-?section|sub-?topic|subtask"
)
_CONSIDERATION_LABELS = "skill|sub-?objective|knowledge|ability"
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("section", re.compile(_SECTION_LABELS, re.I)),
    ("objective", re.compile(_OBJECTIVE_LABELS, re.I)),
    ("consideration", re.compile(_CONSIDERATION_LABELS, re.I)),
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SPELLED = {spelled: str(at + 1) for spellings in (_WORDS, _ROMANS) for at, spelled in enumerate(spellings)}

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*$")
_BOLD_LINE = re.compile(r"^[ \t]*(?:\d{1,2}\.[ \t]+)?(\*\*|__)(?=\S)([^*\n]{2,200}?)\1[ \t]*:?[ \t]*$")
_BULLET = re.compile(r"^([ \t]*)([-*+])[ \t]+(?:\[[ xX]?\][ \t]+)?(.*)$")
_ORDERED = re.compile(r"^([ \t]*)(\(?(?:\d{1,2}|[a-z]|[A-Z]|[ivx]{2,4})[.)])[ \t]+(\S.*)$")
_ROW = re.compile(r"^[ \t]*\||\S[ \t]+\|(?:[ \t]|$)|^[^\t]{2,}[A-Za-z)%]\t+\S")
_RULE_CHARACTERS = frozenset(" \t|:+-=*_~—")
_OUTLINE_NUMBER = r"\d{1,3}(?:\.[ ]?\d{1,2}){1,3}(?:\.?[a-z](?![a-z]))?|\d{1,3}\.?[a-z](?![\w’'])"
_LABELLED = re.compile(
    rf"^({_SECTION_LABELS}|{_OBJECTIVE_LABELS}|{_CONSIDERATION_LABELS})[ \t]*"
    rf"({_OUTLINE_NUMBER}|\d{{1,3}}|[IVX]{{1,4}}(?!\w)|(?:{'|'.join(_WORDS)})\b)"
    r"(?:[ \t]*[.:)|：–—-][ \t]*|[ \t]+(?-i:(?=[^a-z]))|$)(.*)$",
    re.I,
)
_NUMBERED = re.compile(rf"^({_OUTLINE_NUMBER})(?:[.):]?[ \t]+(?:[-–—:][ \t]+)?|[ \t]*[-–—:][ \t]+)(\S.*)$")
_COUNTED = re.compile(r"^(\d{1,2})(?:[.)][ \t]+|[ \t]*[-–—:][ \t]+|[ \t]+)(?=[^\W\d_a-z])(.+)$")
_CONTINUED = re.compile(r"[ \t]*[(\[]?(?:continued|cont['’.]?d?\.?)[)\]]?[ \t]*$", re.I)


@dataclass(frozen=True)
class Mark:
    """What a line begins with, and what is left of it."""

    kind: Kind
    style: str
    """`-` for a bullet, `1.` or `a)` for an ordered entry; empty otherwise."""
    depth: int
    """Level of a heading; indentation of a bullet in columns."""
    rest: str
    ordinal: str = ""
    """The number or letter of an ordered entry."""


@dataclass(frozen=True)
class Number:
    """A label and number before a title."""

    label: str
    """"domain", "task statement" …, in lower case; empty without one."""
    level: Level | None
    """What the label says the line is; None without a label."""
    number: str
    title: str
    continued: bool = False

    @property
    def first(self) -> str:
        """The number of the section it belongs to: "2" for "2", "2.0", "2.1" and "2a"."""
        return re.match(r"\d*", self.number)[0]  # type: ignore[index]

    @property
    def depth(self) -> int:
        """How many parts the number has: 1 for "2" and "2.0", 2 for "2.1" and "2a", 3 for "2.1.1"."""
        parts = [part for part in re.split(r"\.|(?<=\d)(?=[a-z])", self.number) if part]
        return len(parts) - (len(parts) == 2 and parts[1] == "0")


def read_mark(line: str) -> Mark:
    """Recognise the mark that a line begins with."""
    if heading := _HEADING.match(line):
        return Mark("heading", "", len(heading[1]), heading[2])
    if bold := _BOLD_LINE.match(line):
        return Mark("heading", "", BOLD_HEADING, line.strip().replace(bold[1], ""))
    if bullet := _BULLET.match(line):
        return Mark("bullet", "-", len(bullet[1].expandtabs(4)), bullet[3])
    if ordered := _ORDERED.match(line):
        style = re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]", "A", ordered[2])))
        return Mark("bullet", style, len(ordered[1].expandtabs(4)), ordered[3], ordered[2].strip("(.)"))
    if _ROW.search(line):
        return Mark("row", "", 0, line.strip())
    return Mark("plain", "", 0, line.strip())


def read_number(text: str) -> Number | None:
    """Recognise the label and outline number that a line's text begins with, if it has one."""
    if labelled := _LABELLED.match(text):
        level = next(level for level, labels in _LEVELS if labels.fullmatch(labelled[1]))
        number = labelled[2].lower()
        number = _SPELLED.get(number) or number.replace(" ", "")
        title = _CONTINUED.sub("", labelled[3])
        return Number(labelled[1].lower(), level, number, title, continued=title != labelled[3])
    numbered = _NUMBERED.match(text)
    if numbered and (numbered[2][0].isupper() or not numbered[2][0].isascii() or numbered[1].count(".") > 1):
        title = _CONTINUED.sub("", numbered[2])
        return Number("", None, numbered[1].replace(" ", ""), title, continued=title != numbered[2])
    return None


def read_count(text: str) -> Number | None:
    """Recognise a whole number before a title, "2. Create policies" or "2 Create policies": a section, or an entry."""
    counted = _COUNTED.match(text)
    return Number("", None, counted[1], counted[2]) if counted else None


def opens_entry(line: str) -> bool:
    """Whether a line has a mark of its own, so that it cannot be the rest of the line before."""
    mark = read_mark(line)
    return mark.kind != "plain" or is_rule(line) or bool(read_number(mark.rest) or read_count(mark.rest))


def is_rule(line: str) -> bool:
    """Whether a line only draws a rule, or parts the head of a table from its body."""
    return len(line.strip()) > 2 and _RULE_CHARACTERS.issuperset(line)
