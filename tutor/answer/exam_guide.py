"""A question about sitting the exam in; which facts of the guide answer it, and those as passages to cite, out.

The guide is data (`corpus/guides`, or the learner's own), so its facts are told in sentences made here, one for each
fact, and each cites the edition with its source and the day on which it was checked. What the guide does not state is
left to the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tutor.answer.conversation.phrases import patterns
from tutor.engines.engine import DraftAnswer, DraftStatement, Quote
from tutor.read.document import Passage, Source
from tutor.read.guides.blueprint import Facts, Section, plain
from tutor.read.guides.edition import Edition

EXAM_PAGE = "exam-and-current-guide"
"""The page of the documentation about what the guide leaves out."""
DOUBTS = "How sure this is"
MOST_WORDS = 25
"""A longer turn is about more than the exam's facts."""

_EXAM = re.compile(
    r"\b(?:the|this|my|your|an?|pmle|google|real|current|new|2026|next|actual|whole|cloud|engineer) (?:\w+ )?"
    r"(?:exam|certification|test)\b"
    r"|\bexam (?:guide|length|duration|fee|cost|price|format|sections?|domains?|weights?|objectives|languages?|topics|"
    r"time|dates?|day|questions|version|edition)\b"
    r"|\bpmle\b|\bcertificat(?:e|ion)\b|\bpassing score\b|\b(?:exam )?guide of\b|\b20\d\d (?:exam )?guide\b"
    r"|\bexam[\s?.!]*$",
    re.IGNORECASE,
)
_ABOUT_CONTENT = re.compile(
    r"\b(?:exam|certification) (?:turns?|asks?|tests?|wants?)\b|\bturn on\b|\btest (?:set|data|split)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\b(?:section|domain|objective|part|consideration)\s+(\d(?:\.\d){0,2})\b|\b(?:of|in|is)\s+([1-9]\.[1-9](?:\.\d)?)\b",
    re.IGNORECASE,
)
MOST_WORDS_OF_SECTION = 9
"""In a longer turn a bare number, as in "a score of 1.2", is no section."""


def exam_topics(question: str) -> tuple[str, ...]:
    """Which facts a question asks for, `section N` among them; empty where it is not about the exam itself."""
    asked = " ".join(question.replace("’", "'").split())
    named = _SECTION.search(asked)
    if named and len(asked.split()) <= (MOST_WORDS if named[1] else MOST_WORDS_OF_SECTION):
        return (f"section {named[1] or named[2]}",)
    if not _EXAM.search(asked) or _ABOUT_CONTENT.search(asked) or len(asked.split()) > MOST_WORDS:
        return ()
    found = dict.fromkeys(topic for topic, pattern in patterns("exam.txt", anywhere=True) if pattern.search(asked))
    first = next(iter(found), "")
    if first in ("fee", "length") and "validity" in found:
        return ("validity",)
    if first == "new" and "dates" in found and asked.lower().startswith("when"):
        return ("dates",)
    return (first,) if first else ()


def exam_draft(topics: Sequence[str], edition: Edition) -> tuple[DraftAnswer, list[Passage]]:
    """The facts of an edition that answer topics, as statements, and the passages that they quote."""
    drafted: list[DraftStatement] = []
    passages: list[Passage] = []
    for topic in topics:
        lines = _lines(topic, edition)
        if not lines:
            continue
        passage = _passage(topic, [*lines, *_doubts(edition)], edition)
        passages.append(passage)
        is_list = topic == "new" or topic.startswith("section")
        for place, line in enumerate(lines):
            part = "In the guide" if is_list and place else ""
            drafted.append(DraftStatement(line, (Quote(passage.id, line),), part))
        drafted += [DraftStatement(line, (Quote(passage.id, line),), DOUBTS) for line in _doubts(edition)]
    return DraftAnswer(tuple(drafted)), passages


def _lines(topic: str, edition: Edition) -> list[str]:
    """What an edition says about a topic, a sentence a line."""
    facts = edition.blueprint.facts
    if topic.startswith("section "):
        return list(_section(topic.removeprefix("section "), edition))
    told = {
        "length": _length(facts),
        "fee": _fee(facts),
        "questions": _questions(facts),
        "score": [f"The passing score is {facts.passing_score}."] if facts.passing_score else [],
        "delivery": [f"{way.text}." for way in facts.delivery],
        "languages": [f"The exam is given in {_listed(facts.languages)}."] if facts.languages else [],
        "prerequisites": _prerequisites(facts),
        "validity": _validity(facts),
        "weights": _weights(edition),
        "new": _new(edition),
        "dates": _dates(edition),
    }
    note = [edition.languages_note] if topic == "languages" and edition.languages_note else []
    return [*told.get(topic, ()), *note]


def _length(facts: Facts) -> list[str]:
    return [f"The exam takes {facts.length_minutes} minutes."] if facts.length_minutes else []


def _fee(facts: Facts) -> list[str]:
    if not facts.fee:
        return []
    currency = "US dollars" if facts.fee.currency == "USD" else facts.fee.currency
    note = f", {facts.fee.note}" if facts.fee.note else ""
    return [f"The exam costs {plain(facts.fee.amount)} {currency}{note}."]


def _questions(facts: Facts) -> list[str]:
    found = []
    if facts.questions:
        low, high = facts.questions
        found.append(f"The exam has {low} questions." if low == high else f"The exam has {low} to {high} questions.")
    if facts.formats:
        found.append(f"The questions are {_listed(facts.formats)}.")
    return found


def _prerequisites(facts: Facts) -> list[str]:
    found = []
    if facts.prerequisites:
        none = facts.prerequisites.lower() == "none"
        found.append("The exam has no prerequisites." if none else f"Prerequisites: {facts.prerequisites}.")
    if facts.experience:
        found.append(f"Recommended experience: {facts.experience}.")
    return found


def _validity(facts: Facts) -> list[str]:
    found = []
    if facts.validity_years:
        found.append(f"The certification is valid for {plain(facts.validity_years)} years.")
    if facts.renewal_days_before_expiry:
        found.append(f"It can be renewed from {facts.renewal_days_before_expiry} days before it expires.")
    return found


def _weights(edition: Edition) -> list[str]:
    sections = edition.blueprint.sections
    if not sections:
        return []
    rows = "\n".join(f"| {section.number or ''} {section.title} | {_weight(section)} |" for section in sections)
    objectives = sum(1 for _ in edition.blueprint.objectives)
    return [
        f"The {_name(edition)} has {len(sections)} sections with {objectives} objectives.",
        f"| Section | Weight |\n|---|---|\n{rows}",
    ]


def _section(number: str, edition: Edition) -> Iterator[str]:
    """A section, an objective or a consideration with what belongs to it."""
    for section in edition.blueprint.sections:
        if section.number == number:
            yield f"Section {number} is “{section.title}” and weighs {_weight(section)}."
            yield from (f"Objective {objective.number}: {objective.title}." for objective in section.objectives)
        for objective in section.objectives:
            if objective.number == number:
                yield f"Objective {number} is “{objective.title}”, in section {section.number}, “{section.title}”."
                yield from (f"{each.id}: {each.text}." for each in objective.considerations)
            for each in objective.considerations:
                if each.id == number:
                    where = f"in objective {objective.number}, “{objective.title}”"
                    yield f"Consideration {number} is “{each.text}”, {where}."


def _new(edition: Edition) -> list[str]:
    """What no consideration of the edition before leads to."""
    fresh = [each for each in edition.blueprint.considerations if not each.continues]
    if not fresh or edition.status == "own":
        return []
    count = f"{len(fresh)} of its considerations carry on none of the edition before."
    return [
        *(f"{line[:-1]}; {count}" for line in _dates(edition)),
        *(f"New in {each.id}: {each.text}." for each in fresh),
    ]


def _dates(edition: Edition) -> list[str]:
    if not edition.live_from:
        return []
    return [f"The {_name(edition)} has been in force since {_day(edition.live_from)}."]


def _doubts(edition: Edition) -> list[str]:
    return list(edition.uncertain[:1])


def _passage(topic: str, lines: Sequence[str], edition: Edition) -> Passage:
    text = "\n\n".join(line if line.startswith("|") else f"- {line}" for line in lines)
    sources = tuple(Source(one.title, one.url, one.checked) for one in edition.sources)
    id_ = f"{edition.id}#{topic.replace(' ', '-')}"
    title = _name(edition)
    return Passage(
        id_,
        edition.id,
        f"{title[0].upper()}{title[1:]}",
        (topic.capitalize(),),
        text,
        0,
        len(text),
        sources=sources,
    )


def _name(edition: Edition) -> str:
    if edition.status == "own":
        return f"guide that you added ({edition.blueprint.title})"
    return f"exam guide of {edition.blueprint.edition or edition.id}"


def _weight(section: Section) -> str:
    weight = section.weight_percent
    if weight is None:
        return "not stated"
    return f"{plain(weight[0])} to {plain(weight[1])}%" if isinstance(weight, tuple) else f"{plain(weight)}%"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
