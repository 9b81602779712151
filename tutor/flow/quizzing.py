"""Practice in a conversation: an item in, the same as a turn out; a reply in, its grade and the reasons out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tutor.answer.answer import Answer
from tutor.answer.composition import Composition
from tutor.engines.engine import DraftStatement, Quote

if TYPE_CHECKING:
    from tutor.flow.items import ItemsDesk
    from tutor.store import Attempt, BankedItem

ENGINE = "offline"
_SAYING = (
    r"i (?:think|say|choose|pick|take|guess|would (?:say|choose|pick|take))|it(?:'s| is)|my answer is|the answer is|"
    r"answer|option|maybe|probably|i'd say|i'll take"
)
_LETTERS = re.compile(
    rf"^(?:(?:{_SAYING})[\s:,]+)*"
    r"\(?(?P<letters>[a-f]\)?(?:(?:\s*[,+&/]\s*|\s+and\s+|\s+)\(?[a-f]\)?)*)[\s.!?]*$",
    re.IGNORECASE,
)


def item_answer(said: str, kept: BankedItem, about: str, models: Sequence[str] = ()) -> Answer:
    """An item as a turn: the question and its options, and how to reply; `models` are to be drawn from next."""
    item = kept.item
    composed = Composition(())
    composed.say(item["stem"])
    for letter, text in item["options"].items():
        composed.say(f"**{letter}.** {text}", "Options")
    several = len(item["key"])
    how = f"Reply with {_count(several)} letters" if several > 1 else "Reply with a letter"
    composed.say(f"{how}, or say “tell me” or “skip”.", "Your answer")
    state = {"item": kept.id, "about": about, "objective": kept.objective, "models": list(models)}
    return composed.answer(said, ENGINE, kind="item", asked=about, state=state, hints=tuple(item["options"]))


def letters_in(reply: str) -> tuple[str, ...]:
    """The letters that a reply chooses; empty where it is something else."""
    match = _LETTERS.match(reply.strip())
    return (
        tuple(letter.upper() for letter in re.findall(r"\b[a-f]\b", match["letters"], re.IGNORECASE)) if match else ()
    )


def graded(reply: str, chosen: Sequence[str], state: Mapping[str, Any], items: ItemsDesk) -> Answer:
    """The grade of a reply, kept as an attempt where letters were chosen, and why each option is right or wrong."""
    item = items.find(state["item"]).item
    key = list(item["key"])
    composed = Composition(items.passages)
    if chosen:
        composed.say(_verdict(items.answer(state["item"], chosen), key))
    else:
        composed.say(f"The answer is **{_joined(key)}**.")
    for letter in sorted(item["options"], key=lambda letter: (letter not in key, letter)):
        _explain_option(letter, item, composed, "right" if letter in key else "wrong")
    return composed.answer(
        reply,
        ENGINE,
        kind="item",
        asked=state["about"],
        state={**state, "is_over": True},
        hints=("Another one", "What does the exam turn on here?"),
    )


def hinted(reply: str, state: Mapping[str, Any], items: ItemsDesk) -> Answer:
    """Rule out one more wrong option, with its reasons; the last wrong one stays."""
    item = items.find(state["item"]).item
    wrong = [letter for letter in item["options"] if letter not in item["key"]]
    gone = list(state.get("ruled_out", ()))
    left = [letter for letter in wrong if letter not in gone]
    composed = Composition(items.passages)
    if len(left) > 1:
        gone.append(left[-1])
        composed.say(f"A hint: it is not {left[-1]}.")
        _explain_option(left[-1], item, composed, "wrong")
    else:
        composed.say("I have ruled out all that I can without giving the answer. Choose, or say “tell me”.")
    options = tuple(letter for letter in item["options"] if letter not in gone)
    return composed.answer(
        reply, ENGINE, kind="item", asked=state["about"], state={**state, "ruled_out": gone}, hints=options
    )


def _explain_option(letter: str, item: Mapping[str, Any], composed: Composition, verdict: str) -> None:
    quotes = {each["n"]: Quote(each["passage"], each["quote"]) for each in item["citations"]}
    told = dict(zip(item["options"], item["statements"], strict=True))
    _explain(told[letter], f"{letter}. {item['options'][letter].rstrip('.')} – {verdict}", quotes, composed)


def _verdict(attempt: Attempt, key: Sequence[str]) -> str:
    if attempt.is_right:
        return f"**{_joined(key)}** is right."
    return f"Not right: you chose {_joined(attempt.chosen)}, and the answer is **{_joined(key)}**."


def _explain(
    told: Sequence[tuple[str, Sequence[int]]], part: str, quotes: Mapping[int, Quote], composed: Composition
) -> None:
    """An explanation; sentences that only lead to the next stand before it."""
    lead = ""
    for text, numbers in told:
        cited = tuple(quotes[number] for number in numbers if number in quotes)
        holds = bool(cited) and composed.cite(DraftStatement(text, cited, part), lead)
        lead = "" if holds else f"{lead} {text}".strip()
    if lead:
        composed.say(lead, part)


def _count(number: int) -> str:
    return {2: "two", 3: "three"}.get(number, str(number))


def _joined(letters: Sequence[str]) -> str:
    return " and ".join(letters)
