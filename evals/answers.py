"""How long a learner waits for the first words: questions in, milliseconds by kind of turn out.

The offline engine shows an answer at once and whole, so its first words come when it is checked. Timed is the verb that
the chat calls: answered, checked and kept. No question is asked twice, so that nothing is remembered of it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

from evals.conversations import Conversation, read_conversations
from evals.gold_set import read_outside, read_questions
from tutor.flow import Tutor

GOAL_MS = 100
PRACTICE = ("item", "solution")


def measure_answers(tutor: Tutor) -> dict[str, Any]:
    """Median and 95th percentile by kind of turn."""
    timed: dict[str, list[float]] = {"question": [], "outside": [], "follow-up": [], "item or pasted question": []}
    timed["question"] = [_asked(tutor, case.question)[0] for case in read_questions()]
    timed["outside"] = [_asked(tutor, case.question)[0] for case in read_outside()]
    for conversation in read_conversations():
        for milliseconds, kind in _talked(tutor, conversation):
            timed["item or pasted question" if kind in PRACTICE else "follow-up"].append(milliseconds)
    return {"goal_ms": GOAL_MS, "kinds": {name: _summary(taken) for name, taken in timed.items() if taken}}


def as_table(figures: dict[str, Any]) -> str:
    """The figures as lines that people read."""
    lines = [f"{'milliseconds':26}{'turns':>8}{'median':>9}{'p95':>9}{'most':>9}"]
    lines += [
        f"{name:26}{one['turns']:>8}{one['median']:>9.1f}{one['p95']:>9.1f}{one['most']:>9.1f}"
        for name, one in figures["kinds"].items()
    ]
    return "\n".join(lines) + "\n"


def _talked(tutor: Tutor, conversation: Conversation) -> Iterator[tuple[float, str]]:
    """Each turn behind the first, how long it took, and the kind of its answer."""
    kept_in: int | None = None
    for number, turn in enumerate(conversation.turns):
        begun = perf_counter()
        reply = tutor.ask(turn.says, kept_in, is_guided=conversation.guided)
        kept_in = reply.conversation
        if number:
            yield 1000 * (perf_counter() - begun), reply.answer.kind


def _asked(tutor: Tutor, said: str) -> tuple[float, str]:
    begun = perf_counter()
    reply = tutor.ask(said)
    return 1000 * (perf_counter() - begun), reply.answer.kind


def _summary(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "turns": len(ordered),
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
        "most": round(ordered[-1], 2),
    }
