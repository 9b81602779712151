"""The answer: draft, verify, number the citations; or say that the corpus does not have it.

Statements whose citations do not hold are dropped and counted. Where an engine gives up, or loses all that it drafted,
another one may answer in its place, and the reader is told. An answer without statements is a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from tutor.answer.citations import Fault, Span, verify
from tutor.answer.renamed import Renamed
from tutor.answer.scope import Rarity, Reason, out_of_scope
from tutor.engines.engine import DraftAnswer, Engine, Usage
from tutor.index.search import Hit
from tutor.read.document import Passage


@dataclass(frozen=True)
class Citation:
    """Evidence as readers see it: its number, and the words in their passage."""

    number: int
    span: Span


@dataclass(frozen=True)
class AnswerStatement:
    """A statement and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    part: str = ""
    """Under which words it stands; what leads stands under none."""
    is_step: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is a table, which stands alone."""
        return self.text.startswith("|")

    def as_json(self) -> dict[str, Any]:
        """The statement in the shape that the command line promises."""
        return {"text": self.text, "citations": list(self.citations), "part": self.part}


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
        return "\n\n".join(as_markdown(part, statements) for part, statements in self.parts)

    @property
    def parts(self) -> list[tuple[str, tuple[AnswerStatement, ...]]]:
        """The statements by the part they stand in, in order."""
        return [(part, tuple(group)) for part, group in groupby(self.statements, key=lambda one: one.part)]

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
    question: str, hits: Sequence[Hit], rarity: Rarity, engine: Engine, instead: Engine | None = None
) -> Answer:
    """Answer from the passages that a search found, best first; `instead` answers where `engine` cannot."""
    nearest = tuple(dict.fromkeys(hit.passage.title for hit in hits))[:3]
    reason_against = out_of_scope(question, hits, rarity)
    if reason_against:
        return Answer(question, engine.name, nearest=nearest, refusal=reason_against)
    answer = answer_from(question, [hit.passage for hit in hits], engine, instead)
    return replace(answer, nearest=nearest)


def answer_from(question: str, passages: Sequence[Passage], engine: Engine, instead: Engine | None = None) -> Answer:
    """Answer from given passages, whatever they are about."""
    draft = engine.draft_answer(question, passages)
    answer = replace(checked(question, engine.name, draft, passages), usage=draft.usage)
    reason = draft.gave_up or (f"Nothing that {engine.name} wrote held against the passages." if answer.dropped else "")
    if answer.statements or not reason:
        return answer
    if instead is None or instead.name == engine.name:
        return replace(answer, note=draft.gave_up)
    other = checked(question, instead.name, instead.draft_answer(question, passages), passages)
    note = f"{reason} The {instead.name} engine answered instead."
    return replace(other, usage=draft.usage, note=note, dropped=answer.dropped + other.dropped)


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


def as_markdown(part: str, statements: Sequence[AnswerStatement]) -> str:
    """A part of an answer: what leads as paragraphs, the rest as lists below its name; tables stand alone."""
    if not part:
        return "\n\n".join(with_numbers(one) for one in statements)
    blocks = [f"**{part}**"]
    for is_table, group in groupby(statements, key=lambda one: one.is_table):
        if is_table:
            blocks += [with_numbers(one) for one in group]
        else:
            lines = enumerate(((" ".join(with_numbers(one).split()), one.is_step) for one in group), 1)
            blocks.append("\n".join(f"{f'{number}.' if step else '-'} {line}" for number, (line, step) in lines))
    return "\n\n".join(blocks)


def with_numbers(statement: AnswerStatement) -> str:
    """A statement with its citation numbers behind it; a table keeps them on a line of their own."""
    marks = "".join(f"[{number}]" for number in statement.citations)
    return f"{statement.text}{chr(10) * 2 if statement.is_table else ' '}{marks}"


def refuse(reason: Reason, nearest: Sequence[str]) -> str:
    """What is said when there is no answer, and what to do instead."""
    if reason == "confidential":
        return (
            "The real exam's questions are confidential, and candidates agree not to share them, so I neither have nor "
            "look for them. Ask me about any topic of the exam guide instead, and I will answer with sources."
        )
    text = "I have nothing on that in the documentation I was given, so I would rather not answer."
    if nearest:
        text += " The nearest topics I know: " + "; ".join(nearest) + "."
    return text + " To let me answer from a source of yours, add it: tutor corpus add FILE|URL."
