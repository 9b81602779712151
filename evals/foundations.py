"""What answers and items stand on, without any engine: pages, the check of citations, rulings, the solver.

pages    do the passages of a gold question still say its key points?
support  is a statement beside quotes judged as a person judged it?
keys     do the circumstances of a sealed case still leave the same options standing?
items    does the solver find the keys of original exam-style items?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from evals.gold_set import ExamItem, Question, Quoted
from evals.key_points import Rarity, cover, mark, share
from evals.scored import Mark, Scored
from tutor.answer.citations import verify
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel
from tutor.read.statements import statements
from tutor.solve.question import Question as ExamQuestion
from tutor.solve.solution import Solution

NEAR = 0.45
"""Sentences with this share of a key point's words come near to saying it."""


@dataclass(frozen=True)
class Sealed:
    """A circumstance of a decision model, and what it said of the options when it was sealed."""

    model: str
    fact: str
    rules_out: tuple[str, ...]
    points_to: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its name."""
        return f"{self.model}:{self.fact}"


def seal(models: Iterable[DecisionModel]) -> tuple[Sealed, ...]:
    """Every circumstance of every model."""
    return tuple(
        Sealed(model.id, fact.id, _options(fact.id, model.violated), _options(fact.id, model.fitted))
        for model in models
        for fact in model.facts
    )


def _options(fact: str, by_option: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(option for option, facts in by_option.items() if fact in facts))


def score_pages(case: Question, passages: Mapping[str, Passage], rarity: Rarity) -> Scored:
    """Whether a question's passages say its key points."""
    there = [passages[place] for place in case.passages if place in passages]
    said = [one.text for passage in there for one in statements(passage.text)]
    covered = [cover(point, said, rarity) for point in case.key_points]
    scores = {
        "points in pages": sum(one.has for one in covered) / len(covered),
        "no conflict in pages": float(not any(one.conflict for one in covered)),
        "passages there": len(there) / len(case.passages),
    }
    marks = tuple(_marks(point, said, rarity) for point in case.key_points)
    gone = [f"gone: {place}" for place in case.passages if place not in passages]
    missed = [f"not said: {point}" for point, one in zip(case.key_points, covered, strict=True) if not one.has]
    told = "; ".join([*gone, *missed])
    return Scored(case.id, "pages", case.kind, case.objective, case.split, scores, marks=marks, note=told)


def _marks(point: str, said: Sequence[str], rarity: Rarity) -> tuple[Mark, ...]:
    """The marks of the sentences that come near a point, those that say it first."""
    near = {one: (cover(point, [one], rarity).has, share(point, one, rarity)) for one in said}
    ordered = sorted((one for one in near if near[one][1] >= NEAR), key=near.__getitem__, reverse=True)
    return tuple(dict.fromkeys(mark(point, one) for one in ordered))


def score_support(case: Quoted, passages: Mapping[str, Passage]) -> Iterator[Scored]:
    """Whether statements beside quotes are judged as a person judged them; those whose quotes are gone are left out."""
    passage = passages.get(case.passage)
    for number, pair in enumerate(case.pairs):
        draft = DraftStatement(pair.says, tuple(Quote(case.passage, words) for words in case.quotes))
        found = verify(draft, {case.passage: passage} if passage else {})
        if found in ("quote not in passage", "unknown passage"):
            continue
        passed = not isinstance(found, str)
        scores = {"judged right": float(passed == (pair.label == "supported"))}
        if pair.label == "contradicted":
            scores["contradiction kept out"] = float(not passed)
        objective = _objective(passage.objectives if passage else ())
        note = f"{'passed' if passed else found}: {pair.says}"
        yield Scored(f"{case.id}{'abcd'[number]}", "support", pair.label, objective, case.split, scores, note=note)


def score_ruling(sealed: Sealed, models: Mapping[str, DecisionModel]) -> Scored | None:
    """Whether all that a circumstance said of the options is still said; None where model or circumstance is gone.

    New rulings are no loss: knowledge may grow without anybody confirming it here.
    """
    model = models.get(sealed.model)
    if model is None or sealed.fact not in {fact.id for fact in model.facts}:
        return None
    there = set(model.violated)
    lost = [
        f"no longer {says} {option}"
        for says, before, now in (
            ("rules out", sealed.rules_out, _options(sealed.fact, model.violated)),
            ("points to", sealed.points_to, _options(sealed.fact, model.fitted)),
        )
        for option in before
        if option in there and option not in now
    ]
    scores = {"rulings kept": float(not lost)}
    return Scored(sealed.id, "rulings", "decision", _objective(model.treats), "held", scores, note=", ".join(lost))


def score_item(item: ExamItem, solve: Callable[[ExamQuestion], Solution]) -> Scored:
    """Whether the solver finds the key, and how sure it is."""
    begun = perf_counter()
    letters = tuple(item.options)
    solution = solve(ExamQuestion(item.question, tuple(item.options.values()), letters, len(item.key), item.id))
    seconds = perf_counter() - begun
    right = set(solution.answer) == set(item.key)
    scores = {"solved": float(right), "honest confidence": 1 - (solution.confidence - right) ** 2}
    note = f"{'/'.join(solution.answer)} at {solution.confidence:.2f}, key {'/'.join(item.key)}"
    kind = item.level or ("one right" if len(item.key) == 1 else "several right")
    details = {"confidence": solution.confidence, "guessed": float(solution.guessed)}
    return Scored(item.id, "items", kind, _objective(item.treats), item.split, scores, details, seconds, note=note)


def _objective(treats: Sequence[str]) -> str:
    """The first objective that something treats: `2026-06/4.2.1` and `4.2` both yield `4.2`."""
    number = treats[0].rpartition("/")[2] if treats else ""
    return ".".join(number.split(".")[:2])
