"""How long a learner waits for the first words: questions in, milliseconds by kind of turn out.

The offline engine shows an answer at once and whole, so its first words come when it is checked. Timed is the verb that
the chat calls: answered, checked and kept. No question is asked twice, so that nothing is remembered of it. Beside it
stands the processor time of the same turns, which a machine that is busy with other things lengthens less.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from time import perf_counter, process_time
from typing import Any

from evals.conversations import Conversation, read_conversations
from evals.gold_set import read_outside, read_questions
from tutor.flow import Tutor

GOAL_MS = 100
PRACTICE = ("item", "solution")
Taken = tuple[float, float]
"""Milliseconds that passed, and those that processors worked."""


def measure_answers(tutor: Tutor) -> dict[str, Any]:
    """Median and 95th percentile by kind of turn."""
    timed: dict[str, list[Taken]] = {"question": [], "outside": [], "follow-up": [], "item or pasted question": []}
    timed["question"] = [_asked(tutor, case.question) for case in read_questions()]
    timed["outside"] = [_asked(tutor, case.question) for case in read_outside()]
    for conversation in read_conversations():
        for taken, kind in _talked(tutor, conversation):
            timed["item or pasted question" if kind in PRACTICE else "follow-up"].append(taken)
    return {"goal_ms": GOAL_MS, "kinds": {name: _summary(taken) for name, taken in timed.items() if taken}}


def as_table(figures: dict[str, Any]) -> str:
    """The figures as lines that people read."""
    lines = [f"{'milliseconds':26}{'turns':>8}{'median':>9}{'p95':>9}{'most':>9}{'processor p95':>16}"]
    lines += [
        f"{name:26}{one['turns']:>8}{one['median']:>9.1f}{one['p95']:>9.1f}{one['most']:>9.1f}{one['cpu_p95']:>16.1f}"
        for name, one in figures["kinds"].items()
    ]
    return "\n".join(lines) + "\n"


def _talked(tutor: Tutor, conversation: Conversation) -> Iterator[tuple[Taken, str]]:
    """Each turn behind the first: how long it took, and the kind of its answer."""
    kept_in: int | None = None
    for number, turn in enumerate(conversation.turns):
        begun, worked = perf_counter(), process_time()
        reply = tutor.ask(turn.says, kept_in, is_guided=conversation.guided)
        kept_in = reply.conversation
        if number:
            yield _since(begun, worked), reply.answer.kind


def _asked(tutor: Tutor, said: str) -> Taken:
    begun, worked = perf_counter(), process_time()
    tutor.ask(said)
    return _since(begun, worked)


def _since(begun: float, worked: float) -> Taken:
    return 1000 * (perf_counter() - begun), 1000 * (process_time() - worked)


def _summary(taken: Sequence[Taken]) -> dict[str, float]:
    passed, worked = sorted(one for one, _ in taken), sorted(one for _, one in taken)
    return {
        "turns": len(passed),
        "median": round(statistics.median(passed), 2),
        "p95": round(_p95(passed), 2),
        "most": round(passed[-1], 2),
        "cpu_p95": round(_p95(worked), 2),
    }


def _p95(ordered: Sequence[float]) -> float:
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
