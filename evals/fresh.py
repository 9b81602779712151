"""Fresh questions in, how many of their key points the answers say out, by what people read.

The metric of `key_points.py` compares words, and a point in a stranger's words shares few with our pages. So answers
were read beside the points of these questions, and the statements that say each were noted. An answer says a point
where it has one of them, or all of a set that say it together. A statement that nobody has read beside a point counts
for nothing, so after a change of answers the figure is a lower bound until they are read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.gold_set import FreshQuestion
from evals.metrics import rate
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.read.answered import opened_by, told_by
from tutor.read.document import Passage


def measure_fresh(tutor: Tutor, questions: Sequence[FreshQuestion], passages: Sequence[Passage]) -> dict[str, Any]:
    """The points said, in all and by section of the guide, and the questions that were refused."""
    told = {passage.id: told_by(passage.text) for passage in passages}
    said: dict[str, list[bool]] = {}
    refused = []
    for one in questions:
        answer = tutor.answer(one.question)
        if answer.refused:
            refused.append(one.id)
        statements = {" ".join(statement.text.split()) for statement in answer.statements}
        points = [any(_texts(group, told) <= statements for group in point.said_by) for point in one.points]
        said.setdefault(one.objective[0], []).extend(points)
    every = [point for points in said.values() for point in points]
    share = rate(sum(every), len(every))
    return {
        "questions": len(questions),
        "points": len(every),
        "said": [round(share.mean, 3), round(share.low, 3), round(share.high, 3)],
        "by_section": {section: round(sum(points) / len(points), 2) for section, points in sorted(said.items())},
        "refused": refused,
    }


def _texts(group: Sequence[str], told: Mapping[str, Sequence[str]]) -> set[str]:
    """The statements that a group names; `InputError` where a page no longer has one."""
    found = set()
    for named in group:
        passage, _, words = named.partition(": ")
        number = opened_by(words, told.get(passage, ()))
        if number is None:
            raise InputError(f"evals/gold/fresh.yaml names a statement that is not there any more: {named}")
        found.add(told[passage][number])
    return found
