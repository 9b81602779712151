"""The gold questions as tasks of Inspect (inspect_ai), for people who know that tool: the same cases, the same metrics.

    uv pip install -e ".[inspect]"
    inspect eval evals/inspect_cases.py --model none -T engine=offline -T split=held

No model is asked but through the tutor, hence `--model none`. Inspect is imported here and nowhere else.
"""

# mypy: disable-error-code="import-not-found,untyped-decorator"
# Inspect is an extra, which those who check types need not have.

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, solver

from evals.answering import Answering, rarity_in
from evals.gold_set import Outside, Question, Split, read_outside, read_questions
from evals.scored import Scored
from tutor.flow import Tutor
from tutor.flow.ground import Ground
from tutor.settings import OFFLINE, load_settings

SCORES = ("points", "no conflict", "cited", "carried", "answered", "ndcg@10")


@task
def questions(engine: str = OFFLINE, split: Split | None = None, limit: int | None = None) -> Task:
    """Questions that the documentation answers."""
    cases = [case for case in read_questions() if split in (None, case.split)][:limit]
    return _task(cases, engine, [_score(name) for name in SCORES])


@task
def outside(engine: str = OFFLINE, split: Split | None = None, limit: int | None = None) -> Task:
    """Questions that must be refused."""
    cases = [case for case in read_outside() if split in (None, case.split)][:limit]
    return _task(cases, engine, [_score("refused")])


def _task(cases: Sequence[Question | Outside], engine: str, scorers: list[Scorer]) -> Task:
    settings = load_settings()
    tutor = Tutor(settings)
    answering = Answering(tutor, rarity_in(Ground(settings)), engine)
    samples = [
        Sample(
            id=case.id,
            input=case.question,
            target=list(case.key_points) if isinstance(case, Question) else "refused",
            metadata={"objective": getattr(case, "objective", ""), "kind": getattr(case, "kind", "outside")},
        )
        for case in cases
    ]

    def ask(case: Question | Outside) -> tuple[str, Scored]:
        said = tutor.answer(case.question, engine=engine).text
        return said, answering.question(case) if isinstance(case, Question) else answering.outside(case)

    return Task(dataset=samples, solver=_ask(ask, {case.id: case for case in cases}), scorer=scorers)


@solver
def _ask(ask: Callable[[Question | Outside], tuple[str, Scored]], cases: dict[str, Question | Outside]) -> Solver:
    """Let the tutor answer; its scores wait in the store for the scorers."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect's form
        state.output.completion, scored = ask(cases[str(state.sample_id)])
        state.store.set("scores", dict(scored.scores))
        state.store.set("note", scored.note)
        return state

    return solve


def _score(name: str) -> Scorer:
    @scorer(metrics=[mean(), stderr()], name=name.replace(" ", "_"))
    def one() -> Any:
        async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's form
            return Score(value=state.store.get("scores").get(name, 0.0), explanation=state.store.get("note"))

        return score

    made: Scorer = one()
    return made
