"""An answer in, a question out that the learner may want to ask next: one that a passage beside it answers.

It comes from the questions that are kept for every cited passage, so what is suggested can be answered. Terse ones,
and ones that ask the same over again, are passed by; where none is left, nothing is suggested.
"""

from __future__ import annotations

from collections.abc import Iterable

from tutor.index.terms import terms
from tutor.read.document import Passage

FEWEST_WORDS, MOST_WORDS = 5, 16
SAME = 0.4
"""A question that shares so much of its words with what was asked asks the same."""


def next_question(asked: str, cited: Iterable[Passage]) -> str | None:
    """A question that one of the cited passages answers and that was not asked."""
    said = set(terms(asked))
    for passage in cited:
        for question in passage.asked:
            words = set(terms(question))
            fits = question.endswith("?") and FEWEST_WORDS <= len(question.split()) <= MOST_WORDS
            if fits and words and len(words & said) < SAME * len(words):
                return question
    return None
