"""An answer as it was kept in, and what of it is held against; what a reviewer is shown of that part out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tutor.errors import InputError
from tutor.review.flag import Target

_PLACE = re.compile(r"([0-9]+)/([0-9]+)(?:/([0-9]+))?")


def place_of(target: Target, target_id: str) -> tuple[int, int, int]:
    """Conversation, turn and number of what is flagged; the number of a whole answer is 0."""
    found = _PLACE.fullmatch(target_id.strip())
    if not found or (found[3] is None) != (target == "answer"):
        form = "CONVERSATION/TURN, such as 3/1" if target == "answer" else "CONVERSATION/TURN/NUMBER, such as 3/1/2"
        raise InputError(f"{target_id!r} names no {target}: that is {form}.")
    return int(found[1]), int(found[2]), int(found[3] or 0)


def shown_of(target: Target, number: int, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The whole answer, or its statement or citation `number`; one that it does not have raises `InputError`."""
    statements, citations = answer.get("statements", ()), answer.get("citations", ())
    shown: dict[str, Any] = {"question": answer["question"], "engine": answer.get("engine", "")}
    if target == "answer":
        return {**shown, "answer": answer.get("answer", ""), "citations": list(citations)}
    if target == "statement" and 0 < number <= len(statements):
        said = statements[number - 1]
        cited = [one for one in citations if one["n"] in said.get("citations", ())]
        return {**shown, "text": said["text"], "citations": cited}
    cited = [one for one in citations if one["n"] == number]
    if target != "citation" or not cited:
        has = len(statements if target == "statement" else citations)
        raise InputError(f"The answer has no {target} {number}; it has {has}.")
    text = next((one["text"] for one in statements if number in one.get("citations", ())), "")
    return {**shown, "text": text, "citations": cited}
