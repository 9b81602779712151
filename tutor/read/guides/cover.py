"""What the cover of a guide says: its title and its edition.

The title is a heading or short line near the top that names an exam or a role; failing that, the subject of the
sentence that describes the role ("A Professional Data Engineer makes …"). The edition is whatever the guide calls
itself: beta, a version, the day from which it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.read.guides.lines import Line
from tutor.read.guides.parts import part_named, states_a_fact

NEAR_TOP = 15
"""Lines in which a title is looked for."""
LONGEST_TITLE = 120

_NAMES_AN_EXAM = re.compile(
    r"\b(?:certif\w*|exams?|examination|professional|associate|specialty|practitioner|expert|fundamentals|leader|engineer"
    r"|architect|developer|administrator|analyst|curriculum|[A-Z]{2,4}-?[A-Z]?\d{2,4})\b",
    re.I,
)
_SAYS_ONLY_GUIDE = re.compile(
    r"^(?:the\s)?(?:official\s|google cloud\s)?(?:certif\w+\s|exam\s|study\s)*"
    r"(?:exam(?:ination)?|guide|certified|certification|objectives)$",
    re.I,
)
_ROLE = re.compile(
    r"^(?:An?|The)\s((?:[A-Z][\w&/+-]*(?:\s(?:and|of|for|on)(?=\s[A-Z]))?\s){2,8})(?:\([^)]*\)\s)?"
    r"(?=[a-z]+s\b|can\b|should\b|is\b|has\b|exam\b|certif)"
)
_BETA = re.compile(r"\s*(?:\^\{?|\(|\[|\*+|[-–—:]\s*)?\bbeta\b(?:\s(?:version|edition))?[})\]*]*", re.I)
_VERSION = re.compile(r"(?<![A-Za-z])(?:version:?\s|ver\.\s|v)(\d+(?:\.\d+)+|\d+(?=\s|$))", re.I)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = rf"{_MONTH}\.?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?\d{{4}}|\d{{1,2}}\s{_MONTH}\s\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
_HOLDS_FROM = re.compile(
    r"\b(?:as of|effective(?: date)?|(?:go(?:es)?|be|is) live (?:on|from|starting)|valid from|starting"
    rf"|last updated|updated|revised|revision|edition|version|released?|published)\b[:\s]*(?:on\s)?({_DATE})",
    re.I,
)
_SITE = re.compile(r"\s[|·–—]\s[^|·–—]{2,40}$")


def read_title(lines: Sequence[Line], page_title: str = "") -> str | None:
    """The title of the guide, without marks of its edition."""
    role = next((_role(line.full) for line in lines if _ROLE.match(line.full)), None)
    near_top = [_without_edition(line.full) for line in lines[:NEAR_TOP] if _may_be_title(line)]
    for title in [*near_top, _without_edition(_SITE.sub("", page_title))]:
        if _NAMES_AN_EXAM.search(title) and not _SAYS_ONLY_GUIDE.match(title):
            return role if role and title in role else title
    return role or next((title for title in near_top if title), None)


def read_edition(text: str, lines: Sequence[Line]) -> str | None:
    """What the guide calls its edition; `text` is the guide before mending, which drops what every page repeats."""
    return ", ".join(dict.fromkeys(_editions(text, lines))) or None


def _editions(text: str, lines: Sequence[Line]) -> Iterator[str]:
    top = "\n".join(text.strip().split("\n")[:NEAR_TOP])
    if any(_BETA.search(line.full) for line in lines[:NEAR_TOP] if _may_be_title(line)):
        yield "beta"
    if version := _VERSION.search(top):
        yield f"version {version[1]}"
    if date := _HOLDS_FROM.search(text):
        yield date[1]


def _may_be_title(line: Line) -> bool:
    if line.kind not in ("heading", "plain") or len(line.full) > LONGEST_TITLE or line.says or line.weight:
        return False
    if line.full.endswith((".", "!", "?", ":")) or "://" in line.full or line.full.startswith("*"):
        return False
    if part_named(line) and not (line.level == 1 and _NAMES_AN_EXAM.search(line.full)):
        return False
    return not states_a_fact(line) and not line.full[:1].isdigit()


def _without_edition(title: str) -> str:
    return " ".join(_VERSION.sub("", _BETA.sub("", title)).split()).strip(" -–—:*|")


def _role(sentence: str) -> str | None:
    found = _ROLE.match(sentence)
    return found[1].strip() if found else None
