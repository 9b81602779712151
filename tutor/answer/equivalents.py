"""What is to be set beside its counterpart in, a product of Google Cloud or of AWS; what the documentation pairs it
with out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from tutor.answer.conversation.subjects import Topic
from tutor.engines.engine import DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.names import Names
from tutor.read.statements import statements

EQUIVALENTS_PAGE = "google-cloud-for-aws-users"
"""The page of the documentation that names the pairs."""
MOST_PAIRS = 3
PART = "On AWS"


def counterparts(topic: Topic, passages: Sequence[Passage], names: Names) -> list[DraftStatement]:
    """The statements that pair the topic with a service of the other cloud; best first, empty where there is none."""
    wanted = {mention.product.id for name in topic.names for mention in names.find(name)}
    said = {frozenset(terms(name)) for name in topic.names}
    scored: list[tuple[float, DraftStatement]] = []
    for passage in passages:
        for statement in statements(passage.text):
            if statement.form != "entry":
                continue
            inside = set(terms(statement.text))
            products = {mention.product.id for mention in names.find(statement.text)}
            score = 2.0 * len(wanted & products) + sum(name <= inside for name in said if name)
            if score:
                quote = Quote(passage.id, statement.text)
                scored.append((score, DraftStatement(statement.text, (quote,), PART)))
    best = max((score for score, _ in scored), default=0.0)
    ordered = sorted(scored, key=lambda entry: -entry[0])
    found = [drafted for score, drafted in ordered if score == best][:MOST_PAIRS]
    return found or [row for passage in passages for row in _rows(passage, said)][:1]


def _rows(passage: Passage, said: Set[frozenset[str]]) -> Iterator[DraftStatement]:
    """The rows of the passage's tables that name the topic, each below its head: not every pair has a sentence."""
    for statement in statements(passage.text):
        if statement.form != "table":
            continue
        lines = statement.text.splitlines()
        head = "\n".join(lines[:2])
        for row in lines[2:]:
            if any(name and name <= set(terms(row)) for name in said):
                yield DraftStatement(f"{head}\n{row}", (Quote(passage.id, head), Quote(passage.id, row)), PART)


def ours(pairs: Sequence[DraftStatement], names: Names) -> str:
    """The product of Google Cloud that the best pair names; empty where it names none."""
    found = [mention.name for pair in pairs[:1] for mention in names.find(pair.text)]
    return found[0] if found else ""
