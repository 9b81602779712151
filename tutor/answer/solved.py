"""A solved exam question in; the same as an answer out: the choice, how sure it is, and the reasons for every option.

Every reason that quotes a passage is checked like any statement. Where its own words go beyond the quote, the quoted
words are shown instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.answer.answer import Answer
from tutor.answer.composition import Composition
from tutor.engines.engine import DraftStatement
from tutor.solve.solution import NOTHING_FOUND, Reason, Solution

ENGINE = "offline"
SURE = 0.6
"""From this confidence on an answer is not called a leaning."""
LONGEST_OPTION = 160


def solution_answer(said: str, solution: Solution, pasted: str, only: str = "") -> Answer:
    """A solution of what was pasted as an answer; `only` tells the reasons of one option, by its letter."""
    composed = Composition(solution.passages)
    if not only:
        composed.say(_lead(solution))
    question = solution.question
    for letter, option, reasons in zip(question.letters, question.options, solution.reasons, strict=True):
        if only in ("", letter):
            part = f"{letter}. {_shortened(option)} – {_verdict(letter, reasons, solution)}"
            for reason in dict.fromkeys(reasons):
                _tell(reason, part, composed)
    return composed.answer(
        said,
        ENGINE,
        kind="solution",
        asked=question.stem,
        state={"letters": list(question.letters), "question": pasted},
        hints=("Why not the others?",) if only else ("Quiz me on this",),
    )


def _lead(solution: Solution) -> str:
    """The choice in words, with how sure it is."""
    chosen = " and ".join(f"**{letter}**" for letter in solution.answer)
    share = f"{solution.confidence:.0%}"
    if solution.guessed:
        return f"I take {chosen}, but it is a guess: nothing that I know decides between these options."
    if solution.confidence < SURE:
        return f"I lean to {chosen}, at {share}: too little to rely on. Weigh the reasons yourself."
    return f"I answer {chosen}, and am {share} sure."


def _verdict(letter: str, reasons: Sequence[Reason], solution: Solution) -> str:
    if letter in solution.answer:
        return "chosen"
    return "not chosen" if any(reason.says != "open" for reason in reasons) else "nothing found"


def _tell(reason: Reason, part: str, composed: Composition) -> None:
    quote = reason.quote
    if quote is None:
        composed.say(reason.text or NOTHING_FOUND, part)
    elif not composed.cite(DraftStatement(reason.text, (quote,), part)):
        composed.cite(DraftStatement(quote.text, (quote,), part))


def _shortened(option: str) -> str:
    option = " ".join(option.split()).rstrip(".")
    return option if len(option) <= LONGEST_OPTION else f"{option[:LONGEST_OPTION].rstrip()} …"
