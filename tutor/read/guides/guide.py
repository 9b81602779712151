"""An extract of an exam guide in, its blueprint out; a document that is no exam guide is refused with the reason.

Mend the text, read its lines, find the outline, then read everything else from the lines outside it. What a guide
normally has and this one lacks is said in the warnings; nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.errors import InputError
from tutor.read.extract import Extract
from tutor.read.guides.blueprint import Blueprint, Facts, Section
from tutor.read.guides.cover import read_edition, read_title
from tutor.read.guides.evidence import reason_against
from tutor.read.guides.facts import read_facts
from tutor.read.guides.lines import read_lines
from tutor.read.guides.mending import mend
from tutor.read.guides.outline import Outline, read_outline
from tutor.read.guides.percentages import doubt_about
from tutor.read.guides.surroundings import read_abilities, read_notes, read_out_of_scope, read_resources

MOST_LINES = 20_000
"""The longest guides have a few hundred; a book is no guide, and would take minutes."""

_USUAL_FACTS = {
    "length_minutes": "length",
    "fee": "fee",
    "questions": "number of questions",
    "formats": "question formats",
    "delivery": "delivery",
    "languages": "languages",
    "prerequisites": "prerequisites",
    "experience": "recommended experience",
    "validity_years": "validity",
}


def read_guide(extract: Extract) -> Blueprint:
    """Read an exam guide; raises `InputError` when the document is none."""
    if extract.text.count("\n") > MOST_LINES:
        raise InputError(
            f"{extract.origin} has more than {MOST_LINES:,} lines, so it is no exam guide. Give only the guide in it."
        )
    lines = read_lines(mend(extract.text))
    outline = read_outline(lines)
    around = [line for place, line in enumerate(lines) if place not in outline.used]
    title = read_title(lines[: min(outline.used, default=len(lines))], extract.title)
    facts = read_facts(around, title)
    abilities = read_abilities(around)
    named = "The text on standard input" if extract.origin == "-" else extract.origin
    if reason := reason_against(lines, title, outline.sections, facts, abilities):
        raise InputError(
            f"{named} is no exam guide: {reason}. Give the page or PDF that lists the exam's sections, or the "
            "page with its facts."
        )
    elsewhere = frozenset(delivery.url for delivery in facts.delivery if delivery.url)
    return Blueprint(
        title=title,
        edition=read_edition(extract.text, lines),
        facts=facts,
        abilities=abilities,
        sections=outline.sections,
        resources=read_resources(around, elsewhere),
        out_of_scope=read_out_of_scope(around),
        notes=read_notes(around),
        warnings=(*extract.warnings, *_warnings(outline, facts, title)),
    )


def _warnings(outline: Outline, facts: Facts, title: str | None) -> Iterator[str]:
    """What a guide normally has and this one lacks, and what was not understood."""
    sections = outline.sections
    if title is None:
        yield "The guide states no title."
    if not sections:
        yield "This is an overview without an outline: it lists no sections, so it weighs and covers nothing."
    if doubt := doubt_about([section.weight_percent for section in sections]):
        yield doubt
    if empty := [section.number or section.title for section in sections if not section.objectives]:
        yield f"Named without objectives or topics: {_listed(empty)}."
    if gaps := list(_gaps(sections)):
        yield f"The numbering skips {_listed(gaps)}; the text may be incomplete."
    stated = facts.as_json()
    if missing := [words for name, words in _USUAL_FACTS.items() if name not in stated]:
        yield f"The guide does not state: {', '.join(missing)}."
    if outline.unread:
        shown = "; ".join(f"“{text[:60]}”" for text in outline.unread[:3])
        yield f"Lines inside the outline that were not understood: {len(outline.unread)} ({shown})."


def _gaps(sections: Sequence[Section]) -> Iterator[str]:
    """Numbers of sections and objectives that are missing between others."""
    yield from _missing([section.number.split(".")[0] if section.number else "" for section in sections], "section ")
    for section in sections:
        numbers = [objective.number or "" for objective in section.objectives]
        heads = {number.rpartition(".")[0] for number in numbers}
        if len(heads) == 1 and (head := heads.pop()):
            yield from _missing([number.rpartition(".")[2] for number in numbers], f"{head}.")


def _missing(numbers: Sequence[str], before: str) -> Iterator[str]:
    if numbers and all(number.isdecimal() for number in numbers):
        known = {int(number) for number in numbers}
        yield from (f"{before}{number}" for number in range(min(known), max(known)) if number not in known)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
