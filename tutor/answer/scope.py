"""A question and what search found for it in; whether the corpus treats it, or why not, out.

Three measures decide together: how alike the best passage is, how much of the question's rarer words the best passages
hold, and how much of them occurs nowhere. Their weights were fitted by logistic regression on the tuning half of the
gold set (`python -m evals gold`). What no measure can see is ruled out by name: requests for the exam's confidential
content, other vendors' products, sums of money and identifiers that no passage has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Literal

from tutor.index.search import Hit
from tutor.index.terms import terms

Reason = Literal["confidential", "outside"]

Rarity = Callable[[str], tuple[float, bool]]
"""How much a term tells (its inverse document frequency), and whether it occurs at all."""

INTERCEPT, SIMILARITY, COVERAGE, UNKNOWN = -1.23, 6.53, 0.82, -6.29
LEAST_PROBABILITY = 0.45
_BEST = 5

_CONFIDENTIAL = re.compile(
    r"\b(real|actual|leaked|recalled|genuine|exact|original)\b[^.?!]{0,30}\b(exam|test)\b[^.?!]{0,12}\bquestions?\b"
    r"|\b(brain|exam|test|pmle|question) ?dumps?\b|\bquestion \d+ (in|of|on)\b[^.?!]{0,40}\bexam\b"
    r"|\b(cheat|without the proctor|proctor noticing)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(aws|amazon|sagemaker|bedrock|azure|databricks|snowflake|openai|watsonx?|alibaba|oracle cloud)\b", re.IGNORECASE
)
_MONEY_ASKED = re.compile(r"\b(dollars?|euros?|usd|eur|price per|list price)\b|[$€]", re.IGNORECASE)
_MONEY_SAID = re.compile(r"[$€]\s?\d|\d\s?(dollars|USD|EUR)")
_IDENTIFIER = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]+[A-Z]\w+\b|\b\w+\.\w+_\w+\b")


def out_of_scope(question: str, hits: Sequence[Hit], rarity: Rarity) -> Reason | None:
    """Why the question is not answered; None when the corpus treats it."""
    if is_confidential(question):
        return "confidential"
    best = [
        f"{hit.passage.title} {hit.passage.heading} {' '.join(hit.passage.names)} {hit.passage.text}" for hit in hits
    ]
    told = "\n".join(best).lower()
    if any(match[0].lower() not in told for match in _OTHERS.finditer(question)):
        return "outside"
    if _MONEY_ASKED.search(question) and not any(_MONEY_SAID.search(text) for text in best):
        return "outside"
    if any(not rarity(match[0].lower())[1] for match in _IDENTIFIER.finditer(question)):
        return "outside"
    return None if probability(question, hits, best[:_BEST], rarity) >= LEAST_PROBABILITY else "outside"


def is_confidential(question: str) -> bool:
    """Whether a question asks for the exam's confidential content."""
    return bool(_CONFIDENTIAL.search(question))


def probability(question: str, hits: Sequence[Hit], best: Sequence[str], rarity: Rarity) -> float:
    """How probable it is that the corpus treats the question."""
    weights = {term: rarity(term) for term in dict.fromkeys(terms(question))}
    total = sum(weight for weight, _ in weights.values())
    if not total or not hits:
        return 0.0
    coverage = max(sum(weights[t][0] for t in weights.keys() & set(terms(text))) for text in best) / total
    unknown = sum(weight for weight, known in weights.values() if not known) / total
    similarity = max(hit.similarity for hit in hits)
    return 1 / (1 + math.exp(-(INTERCEPT + SIMILARITY * similarity + COVERAGE * coverage + UNKNOWN * unknown)))
