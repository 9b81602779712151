"""The engine that needs no language model: it answers with whole statements of the documentation.

It sees what kind of question is asked, prefers the sections that are there for that kind, ranks their statements by
the question's rarer words, and puts the best few in reading order. It never writes a sentence of its own, so what it
says is what the page says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.engines.engine import DraftAnswer, DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import Statement, statements

MOST_STATEMENTS = 6
MOST_PASSAGES = 4
FITTING = 0.2
"""What a statement gains by standing in a section for this kind of question."""

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"vs\.?|versus|differ\w*|compar\w*|better than|or should|instead of", ("Against its neighbours",)),
    (r"how (many|much|long|large)|limit\w*|quota\w*|maxim\w*|minim\w*|default\w*", ("Limits and defaults",)),
    (r"cost\w*|pric\w*|cheap\w*|expensive|billed|billing|pay", ("Cost",)),
    (r"error\w*|fail\w*|wrong|mistake\w*|troubleshoot\w*|debug\w*|slow|why (is|does)", ("Common mistakes",)),
    (r"avoid|should not|shouldn't|not use", ("When not to choose it",)),
    (r"when|should|which|choose|best|recommend\w*|suit\w*", ("When to choose it", "What the exam turns on")),
    (r"how (to|do|can)|steps?|set up|create|configure", ("Steps", "How it works")),
    (r"how (does|is)|works?", ("How it works",)),
    (r"what (is|are)|what's|define|definition|explain|meaning", ("What it is",)),
)
"""Words that show the kind of question, and the sections which answer that kind; the first that matches counts."""

WARNINGS = ("Common mistakes", "When not to choose it")
"""Sections whose statements mislead when they are quoted to somebody who did not ask for them."""


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    statement: Statement
    score: float
    order: tuple[bool, int, int]


class OfflineEngine:
    """Drafts answers from the corpus alone."""

    name = "offline"

    def draft_answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Pick the statements that answer `question` best."""
        wanted = set(terms(question))
        weights = _rarity(passages, wanted)
        headings = sections_for(question)
        best = sorted(_candidates(passages, weights, headings), key=lambda candidate: -candidate.score)
        chosen = _few_passages(best)
        return DraftAnswer(
            tuple(
                DraftStatement(one.statement.text, (Quote(one.passage.id, one.statement.text),))
                for one in sorted(chosen, key=lambda candidate: candidate.order)
            )
        )


def sections_for(question: str) -> tuple[str, ...]:
    """The headings under which pages answer questions of this kind."""
    for pattern, headings in KINDS:
        if re.search(rf"\b({pattern})(?!\w)", question.lower()):
            return headings
    return ()


def _rarity(passages: Sequence[Passage], wanted: set[str]) -> Mapping[str, float]:
    """Weigh each term of the question by how few of the found passages have it."""
    having: Counter[str] = Counter()
    for passage in passages:
        having.update(wanted & set(terms(f"{passage.heading} {passage.text}")))
    return {term: math.log(1 + len(passages) / having[term]) for term in wanted if having[term]}


def _candidates(
    passages: Sequence[Passage], weights: Mapping[str, float], headings: tuple[str, ...]
) -> list[_Candidate]:
    candidates = []
    most = sum(weights.values()) or 1.0
    for rank, passage in enumerate(passages):
        place = set(terms(f"{passage.title} {passage.heading}"))
        fits = any(heading in passage.headings for heading in headings)
        misleads = not fits and any(heading in passage.headings for heading in WARNINGS)
        for number, statement in enumerate(statements(passage.text)):
            if statement.form == "code" or misleads:
                continue
            inside = set(terms(statement.text))
            said = sum(weight for term, weight in weights.items() if term in inside)
            implied = sum(weight for term, weight in weights.items() if term in place - inside)
            score = (said + implied / 2) / most + FITTING * fits + 0.6 / (1 + rank)
            candidates.append(_Candidate(passage, statement, score, (not fits, rank, number)))
    return candidates


def _few_passages(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """Take the best statements from few passages, so that the answer hangs together."""
    chosen: list[_Candidate] = []
    used: set[str] = set()
    for candidate in ranked:
        is_new = candidate.passage.id not in used
        said = {one.statement.text for one in chosen}
        if candidate.statement.text in said or (is_new and len(used) == MOST_PASSAGES):
            continue
        if chosen and candidate.score < chosen[0].score / 2:
            break
        chosen.append(candidate)
        used.add(candidate.passage.id)
        if len(chosen) == MOST_STATEMENTS:
            break
    return chosen
