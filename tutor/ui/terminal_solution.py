"""A solved question as it looks in a terminal."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

from tutor.solve.solution import Solution

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_solution(solution: Solution) -> None:
    """Print the answer, then every option with its reasons, then where the citations lead."""
    console = Console()
    sure = "A guess" if solution.guessed else f"{solution.confidence:.0%} sure"
    console.print(Text(f"{_plain(', '.join(solution.answer))}  ", style="bold"), Text(sure, style="dim"))
    question = solution.question
    for letter, option, reasons in zip(question.letters, question.options, solution.reasons, strict=True):
        mark = "✓" if letter in solution.answer else " "
        console.print(Text(_plain(f"{mark} {letter}. {option}"), style="bold" if mark == "✓" else ""))
        for reason in reasons:
            console.print(Text(_plain(f"     {solution.say(reason)}"), style="dim"))
    for number, quote in enumerate(solution.quotes, start=1):
        passage = solution.passages[quote.passage]
        console.print(Text(_plain(f"[{number}] {passage.title} › {passage.heading}"), style="cyan"))
    console.print()


def _plain(text: str) -> str:
    """Without control characters: a question must not be able to drive the terminal."""
    return _CONTROL.sub("", text)
