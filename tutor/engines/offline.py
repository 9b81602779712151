"""The engine that needs no language model: it answers with whole statements of the documentation.

It sees what kind of question is asked and ranks the statements that search found: by the question's rarer words, by
likeness in meaning, by what questions like it call for, and by the rank of their passage. It takes the best and
arranges them: what answers the question leads, the rest stands in parts that say what they are for. It never writes a
sentence of its own, so what it says is what the page says.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor.engines.engine import PLAIN, DraftAnswer, DraftStatement, Length, Manner, Quote
from tutor.engines.kinds import PARTS, Plan, plan_for
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import Statement, statements

MOST_STATEMENTS: Mapping[Length, int] = {"short": 2, "usual": 30, "long": 40}
MOST_TABLES = 1
"""A table takes as many words as five statements, and holds fewer answers."""
TABLED = 2
"""So many where figures or differences are asked for, which stand in tables; a long answer has one more."""
FOREMOST = 4
"""So many, too, where two tables of the best statement's page are among so many best statements."""
MOST_PASSAGES = 16
MOST_LEADING = 3
LEAST_OF_BEST: Mapping[Length, float] = {"short": 0.4, "usual": 0.1, "long": 0.05}
"""A statement scoring less than this share of the best one is not worth reading."""
RANKED = 0.3
"""What it gains by standing in the best passage; half of it in the second, a third in the third."""
FITTING = 0.15
"""What a statement gains by standing in a section for this kind of question."""
MARKED = 0.25
"""What it gains by words that show that it answers this kind of question."""
MEANING = 1.0
"""What its likeness to the question in meaning counts for."""
CALLED_FOR, MOST_CALLED_FOR = 0.4, 3.0
"""What it counts for that questions like this one call for a statement, and how much of that counts."""
USUAL = 0.3
"""As alike counts a statement of which that is not known, beside others of which it is."""
LEADING = 0.3
"""What it gains besides when the first statements are chosen."""
SPOKEN = 0.5
"""A table of another page than the best statement's must have so much of the question's telling words."""
SAME = 0.75
"""Two statements sharing this much of their words say the same."""
MISLEADING = ("Common mistakes", "When not to choose it")
"""Sections whose statements lead only where they were asked for: alone, they read as advice."""


ByStatement = Callable[[str, Sequence[Passage]], Mapping[str, Sequence[float]]]
"""A number for each statement of passages, in the light of a question, by the passage's id; what is not known is left
out."""


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    statement: Statement
    said: frozenset[str]
    score: float
    spoken: float
    """The share of the question's telling words that stand in it."""
    rank: int
    number: int
    is_marked: bool
    """Whether words of it show that it answers this kind of question."""

    @property
    def section(self) -> str:
        return next((heading for heading in self.passage.headings if heading in PARTS), "")

    @property
    def place(self) -> tuple[int, int]:
        return self.rank, self.number


class OfflineEngine:
    """Drafts answers from the corpus alone."""

    name = "offline"

    def __init__(self, likeness: ByStatement | None = None, called_for: ByStatement | None = None) -> None:
        """`likeness` tells how alike statements and a question are in meaning, `called_for` how much questions like
        it call for them.
        """
        self._likeness = likeness
        self._called_for = called_for

    def draft_answer(self, question: str, passages: Sequence[Passage], manner: Manner = PLAIN) -> DraftAnswer:
        """Pick the statements that answer `question` best, and arrange them."""
        plan = plan_for(question)
        alike = self._likeness(question, passages) if self._likeness else {}
        called = self._called_for(question, passages) if self._called_for else {}
        candidates = _candidates(question, passages, plan, alike, called)
        found = (one for one in candidates if one.statement.text not in manner.said)
        ranked = sorted(found, key=lambda one: -one.score)
        if manner.length == "short":
            return DraftAnswer(tuple(_in_short(_with_whole_steps(_choose(ranked, "usual", plan), ranked, plan), plan)))
        chosen = _with_whole_steps(_choose(ranked, manner.length, plan), ranked, plan)
        return DraftAnswer(tuple(_arrange(_with_table(chosen, ranked) if manner.form == "table" else chosen, plan)))


def _candidates(
    question: str,
    passages: Sequence[Passage],
    plan: Plan,
    likeness: Mapping[str, Sequence[float]],
    called_for: Mapping[str, Sequence[float]],
) -> Iterator[_Candidate]:
    weights = _rarity(passages, set(terms(question)))
    most = sum(weights.values()) or 1.0
    for rank, passage in enumerate(passages):
        place = set(terms(f"{passage.title} {passage.heading}"))
        fits = any(heading in passage.headings for heading in plan.answering)
        told = list(statements(passage.text))
        alike = likeness.get(passage.id, ())
        if len(alike) != len(told):
            alike = [USUAL if likeness else 0.0] * len(told)
        called = called_for.get(passage.id, ())
        if len(called) != len(told):
            called = [0.0] * len(told)
        for number, statement in enumerate(told):
            if statement.form == "code" or statement.text.rstrip().endswith(":"):
                continue
            inside = frozenset(terms(statement.text))
            said = sum(weight for term, weight in weights.items() if term in inside)
            implied = sum(weight for term, weight in weights.items() if term in place - inside)
            marked = bool(plan.marks and plan.marks.search(statement.text))
            score = (said + implied / 2) / most + FITTING * fits + MARKED * marked + RANKED / (1 + rank)
            score += MEANING * alike[number] + CALLED_FOR * min(MOST_CALLED_FOR, called[number])
            yield _Candidate(passage, statement, inside, score, said / most, rank, number, marked)


def _rarity(passages: Sequence[Passage], wanted: set[str]) -> Mapping[str, float]:
    """Weigh each term of the question by how few of the found passages have it."""
    having: Counter[str] = Counter()
    for passage in passages:
        having.update(wanted & set(terms(f"{passage.heading} {passage.text}")))
    return {term: math.log(1 + len(passages) / having[term]) for term in wanted if having[term]}


def _choose(ranked: Sequence[_Candidate], length: Length, plan: Plan) -> list[_Candidate]:
    """Take the best statements from few passages, none that says what another says."""
    chosen: list[_Candidate] = []
    used: set[str] = set()
    first_page = ranked[0].passage.doc if ranked else ""
    most_tables = _most_tables(ranked, length, plan)
    for candidate in ranked:
        is_table = candidate.statement.form == "table"
        if is_table and candidate.passage.doc != first_page and candidate.spoken < SPOKEN:
            continue
        if candidate.score < LEAST_OF_BEST[length] * ranked[0].score or len(chosen) == MOST_STATEMENTS[length]:
            break
        if is_table and sum(one.statement.form == "table" for one in chosen) == most_tables:
            continue
        is_new = candidate.passage.id not in used
        if (is_new and len(used) == MOST_PASSAGES) or any(_same(candidate, one) for one in chosen):
            continue
        chosen.append(candidate)
        used.add(candidate.passage.id)
    return chosen


def _most_tables(ranked: Sequence[_Candidate], length: Length, plan: Plan) -> int:
    """How many tables an answer may have."""
    page = ranked[0].passage.doc if ranked else ""
    foremost = sum(one.statement.form == "table" and one.passage.doc == page for one in ranked[:FOREMOST])
    is_tabled = plan.kind in ("limit", "comparison") or foremost > MOST_TABLES
    return (TABLED if is_tabled else MOST_TABLES) + (length == "long")


def _same(one: _Candidate, other: _Candidate) -> bool:
    if one.statement.text == other.statement.text:
        return True
    either = one.said | other.said
    return bool(either) and len(one.said & other.said) / len(either) >= SAME


def _with_whole_steps(chosen: list[_Candidate], ranked: Sequence[_Candidate], plan: Plan) -> list[_Candidate]:
    """Where steps are asked for, all of the best list of steps; elsewhere only of the best passage, and where one of
    them was chosen: a list found first is the answer, however it was asked for. One step alone leads nowhere, nor is it
    a list.
    """
    rest = [one for one in chosen if one.statement.form != "step"]
    listed = Counter(one.passage.id for one in ranked if one.statement.form == "step")
    steps = [one for one in ranked if one.statement.form == "step" and listed[one.passage.id] > 1]
    if plan.kind != "how-to":
        steps = [one for one in steps if one.rank == 0 and one in chosen]
    if not steps:
        return rest or chosen
    best = steps[0].passage.id
    whole = (one for one in ranked if one.passage.id == best and one.statement.form == "step")
    return rest + sorted(whole, key=_number)


def _with_table(chosen: list[_Candidate], ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """The best table first, where there is one."""
    tables = [one for one in ranked if one.statement.form == "table"][:1]
    return [*tables, *(one for one in chosen if one.statement.form != "table")]


def _number(one: _Candidate) -> int:
    return one.number


def _in_short(chosen: Sequence[_Candidate], plan: Plan) -> Iterator[DraftStatement]:
    """The steps where steps were asked for; else the first statements that lead, no table."""
    steps = [one for one in chosen if one.statement.form == "step" and plan.kind == "how-to"]
    leading = [one for one in _leading(chosen, plan) if one.statement.form != "table"]
    for one in steps or leading[: MOST_STATEMENTS["short"]]:
        yield _drafted(one, "Steps" if steps else "")


def _arrange(chosen: Sequence[_Candidate], plan: Plan) -> Iterator[DraftStatement]:
    """What answers the question leads; the rest in parts: those that answer it, the best ones, those with a table."""
    has_steps = any(one.statement.form == "step" for one in chosen)
    leading = _leading(chosen, plan)[: 1 if has_steps else None]
    for one in leading:
        yield _drafted(one, "")
    rest = [one for one in chosen if one not in leading]
    best: dict[str, float] = {}
    for one in rest:
        best[one.section] = max(best.get(one.section, 0.0), one.score)
    tabled = {one.section for one in rest if one.statement.form == "table"}
    answering = {part: len(plan.answering) - place for place, part in enumerate(plan.answering)}
    best = {part: score + 2 * answering.get(part, 0) - (part in tabled) for part, score in best.items()}
    order = {section: place for place, section in enumerate(plan.order)}
    for one in sorted(rest, key=lambda one: (-best[one.section], order.get(one.section, len(order)), one.place)):
        yield _drafted(one, PARTS.get(one.section, "Further"))


def _leading(chosen: Sequence[_Candidate], plan: Plan) -> list[_Candidate]:
    """The best statements, then those beside the first; a table among them only where it is the best of all."""
    prose = [one for one in chosen if one.statement.form in ("sentence", "entry")]
    harmless = [one for one in prose if one.section in plan.answering or one.section not in MISLEADING] or prose
    harmless = sorted(harmless, key=lambda one: -one.score - LEADING * _is_to_the_point(one, plan))
    first, rest = harmless[:1], harmless[1:MOST_LEADING]
    table = [one for one in chosen[:1] if one.statement.form == "table"]
    return [*first, *table, *sorted(rest, key=lambda one: one.place)]


def _is_to_the_point(one: _Candidate, plan: Plan) -> bool:
    """Whether it stands where such questions are answered, or speaks of what something is to work with."""
    return one.section in plan.answering or (plan.kind == "support" and one.is_marked)


def _drafted(one: _Candidate, part: str) -> DraftStatement:
    is_laid_out = one.statement.form in ("table", "code")
    return DraftStatement(
        one.statement.text if is_laid_out else " ".join(one.statement.text.split()),
        (Quote(one.passage.id, one.statement.text),),
        part,
        is_step=one.statement.form == "step",
    )
