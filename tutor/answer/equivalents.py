"""What a learner who knows AWS wants explained in; what the documentation says of its counterpart there out."""

from __future__ import annotations

from collections.abc import Sequence

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
    """The statements that pair the topic with services of AWS; best first, empty where there is none."""
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
    return [drafted for score, drafted in ordered if score == best][:MOST_PAIRS]
