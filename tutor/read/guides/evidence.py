"""What speaks for a document being an exam guide, and the reason when too little does.

Many documents have numbered sections, percentages or the word "exam": syllabuses, agreements, manuals, blog posts. A
guide is believed when several independent signs come together, and never on its outline's form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.read.guides.blueprint import Facts, Section, Weight
from tutor.read.guides.lines import Line
from tutor.read.guides.parts import part_named
from tutor.read.guides.wording import any_of, compiled

ENOUGH = 3
"""Signs that must come together for an outline to be an exam's."""
FEWEST_FACTS = 3
"""Facts from which a page without an outline is still about an exam."""

_EXAM = re.compile(r"\b(?:exams?|examinations?|certif(?:ication|ied|y)|skills (?:measured|at a glance))\b", re.I)
_TITLE = re.compile(
    r"\b(?:certif\w+|exam(?:ination)?|professional|associate|specialty|practitioner|expert|administrator|engineer|architect"
    r"|developer|leader|curriculum)\b",
    re.I,
)
_NAMES_ITSELF = re.compile(r"\bexam(?:ination)? (?:guide|blueprint|outline)\b", re.I)
_OUTLINE_WORDS = compiled(
    r"""
    \bconsiderations include
    \bknowledge of:|\bskills? in:|\btask statement
    \bskills (?:measured|at a glance)
    % of (?:the )?(?:exam|scored content)
    \bdomains? (?:and|&) competencies
    \bexam (?:objectives|domains|topics|outline)
    """
)
_OTHER_DOCUMENTS = {
    "a course syllabus": r"""
        instructor|office hours|homework|semester|syllabus|lectures?|textbook|midterm|final exam
        attendance|late policy|credit hours|problem sets?|class participation|teaching assistants?
        this course|course outline|instructor-led|you will learn|(?:week|module|lesson|day) \d+
        """,
    "an agreement or a policy": r"""
        hereby|herein|hereunder|shall|liabilit(?:y|ies)|warrant(?:y|ies)|indemnif\w+
        governing law|confidential information|termination|the parties
        """,
    "a job advertisement": r"""
        salary|apply now|we are hiring|benefits package|equal opportunity|job title|responsibilities include
        """,
}
_ACCOUNT = re.compile(r"\b(?:I|I['’]ve|I['’]m|my|me)\b")


def reason_against(
    lines: Sequence[Line], title: str | None, sections: Sequence[Section], facts: Facts, abilities: Sequence[str]
) -> str | None:
    """Why a document is no exam guide; None when it is one."""
    text = "\n".join(line.full for line in lines)
    if not text:
        return "it has no text"
    for kind, words in _OTHER_DOCUMENTS.items():
        found = {word.casefold() for word in re.findall(rf"\b(?:{any_of(words)})\b", text, re.I)}
        if len(found) >= 3 and not re.search(r"% of (?:the )?(?:exam|scored)", text, re.I):
            return f"it reads like {kind} ({', '.join(sorted(found)[:3])})"
    if not _EXAM.search(text) and not _OUTLINE_WORDS.search(text):
        return "it speaks of no exam or certification"
    known = len(facts.as_json())
    signs = _signs(lines, text, title, sections, known, abilities)
    if sections and _is_announced(lines, text, title, sections) and sum(signs) >= ENOUGH:
        return None
    if known >= FEWEST_FACTS and (abilities or len(_ACCOUNT.findall(text)) <= 3 + len(text.split()) / 100):
        return None
    stated = f"it states {known or 'no'} fact{'s' * (known != 1)} about sitting an exam"
    if sections:
        return f"its {len(sections)} sections could be those of any document, and {stated}"
    return f"it has no outline (sections with weights, objectives or topics), and {stated}"


def _is_announced(lines: Sequence[Line], text: str, title: str | None, sections: Sequence[Section]) -> bool:
    """Whether bare names with percentages are said to be what an exam covers; numbers or topics say so themselves."""
    if any(section.number for section in sections) or sum(bool(section.objectives) for section in sections) > 1:
        return True
    if title and _NAMES_ITSELF.search(title) and _add_up([section.weight_percent for section in sections]):
        return True
    return bool(_OUTLINE_WORDS.search(text)) or any(part_named(line) == "outline" for line in lines)


def _signs(
    lines: Sequence[Line],
    text: str,
    title: str | None,
    sections: Sequence[Section],
    facts: int,
    abilities: Sequence[str],
) -> Iterator[int]:
    """How much each sign counts."""
    yield 2 * _add_up([section.weight_percent for section in sections])
    yield sum(section.weight_percent is not None for section in sections) > 0
    yield any(line.says == "section" for line in lines)
    yield any(objective.number for section in sections for objective in section.objectives)
    yield sum(bool(section.objectives) for section in sections) > 2
    yield bool(title and _TITLE.search(title))
    yield (facts >= 1) + (facts >= FEWEST_FACTS)
    yield len(_EXAM.findall(text)) > 2
    yield bool(abilities)
    yield min(2, len(_OUTLINE_WORDS.findall(text)))
    yield any(part_named(line) == "outline" and bool(_EXAM.search(line.title)) for line in lines)


def _add_up(weights: Sequence[Weight | None]) -> bool:
    """Whether several weights together make up an exam."""
    known = [weight if isinstance(weight, tuple) else (weight, weight) for weight in weights if weight is not None]
    return len(known) > 2 and sum(low for low, _ in known) <= 105 and sum(high for _, high in known) >= 95
