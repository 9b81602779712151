"""What a language model wrote in; drafted statements out, or the reasons why it cannot be used.

The form is strict, the reading is not: fences, thoughts and chatter around the JSON are passed over. A quote that lost
its markup or has other quotation marks is set right from the passage; whether it stands there is checked later.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from tutor.engines.engine import DraftStatement, Quote
from tutor.engines.instructions import INVISIBLE
from tutor.read.document import Passage

MOST_STATEMENTS = 20
MOST_CITATIONS = 8
LONGEST_STATEMENT = 4_000
MOST_REASONS = 8

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_ALIKE = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—−\u00a0\u202f", '\'\'\'\'""""""------  ')
_MARKUP = "*`_"


class CitationOutput(BaseModel):
    """A citation as models write it."""

    passage: Annotated[int, Field(description="Number of the passage")]
    quote: Annotated[str, Field(max_length=LONGEST_STATEMENT, description="Words copied from that passage")]


class StatementOutput(BaseModel):
    """A statement as models write it."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT, description="One or two plain sentences")]
    citations: Annotated[list[CitationOutput], Field(min_length=1, max_length=MOST_CITATIONS)]


class AnswerOutput(BaseModel):
    """An answer as models write it."""

    statements: Annotated[list[StatementOutput], Field(max_length=MOST_STATEMENTS)]


def answer_schema() -> dict[str, Any]:
    """The form as JSON Schema, plain enough for every server: no references, no limits, nothing beside it allowed."""
    citation = object_schema(passage={"type": "integer"}, quote={"type": "string"})
    statement = object_schema(text={"type": "string"}, citations={"type": "array", "items": citation})
    return object_schema(statements={"type": "array", "items": statement})


def without_thoughts(written: str) -> str:
    """What a model wrote, less what it thought aloud first."""
    return _THOUGHT.sub("", written)


def object_schema(**properties: Any) -> dict[str, Any]:
    """The JSON Schema of an object with just these properties, all of them required."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_answer(written: str, passages: Sequence[Passage]) -> tuple[DraftStatement, ...] | list[str]:
    """Read an answer; a list says what is wrong with it, in words that its writer can act on."""
    found = json_object(written, "statements")
    if found is None:
        return ["it was not one complete JSON object"]
    try:
        answer = AnswerOutput.model_validate(found)
    except ValidationError as error:
        return [_reason(fault["loc"], fault["msg"]) for fault in error.errors()[:MOST_REASONS]]
    strangers = [
        f"statement {place} cites passage {citation.passage}, and there are only passages 1 to {len(passages)}"
        for place, statement in enumerate(answer.statements, 1)
        for citation in statement.citations
        if not 1 <= citation.passage <= len(passages)
    ]
    if strangers:
        return strangers[:MOST_REASONS]
    return tuple(
        DraftStatement(
            _visible(statement.text),
            tuple(_quote(citation, passages[citation.passage - 1]) for citation in statement.citations),
        )
        for statement in answer.statements
    )


def json_object(written: str, has: str) -> dict[str, Any] | None:
    """The first JSON object in what was written that has a field of this name."""
    text = without_thoughts(written)
    decoder = json.JSONDecoder()
    for start in [match.start() for match in re.finditer(r"\{", text)][:50]:
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and has in found:
            return found
    return None


def _reason(place: Sequence[int | str], message: str) -> str:
    where = "".join(f" {part + 1}" if isinstance(part, int) else f" {part}" for part in place)
    return f"{where.strip() or 'answer'}: {message}"


def _visible(text: str) -> str:
    """Without control and invisible characters, in which something could be hidden from readers."""
    kept = (letter for letter in INVISIBLE.sub("", text) if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip()


def _quote(citation: CitationOutput, passage: Passage) -> Quote:
    return Quote(passage.id, as_in_passage(citation.quote, passage.text))


def as_in_passage(quote: str, text: str) -> str:
    """The stretch of `text` that differs from `quote` in markup, dashes and quotation marks alone; else the quote."""
    wanted, _ = _bare(quote)
    bare, places = _bare(text)
    at = bare.find(wanted) if wanted else -1
    if at < 0:
        return quote
    end = places[at + len(wanted) - 1] + 1
    return text[places[at] : end]


def _bare(text: str) -> tuple[str, list[int]]:
    """A text without markup and with single spaces, and where each of its characters stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(_ALIKE)):
        if letter in _MARKUP or (letter.isspace() and (not letters or letters[-1] == " ")):
            continue
        letters.append(" " if letter.isspace() else letter)
        places.append(place)
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return "".join(letters), places
