"""Passages in, precedents out: statements of pages are taken apart into a circumstance and a choice.

The pages are written so that this can be done: headings say what a statement is for, and verbs such as "fits when",
"points to" or "is the better choice when" part the circumstance from the choice. A statement that cannot be parted
stands for both. Code, figures and mechanisms are left out: they say nothing about which choice is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tutor.read.document import Passage
from tutor.read.statements import Statement, statements
from tutor.solve.precedents import Origin, Precedent

_POINTS = re.compile(
    r"^(?P<when>.{6,}?)\s(?:almost always\s|first\s|often\s|usually\s|therefore\s)?"
    r"(?P<verb>points?(?: first)? (?:to|towards|away from)|calls? for|argues? for|argues? against|favou?rs?|means?|"
    r"belongs? (?:to|in|into)|"
    r"leads? to|requires?|needs?|demands?|excludes?|rules? out|speaks? for|suggests?|indicates?|moves? the choice to|"
    r"turns on|decides? for|is answered by|are answered by|is solved by|is removed by)\s"
    r"(?P<choice>.{3,})$"
)
_FITS = re.compile(
    r"^(?P<choice>.{2,}?)\s"
    r"(?P<verb>(?:does not|do not|cannot|need not)?\s?(?:also )?(?:fits?|suits?|serves?|helps?)"
    r"(?: better| best| badly| well)?"
    r"(?: than [^,]{3,60}?(?= when| where| for| if| because))?|"
    r"(?:is|are|remains?|becomes?) (?:not |no |rarely |usually |often |always )?(?:an? |the )?"
    r"(?:better |right |wrong |poor |good |first |default |usual |weak |simpler |needed|necessary|required|due|"
    r"appropriate|excessive|enough|unsuitable|suitable|wasteful|unnecessary|recommended|chosen|used|meant|right|wrong|"
    r"better|useless|cheaper|safer|sounder|expensive|risky|weak|worth the effort|premature|needless|dangerous|"
    r"impossible)"
    r"(?:choice|first choice|answer|job|fit|tool|option|pattern|measure|method|solution|idea)?)\s"
    r"(?P<join>when|where|if|for|because|unless|to|as|with|in|after|before|whenever|on|by)?\s?"
    r"(?P<when>.{4,})$"
)
_NEGATIVE = re.compile(
    r"\b(?:not|no|cannot|badly|poor|wrong|weak|unsuitable|wasteful|unnecessary|excessive|useless|expensive|risky|premature|needless|dangerous|"
    r"impossible|against|excludes?|rules? out|away from|rarely)\b"
)
_INSTEAD = re.compile(r",?\s+(?:rather than|instead of|and not|not)\s+(?:to\s+|for\s+|by\s+)?", re.IGNORECASE)
_PARTS = re.compile(
    r";\s+|,\s+(?:and|but|whereas|while)\s+(?=[^,;]{6,}\s(?:points?|means?|calls?|needs?|fits?|suits?|favou?rs?)\s)|\.\s+(?=[A-Z])"
)
_COLON = re.compile(r"^(?P<when>[^:]{6,70}):\s+(?P<choice>.{4,})$")
_MISTAKE = re.compile(
    r"^(?P<choice>[A-Z][\w`'-]*(?:ing|ed)?\b.{6,}?)\s(?P<verb>is|are|leads?|makes?|gives?|fails?|hides?|loses?|leaks?|overstates?|wastes?|causes?|"
    r"breaks?|produces?|invents?|creates?|lets?|costs?|raises?|lowers?|doubles?|returns?|stops?|means?|leaves?|ignores?|confuses?|ends?|slows?|"
    r"hurts?|invites?|blocks?|distorts?|measures?|tells?|says?|shows?|keeps?|sends?|turns?|brings?|exposes?|overloads?|floods?|removes?|"
    r"compares?|mixes?|treats?|trains?|forces?|adds?|puts?|does|do|cannot|rarely|usually|often)\s(?P<why>.+)$"
)
_REMEDY = re.compile(r"^(?P<what>.+?);\s+(?P<remedy>.+)$")

_POSITIVE, _ELSEWHERE, _TURNS = "When to choose it", "When not to choose it", "What the exam turns on"
_MISTAKES, _NEIGHBOURS = "Common mistakes", "Against its neighbours"
_PROPERTY_HEADS = re.compile(
    r"^(?:property|question|aspect|criterion|point|feature|need|subject|what|requirement)s?$", re.IGNORECASE
)
_LESSER_COLUMNS = re.compile(
    r"^(?:example|examples|name|unit|weakness|note|api|method name|since|released)$", re.IGNORECASE
)


def from_pages(passages: Iterable[Passage]) -> Iterator[Precedent]:
    """The precedents that pages hold, in reading order."""
    for passage in passages:
        purpose = passage.headings[0]
        for statement in statements(passage.text):
            if statement.form == "table":
                if purpose in (_NEIGHBOURS, _POSITIVE):
                    yield from _from_table(passage, statement.text)
            elif statement.form in ("sentence", "entry"):
                yield from _from_statement(passage, statement, purpose)


def _from_statement(passage: Passage, statement: Statement, purpose: str) -> Iterator[Precedent]:
    text = _plain(statement.text)
    if purpose == _MISTAKES:
        yield from _from_mistake(passage, statement.text, text)
        return
    origins: dict[str, Origin] = {_POSITIVE: "when", _ELSEWHERE: "elsewhere", _TURNS: "turns"}
    if purpose not in origins:
        return
    origin = origins[purpose]
    for part in _PARTS.split(text):
        yield from _parted(passage, statement.text, part.strip().rstrip("."), origin)


def _parted(passage: Passage, whole: str, part: str, origin: Origin) -> Iterator[Precedent]:
    """A clause as a circumstance and a choice."""

    def precedent(when: str, choice: str, sign: int) -> Precedent:
        return Precedent((when,), (choice,), sign, passage.id, whole, origin)

    found = _POINTS.match(part) if origin == "turns" else _FITS.match(part)
    found = found or _POINTS.match(part) or _FITS.match(part) or _COLON.match(part)
    if not found:
        yield precedent(part, part, -1 if origin == "elsewhere" and _NEGATIVE.search(part) else 1)
        return
    verb = found.groupdict().get("verb") or ""
    sign = -1 if _NEGATIVE.search(verb) else 1
    when, choice = found["when"], found["choice"]
    chosen, _, instead = _split_once(_INSTEAD, choice)
    if chosen:
        yield precedent(when, _named(chosen, passage), sign)
    if instead:
        yield precedent(when, _named(instead, passage), -sign)
    if origin == "elsewhere" and sign > 0:
        yield precedent(when, passage.title, -1)


def _from_mistake(passage: Passage, whole: str, text: str) -> Iterator[Precedent]:
    remedy = _REMEDY.match(text)
    what = remedy["what"] if remedy else text
    found = _MISTAKE.match(what)
    done = found["choice"] if found else what
    yield Precedent((what,), (done,), -1, passage.id, whole, "mistake")
    if remedy:
        yield Precedent((what,), (remedy["remedy"].rstrip("."),), 1, passage.id, whole, "remedy")


def _from_table(passage: Passage, text: str) -> Iterator[Precedent]:
    """Each cell says when its row, or its column, is the choice."""
    rows = [[_plain(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    if len(rows) < 2:
        return
    heads, turned = rows[0], bool(_PROPERTY_HEADS.match(rows[0][0]))
    for row in rows[1:]:
        for head, cell in list(zip(heads, row, strict=False))[1:]:
            if len(cell) < 3 or _LESSER_COLUMNS.match(head):
                continue
            if _is_situation(heads[0]):
                yield Precedent((row[0],), (cell,), 1, passage.id, text, "table")
            elif turned:
                yield Precedent((f"{row[0]}: {cell}",), (head,), 1, passage.id, text, "table")
            else:
                when = cell if re.search(r"when|fit|choose|use", head, re.IGNORECASE) else f"{head}: {cell}"
                yield Precedent((when,), (row[0],), 1, passage.id, text, "table")


def _is_situation(head: str) -> bool:
    return bool(
        re.search(r"situation|problem|symptom|need|observation|case|goal|task|wish|question", head, re.IGNORECASE)
    )


def _named(choice: str, passage: Passage) -> str:
    """A choice that names only "it" or "the service" is the page's own."""
    return choice.strip(" ,") if len(choice.split()) > 1 or choice[:1].isupper() else f"{passage.title}: {choice}"


def _split_once(pattern: re.Pattern[str], text: str) -> tuple[str, str, str]:
    match = pattern.search(text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _plain(text: str) -> str:
    """Without Markdown's marks, on one line."""
    return " ".join(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text.replace("`", "").replace("**", "")).split())
