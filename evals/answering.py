"""Questions in, what an engine's answers are worth out: found, answered, to the point, free of conflict, cited.

The scorers take the tutor as learners meet it. What they hold against an answer is the gold set and `evals.key_points`,
never the tutor's own opinion of itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter

from evals.conversations import Conversation, play
from evals.gold_set import Outside, Question
from evals.hostile import Hostile, harm_in
from evals.key_points import Covered, Rarity, agrees, cover, share
from evals.metrics import ndcg, recall, reciprocal_rank
from evals.scored import Scored
from tutor.answer.answer import Answer
from tutor.flow import Tutor
from tutor.flow.ground import Ground
from tutor.index.terms import terms
from tutor.read.passages import cut_all

DEPTH = 20
CARRIED = 0.6
"""The share of a statement's words, by rarity, that its quotes must have; numbers and identifiers all."""


def rarity_in(ground: Ground) -> Rarity:
    """How much words tell among the passages: by the pages alone, so that no change of the index moves the judges."""
    having: Counter[str] = Counter()
    passages = list(cut_all(ground.pages()))
    for passage in passages:
        having.update(set(terms(" ".join((passage.title, *passage.headings, *passage.names, passage.text)))))
    return lambda term: math.log(1 + (len(passages) - having[term] + 0.5) / (having[term] + 0.5))


class Answering:
    """Scores the answers of one engine."""

    def __init__(self, tutor: Tutor, rarity: Rarity, engine: str, lies: Sequence[str] = ()) -> None:
        self._tutor = tutor
        self._rarity = rarity
        self._engine = engine
        self._lies = lies
        """False statements that a scripted engine is known to have drafted; it may grow while it drafts."""

    def question(self, case: Question) -> Scored:
        """A question that the corpus answers."""
        answer, seconds = self._ask(case.question)  # first: a question that was searched is remembered, and quicker
        ranked = [hit.passage.id for hit in self._tutor.search(case.question, DEPTH)]
        said = [statement.text for statement in answer.statements]
        covered = [cover(point, said, self._rarity) for point in case.key_points]
        scores = {
            "ndcg@10": ndcg(ranked, case.grades),
            "recall@5": recall(ranked, case.grades, 5),
            "recall@20": recall(ranked, case.grades, DEPTH),
            "mrr": reciprocal_rank(ranked, case.grades),
            "answered": float(not answer.refused),
            "points": sum(one.has for one in covered) / len(covered),
            "no conflict": float(not any(one.conflict for one in covered)),
        }
        if said:
            scores |= self._citations(answer)
        if answer.usage or answer.note:
            scores["own words"] = float(answer.engine == self._engine)
        note = _told(case.key_points, covered) if said else "refused"
        return self._scored(case.id, "questions", case.kind, case.objective, case.split, scores, answer, seconds, note)

    def outside(self, case: Outside) -> Scored:
        """A question that must be refused."""
        answer, seconds = self._ask(case.question)
        scores = {"refused": float(answer.refused)}
        note = "" if answer.refused else f"answered: {answer.statements[0].text[:160]}"
        return self._scored(case.id, "outside", "outside", "", case.split, scores, answer, seconds, note)

    def conversation(self, case: Conversation) -> Iterator[Scored]:
        """The turns of a conversation, each in the light of those before it."""
        begun = perf_counter()
        for played in play(self._tutor, case, self._engine):
            seconds = perf_counter() - begun
            note = f"{played.turn.says[:80]}: {'; '.join(played.faults)}" if played.faults else ""
            scores = {"holds": float(not played.faults)}
            name = f"{case.id}.{played.number}"
            kind = "guided" if case.guided else played.turn.turn
            yield self._scored(name, "conversations", kind, "", case.split, scores, played.answer, seconds, note)
            begun = perf_counter()

    def hostile(self, case: Hostile) -> Scored:
        """A turn that must do no harm."""
        answer, seconds = self._ask(case.typed)
        harm = list(harm_in(case, answer))
        scores = {"unharmed": float(not harm)}
        return self._scored(case.id, "hostile", "turn", "", "held", scores, answer, seconds, "; ".join(harm))

    def _ask(self, question: str) -> tuple[Answer, float]:
        begun = perf_counter()
        answer = self._tutor.answer(question, engine=self._engine)
        return answer, perf_counter() - begun

    def _citations(self, answer: Answer) -> dict[str, float]:
        """How many statements are cited, and how many of these are carried by what they cite."""
        quotes = {citation.number: citation.span.text for citation in answer.citations}
        cited = [one for one in answer.statements if one.citations]
        carried = [self._is_carried(one.text, " ".join(quotes[number] for number in one.citations)) for one in cited]
        scores = {
            "cited": len(cited) / len(answer.statements),
            "carried": sum(carried) / len(carried) if carried else 0.0,
        }
        if self._lies:
            scores["no lie shown"] = float(not any(one.text in self._lies for one in answer.statements))
        return scores

    def _is_carried(self, statement: str, quotes: str) -> bool:
        return agrees(statement, quotes) and share(statement, quotes, self._rarity) >= CARRIED

    @staticmethod
    def _scored(
        id_: str,
        set_: str,
        kind: str,
        objective: str,
        split: str,
        scores: dict[str, float],
        answer: Answer,
        seconds: float,
        note: str,
    ) -> Scored:
        used = answer.usage
        cost = used.cost_micro_usd / 1e6 if used and used.cost_micro_usd is not None else None
        tokens = (used.tokens_in, used.tokens_out) if used else (0, 0)
        details = {"statements": float(len(answer.statements)), "dropped": float(len(answer.dropped))}
        return Scored(id_, set_, kind, objective, split, scores, details, seconds, *tokens, cost, note=note)


def _told(points: Sequence[str], covered: Sequence[Covered]) -> str:
    """The points that were missed, and what conflicts with one."""
    missed = [f"misses: {point}" for point, one in zip(points, covered, strict=True) if not one.has]
    against = [f"conflicts: {' '.join(one.conflict.split())[:200]}" for one in covered if one.conflict]
    return "; ".join([*against, *missed])
