"""The answer: draft, verify, number the citations; or say that the corpus does not have it.

Statements whose citations do not hold are dropped and counted. Where an engine gives up, or loses all that it drafted,
another one may answer in its place, and the reader is told. An answer without statements is a refusal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tutor.answer.citations import Fault, Span, verify
from tutor.answer.layout import AnswerStatement, Part, as_markdown, in_parts
from tutor.answer.renamed import Renamed
from tutor.answer.scope import NOT_KNOWN, Nearness, Rarity, Reason, out_of_scope
from tutor.engines.engine import PLAIN, DraftAnswer, Engine, Form, Length, Manner, Usage
from tutor.index.search import Hit
from tutor.read.document import Passage

Kind = Literal["answer", "aside", "exam", "solution", "lesson", "item"]
"""From passages; a word on the side; facts of the exam from its guide; a solved question; a step of a lesson; a
practice item."""

MOST_OBJECTIVES = 2


@dataclass(frozen=True)
class Citation:
    """Evidence as readers see it: its number, and the words in their passage."""

    number: int
    span: Span


@dataclass(frozen=True)
class Answer:
    """What the reader gets: cited statements, or a refusal with the nearest topics."""

    question: str
    engine: str
    statements: tuple[AnswerStatement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[str, ...] = ()
    """Titles of the nearest pages, for a refusal."""
    dropped: tuple[Fault, ...] = ()
    """Why drafted statements were not shown."""
    stale: Mapping[str, str] = field(default_factory=dict)
    """Cited pages whose official source changed after they were checked, and the day of the change."""

    refusal: Reason = "outside"
    """Why nothing is said, where nothing is."""
    names: tuple[Renamed, ...] = ()
    """Products of the question that are called otherwise now, or are no more."""
    note: str = ""
    """What the reader should know of how the answer came about."""
    usage: Usage | None = None
    """What a language model took, where one was asked."""
    kind: Kind = "answer"
    asked: str = ""
    """What the question was taken for, where that differs."""
    about: str = ""
    """The question that the talk is about, where this one asked for a side of its answer: why, an example."""
    length: Length = "usual"
    form: Form = "usual"
    state: Mapping[str, Any] = field(default_factory=dict)
    """What the next turn has to know: the letters of a solved question, how far a lesson is."""
    hints: tuple[str, ...] = ()
    """What the learner may say next."""

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that the cited passages treat, the one cited most first."""
        counted = Counter(number for citation in self.citations for number in citation.span.passage.objectives[:2])
        return tuple(number for number, _ in counted.most_common(MOST_OBJECTIVES))

    @property
    def evidence(self) -> dict[Passage, list[Citation]]:
        """The citations by the passage they lead to, in order."""
        found: dict[Passage, list[Citation]] = {}
        for citation in self.citations:
            found.setdefault(citation.span.passage, []).append(citation)
        return found

    @property
    def refused(self) -> bool:
        """Whether the corpus does not answer the question."""
        return not self.statements

    @property
    def text(self) -> str:
        """The answer in one piece, citations as [n]."""
        if self.refused:
            return refuse(self.refusal, self.nearest)
        return as_markdown(self.statements, self.form)

    @property
    def parts(self) -> list[Part]:
        """The statements by the part they stand in, in order."""
        return in_parts(self.statements)

    def as_json(self, seconds: float) -> dict[str, Any]:
        """The answer in the shape that the command line promises."""
        return {
            "answer": self.text,
            "refused": self.refused,
            "refusal": self.refusal if self.refused else None,
            "statements": [one.as_json() for one in self.statements],
            "citations": [self._citation_json(citation) for citation in self.citations],
            "nearest": list(self.nearest),
            "names": [note.as_json() for note in self.names],
            "note": self.note,
            "kind": self.kind,
            "asked": self.asked or self.question,
            "about": self.about,
            "manner": {"length": self.length, "form": self.form},
            "objectives": list(self.objectives),
            "state": dict(self.state),
            "hints": list(self.hints),
            "engine": self.engine,
            "model": self.usage.as_json() if self.usage else None,
            "seconds": round(seconds, 4),
        }

    def _citation_json(self, citation: Citation) -> dict[str, Any]:
        passage, source = citation.span.passage, citation.span.passage.source
        return {
            "n": citation.number,
            "passage": passage.id,
            "doc": passage.doc,
            "title": passage.title,
            "heading": passage.heading,
            "quote": citation.span.text,
            "source_url": source.url if source else None,
            "checked": source.checked.isoformat() if source and source.checked else None,
            "source_changed": self.stale.get(passage.doc),
        }


def answer_question(
    question: str,
    hits: Sequence[Hit],
    rarity: Rarity,
    engine: Engine,
    instead: Engine | None = None,
    manner: Manner = PLAIN,
    *,
    near: Nearness = NOT_KNOWN,
    named: Sequence[tuple[int, int]] = (),
) -> Answer:
    """Answer from the passages that a search found, best first; `instead` answers where `engine` cannot.

    `near` says how near the question is to what lies beside the passages, `named` where products stand in it.
    """
    nearest = tuple(dict.fromkeys(hit.passage.title for hit in hits))[:3]
    reason_against = out_of_scope(question, hits, rarity, near, named)
    if reason_against:
        return Answer(question, engine.name, nearest=nearest, refusal=reason_against)
    answer = answer_from(question, [hit.passage for hit in hits], engine, instead, manner)
    return replace(answer, nearest=nearest)


def answer_from(
    question: str,
    passages: Sequence[Passage],
    engine: Engine,
    instead: Engine | None = None,
    manner: Manner = PLAIN,
) -> Answer:
    """Answer from given passages, whatever they are about."""
    draft = engine.draft_answer(question, passages, manner)
    answer = replace(checked(question, engine.name, draft, passages), usage=draft.usage)
    reason = draft.gave_up or (f"Nothing that {engine.name} wrote held against the passages." if answer.dropped else "")
    if answer.statements or not reason:
        return answer
    if instead is None or instead.name == engine.name:
        return replace(answer, note=draft.gave_up)
    other = checked(question, instead.name, instead.draft_answer(question, passages, manner), passages)
    note = f"{reason} The {instead.name} engine answered instead."
    return replace(other, usage=draft.usage, note=note, dropped=answer.dropped + other.dropped)


def without_banned(answer: Answer, forbids: Callable[[str], bool]) -> Answer:
    """The answer without statements that reviewers ruled out; citations that only these had go with them."""
    kept = tuple(one for one in answer.statements if not forbids(one.text))
    gone = len(answer.statements) - len(kept)
    if not gone:
        return answer
    numbers = {number for one in kept for number in one.citations}
    citations = tuple(one for one in answer.citations if one.number in numbers)
    ruled_out: Fault = "ruled out"
    note = answer.note if kept else "All that I would have said was ruled out by reviewers."
    return replace(
        answer, statements=kept, citations=citations, dropped=answer.dropped + (ruled_out,) * gone, note=note
    )


def checked(question: str, engine: str, draft: DraftAnswer, passages: Sequence[Passage]) -> Answer:
    """What of a draft holds, with its citations numbered."""
    by_id = {passage.id: passage for passage in passages}
    statements: list[AnswerStatement] = []
    numbers: dict[Span, int] = {}
    dropped: list[Fault] = []
    for drafted in draft.statements:
        spans = verify(drafted, by_id)
        if isinstance(spans, str):
            dropped.append(spans)
            continue
        cited = tuple(dict.fromkeys(numbers.setdefault(span, len(numbers) + 1) for span in spans))
        statements.append(AnswerStatement(drafted.text, cited, drafted.part, drafted.is_step))
    citations = tuple(Citation(number, span) for span, number in numbers.items())
    return Answer(question, engine, tuple(statements), citations, dropped=tuple(dropped))


def refuse(reason: Reason, nearest: Sequence[str]) -> str:
    """What is said when there is no answer, and what to do instead."""
    if reason == "confidential":
        return (
            "The real exam's questions are confidential, and candidates agree not to share them, so I neither have nor "
            "look for them. Ask me about any topic of the exam guide instead, and I will answer with sources."
        )
    if reason == "advice":
        return (
            "That depends on you and your circumstances, not on documentation, so I would not presume to judge it. "
            "What the exam covers and what it takes to sit it, I can tell: ask “what are the sections of the exam?”."
        )
    text = "I have nothing on that in the documentation I was given, so I would rather not answer."
    if nearest:
        text += " The nearest topics I know: " + "; ".join(nearest) + "."
    return text + " To let me answer from a source of yours, add it: tutor corpus add FILE|URL."
