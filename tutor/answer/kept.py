"""An answer from what was kept of it in; the answer as it was shown out, so that a conversation can be read again.

Where a passage is gone, or has changed since, the words that were quoted stand for it, with the source that was named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tutor.answer.answer import Answer, Citation
from tutor.answer.citations import Span, locate
from tutor.answer.layout import AnswerStatement
from tutor.engines.engine import Quote
from tutor.read.document import Passage, Source


def answer_of(question: str, kept: Mapping[str, Any], find: Callable[[str], Passage | None]) -> Answer:
    """The answer that was kept with a question; fields that an older tutor did not keep are empty."""
    manner = kept.get("manner") or {}
    return Answer(
        question,
        str(kept.get("engine", "")),
        tuple(_statement(one) for one in kept.get("statements", ())),
        tuple(_citation(one, find) for one in kept.get("citations", ())),
        nearest=tuple(kept.get("nearest", ())),
        refusal=kept.get("refusal") or "outside",
        note=str(kept.get("note") or ""),
        kind=kept.get("kind", "answer"),
        asked=str(kept.get("asked") or ""),
        about=str(kept.get("about") or ""),
        length=manner.get("length", "usual"),
        form=manner.get("form", "usual"),
        state=kept.get("state") or {},
        hints=tuple(kept.get("hints", ())),
    )


def _statement(kept: Mapping[str, Any]) -> AnswerStatement:
    return AnswerStatement(
        str(kept["text"]), tuple(kept.get("citations", ())), str(kept.get("part", "")), bool(kept.get("is_step"))
    )


def _citation(kept: Mapping[str, Any], find: Callable[[str], Passage | None]) -> Citation:
    quote = str(kept.get("quote", ""))
    passage = find(str(kept.get("passage", "")))
    span = locate(Quote(passage.id, quote), {passage.id: passage}) if passage else "unknown passage"
    return Citation(int(kept["n"]), span if isinstance(span, Span) else _as_quoted(kept, quote))


def _as_quoted(kept: Mapping[str, Any], quote: str) -> Span:
    """The quoted words, standing for a passage that is no longer there."""
    checked = kept.get("checked")
    sources = (
        (Source(str(kept.get("doc", "")), str(kept["source_url"]), date.fromisoformat(checked) if checked else None),)
        if kept.get("source_url")
        else ()
    )
    passage = Passage(
        str(kept.get("passage", "")),
        str(kept.get("doc", "")),
        str(kept.get("title", "")),
        (str(kept.get("heading", "")),),
        quote,
        0,
        len(quote),
        sources=sources,
    )
    return Span(passage, 0, len(quote))
