"""A question and what search found for it in; whether the corpus treats it, or why not, out.

Measures decide together: how alike the best passage is, the nearest single statement, and the nearest question that is
known to have an answer; how much of the question's rarer words the best passages hold, in all and in their titles and
names; how much of them occurs nowhere; how many names in it are strange; how near it is to subjects that lie elsewhere.
Their weights were fitted by logistic regression on the tuning half of the gold set (`evals/scope.py`). What no measure
can see is ruled out by name (`out_of_bounds.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from tutor.answer.out_of_bounds import is_confidential, stands_nowhere, strange_names, wants_advice
from tutor.index.elsewhere import USUAL
from tutor.index.search import Hit
from tutor.index.terms import terms

Reason = Literal["confidential", "advice", "outside"]

Rarity = Callable[[str], tuple[float, bool]]
"""How much a term tells (its inverse document frequency), and whether it occurs at all."""


_OF_TIME = frozenset(
    terms(
        "monday tuesday wednesday thursday friday saturday sunday weekend morning noon afternoon evening night "
        "midnight today yesterday tomorrow tonight week month year day hour minute second january february march april "
        "may june july august september october november december ago soon later now"
    )
)
"""Words of time say nothing of the subject."""


@dataclass(frozen=True)
class Measures:
    """What is measured of a question; each has a weight."""

    similarity: float
    """How alike the best passage is in meaning."""
    coverage: float
    """The share of the telling words that one of the best passages has."""
    titled: float
    """The share that stands in its title, headings and names."""
    unknown: float
    """The share that occurs nowhere."""
    strange: float
    """How many names stand nowhere."""
    elsewhere: float
    """How near the question is to subjects that the documentation does not treat."""
    said: float
    """How alike the nearest single statement of the passages is in meaning."""
    asked: float
    """How alike the nearest question is that is known to have an answer."""


@dataclass(frozen=True)
class Nearness:
    """How near a question is to what lies beside the passages found; None where that is not known."""

    elsewhere: float = USUAL
    """To subjects that the documentation does not treat."""
    said: float | None = None
    """To the nearest statement of what was found; as near as the best passage where it is not known."""
    asked: float | None = None
    """To the nearest question that is known to have an answer; as near as usual where it is not known."""


NOT_KNOWN = Nearness()


WEIGHTS = Measures(
    similarity=8.14, coverage=1.83, titled=-0.08, unknown=-6.23, strange=-1.58, elsewhere=-10.86, said=5.17, asked=7.81
)
INTERCEPT = -5.63
LEAST_PROBABILITY = 0.65
USUALLY_ASKED = 0.6
"""How near questions that have an answer usually are to one that is known."""
BEST = 5
"""So many of the passages found are looked at."""
ONLY_BY_WORDS = 0.15
"""As similar counts the best passage where all were found by their words and none by its meaning: `XRAI` means nothing
to the encoder. About as alike is the last passage that is found by its meaning."""
OTHER_VENDORS_PAGE = "google-cloud-for-aws-users"
"""What this page says of other vendors' products answers comparisons only."""


def out_of_scope(
    question: str,
    hits: Sequence[Hit],
    rarity: Rarity,
    near: Nearness = NOT_KNOWN,
    named: Sequence[tuple[int, int]] = (),
) -> Reason | None:
    """Why the question is not answered; None when the corpus treats it. `named` says where products stand in it."""
    ruled_out = by_name(question, hits, rarity)
    if ruled_out:
        return ruled_out
    measured = measure(question, hits, rarity, near, named)
    return None if measured and probability(measured) >= LEAST_PROBABILITY else "outside"


def by_name(question: str, hits: Sequence[Hit], rarity: Rarity) -> Reason | None:
    """Why a question is ruled out by the words in it; None where the measures decide."""
    if is_confidential(question):
        return "confidential"
    if wants_advice(question):
        return "advice"
    told = [_whole(hit) for hit in hits if hit.passage.doc != OTHER_VENDORS_PAGE]
    return "outside" if stands_nowhere(question, told, lambda term: rarity(term)[1]) else None


def measure(
    question: str,
    hits: Sequence[Hit],
    rarity: Rarity,
    near: Nearness,
    named: Sequence[tuple[int, int]],
) -> Measures | None:
    """Measure a question; None where it says nothing or nothing was found."""
    weights = {term: rarity(term) for term in dict.fromkeys(terms(question)) if term not in _OF_TIME}
    total = sum(weight for weight, _ in weights.values())
    if not total or not hits:
        return None

    def share(text: str) -> float:
        return sum(weights[term][0] for term in weights.keys() & set(terms(text))) / total

    best = hits[:BEST]
    similarity = max(hit.similarity for hit in hits) or ONLY_BY_WORDS
    return Measures(
        similarity=similarity,
        coverage=max(share(_whole(hit)) for hit in best),
        titled=max(share(_head(hit)) for hit in best),
        unknown=sum(weight for weight, known in weights.values() if not known) / total,
        strange=float(min(2, strange_names(question, "\n".join(map(_whole, hits)), named))),
        elsewhere=near.elsewhere,
        said=similarity if near.said is None else near.said,
        asked=USUALLY_ASKED if near.asked is None else near.asked,
    )


def probability(measured: Measures) -> float:
    """How probable it is that the corpus treats a question that was so measured."""
    score = sum(weight * value for weight, value in zip(astuple(WEIGHTS), astuple(measured), strict=True))
    return 1 / (1 + math.exp(-(INTERCEPT + score)))


def _head(hit: Hit) -> str:
    return f"{hit.passage.title} {hit.passage.heading} {' '.join(hit.passage.names)}"


def _whole(hit: Hit) -> str:
    return f"{_head(hit)} {hit.passage.text}"
