"""The parts that exam guides are made of, recognised by what their headings are called.

Guides share no layout, but their headings share a small vocabulary: "Exam details", "Skills measured", "Out of scope",
"Study resources", "Appendix". A heading that is not in it leaves the part as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from tutor.read.guides.lines import Line
from tutor.read.guides.wording import compiled

Part = Literal["front", "facts", "outline", "audience", "out of scope", "resources", "appendix", "superseded"]

LONGEST_HEADING = 90

_EXAM = r"(?:the |this |your |official |general )?(?:exam(?:ination)?|test|certification|assessment)"
_FOR_LEARNING = (
    r"(?:(?:additional|study|recommended|preparation|learning|useful|helpful|official|further|training|supplementary"
    r"|exam|suggested|free|other|my)[ /&]{1,3}(?:and )?){0,3}"
)
_PARTS: tuple[tuple[Part, str], ...] = (
    (
        "superseded",
        r"""
        (?:skills measured|skill area|objective|outline|exam|version)s? (?:as of .* )?(?:prior to|before|until)\b.*
        (?:previous|former|retired|old) (?:version|exam|edition)s?\b.*
        """,
    ),
    (
        "out of scope",
        r"""
        .{0,80}\bout[- ]of[- ]scope\b.{0,80}
        .{0,80}\bnot (?:focus(?:s?ed)? on|covered|assessed|tested|in scope|expected)\b.{0,80}
        """,
    ),
    (
        "appendix",
        r"""
        appendi(?:x|ces)\b.*
        in[- ]scope\b.*
        technologies and concepts\b.*
        .{0,60}\bacronyms?(?: list)?
        acronyms?\b.*
        glossary\b.*
        change ?log|revision history|release notes
        (?:proposed )?hardware (?:and|&) software\b.*
        faqs?|frequently asked questions
        additional examination information|exam(?:ination)? policies.*
        exam results|response types|unscored content
        table of contents|contents
        sample (?:exam )?questions?
        legal\b.*|disclaimer|licen[cs]e|survey|quick links|contact.*|contributing|key services|accommodations.*
        """,
    ),
    (
        "resources",
        rf"""
        {_FOR_LEARNING}(?:resources?|materials?|links|reading|references?|courses|preparation|documentation|books?)
        recommended (?:training|curriculum|courses?).*
        exams? and recommended training
        practice (?:exams?|tests?|questions?)
        prepar(?:e|ing|ation) for\b.*|how to prepare\b.*|getting ready\b.*|next steps
        related (?:training|courses?|content).*
        """,
    ),
    (
        "facts",
        rf"""
        about {_EXAM}(?: exam)?
        {_EXAM} (?:details?|overview|information|format|summary|facts|logistics|structure)(?: (?:&|and) \w+)?
        {_EXAM} (?:at a glance|registration|snapshot|specifics|description)
        .{{0,40}}\bexamination information
        (?:key|quick) facts|overview|fact sheet|quick reference
        """,
    ),
    (
        "outline",
        rf"""
        (?:detailed |content |course |study |{_EXAM} )?(?:outline|objectives|topics|blueprint|curriculum|syllabus)
        (?:detailed |content |course |study |{_EXAM} )?(?:domains|sections|scopes?|content|content areas|guide)
        content domains?|domains? (?:&|and) (?:competencies|weight.*)
        skills (?:measured|at a glance|outline)\b.*|functional groups|skills you will be tested on
        {_EXAM} (?:domain|content|objective)s?\b.{{0,40}}
        (?:domain|exam|objective)s? (?:weight(?:ing|age)?s?|breakdown)
        topics? covered\b.*|.{{0,20}}\bbreak ?down\b.{{0,30}}
        the exam covers|what the exam covers
        learning objectives|certification exam guide|study points\b.*|(?:knowledge|subject|skill|topic) areas
        (?:skills|competencies|tasks) (?:assessed|tested|covered|measured)\b.*
        """,
    ),
    (
        "audience",
        r"""
        (?:target |intended )?(?:candidate|audience)s?(?: description| profile)?
        who should\b.*|introduction|about|purpose\b.*
        (?:recommended|required)\b.{0,50}(?:knowledge|experience|skills).*
        pre-?requisites?|job role description|minimally qualified candidate
        updates to the exam|test[- ]taker.*
        """,
    ),
)
_PATTERNS = tuple((part, compiled(patterns)) for part, patterns in _PARTS)
_FACT_LABEL = compiled(
    r"(?:(?:exam|test|total|registration|certification|minimum|recommended|question|item|number of|time|types? of)\s)*"
    r"(?:type|version|length|duration|time(?: limit| allotted)?|fee|cost|price|languages?|format|questions?(?: types?)?"
    r"|items|delivery(?: methods?| options?)?|prerequisites?|experience|passing (?:score|grade|mark)"
    r"|validity(?: period)?|expiration|renewal|recertification|exam code)"
    r"(?: of (?:the )?(?:exam|test|items|questions))?\s*:\s*\S.*"
)
_FACT_SENTENCE = re.compile(
    r"(?:The|This) (?:\w+ )?(?:exam(?:ination)?|test|certification) "
    r"(?:costs?|lasts?|takes|has|consists of|contains|is valid for)\b(?=[^.]{0,60}\d)"
)
_INTRODUCES = compiled(
    r"""
    .*\b(?:considerations?|activities|topics|tasks|skills|points|objectives)\b.{0,30}\binclud\w+\s*:?
    (?:knowledge|understanding) of\s*:?|skills? in\s*:?|abilit(?:y|ies) to\s*:?
    (?:this )?includ(?:es|ing)\s*:?|task statements?\s*:?|considerations?\s*:?|objectives?\s*:?|overall\s*:?
    (?:key |specific |sub)?topics?(?: covered)?\s*:?|key (?:concepts|knowledge areas|skills)\s*:?
    .*\byou should (?:know|be able to).*
    (?:voici|points abordés|folgende|considera|incluye)\b.*
    """
)


def part_named(line: Line) -> Part | None:
    """The part that a line is the heading of."""
    if line.kind not in ("heading", "plain") or line.says or line.weight or len(line.title) > LONGEST_HEADING:
        return None
    title = line.title.rstrip(":.?! ").strip()
    return next((part for part, pattern in _PATTERNS if pattern.fullmatch(title)), None)


def with_parts(lines: Iterable[Line]) -> Iterator[tuple[Part, Line]]:
    """Say of each line which part it stands in. What a guide calls superseded stays so to its end."""
    current: Part = "front"
    for line in lines:
        if current != "superseded":
            current = part_named(line) or current
        yield current, line


def states_a_fact(line: Line) -> bool:
    """Whether a line looks like "Length: two hours" or "The exam costs $200", wherever it stands."""
    return bool(_FACT_LABEL.fullmatch(line.full[:300]) or _FACT_SENTENCE.match(line.full))


def only_introduces(line: Line) -> bool:
    """Whether a line says no more than that something follows: "Considerations include:", "Knowledge of:"."""
    return bool(_INTRODUCES.fullmatch(line.title[:200]))
