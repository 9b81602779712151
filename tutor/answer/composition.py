"""An answer put together from words of the tutor's own and from checked statements, in the order in which they come.

Words of the tutor's own (`That is right.`) speak of the conversation and carry no citation. Whatever speaks of the
matter is a drafted statement and meets the same checks as any; one that does not hold is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tutor.answer.answer import Answer, Citation
from tutor.answer.citations import Fault, Span, verify
from tutor.answer.layout import AnswerStatement
from tutor.engines.engine import DraftStatement
from tutor.read.document import Passage


class Composition:
    """An answer in the making."""

    def __init__(self, passages: Iterable[Passage] | Mapping[str, Passage]) -> None:
        by_id = passages if isinstance(passages, Mapping) else {passage.id: passage for passage in passages}
        self._passages: Mapping[str, Passage] = by_id
        self._statements: list[AnswerStatement] = []
        self._numbers: dict[Span, int] = {}
        self._dropped: list[Fault] = []

    def say(self, text: str, part: str = "") -> None:
        """Add words of the tutor's own."""
        self._statements.append(AnswerStatement(text, (), part))

    def cite(self, drafted: DraftStatement, lead: str = "") -> bool:
        """Add a statement with its citations, behind a `lead` of the tutor's own; False where they do not hold."""
        spans = verify(drafted, self._passages)
        if isinstance(spans, str):
            self._dropped.append(spans)
            return False
        numbers = tuple(dict.fromkeys(self._numbers.setdefault(span, len(self._numbers) + 1) for span in spans))
        text = f"{lead} {drafted.text}".strip()
        self._statements.append(AnswerStatement(text, numbers, drafted.part, drafted.is_step))
        return True

    def cite_all(self, drafted: Iterable[DraftStatement]) -> None:
        """Add those statements that hold."""
        for one in drafted:
            self.cite(one)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._statements

    def answer(self, question: str, engine: str, **fields: Any) -> Answer:
        """What was put together."""
        citations = tuple(Citation(number, span) for span, number in self._numbers.items())
        return Answer(question, engine, tuple(self._statements), citations, dropped=tuple(self._dropped), **fields)
