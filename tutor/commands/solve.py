"""`tutor solve`: exam-style questions in a file or on standard input in; answers with reasons and citations out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tutor.commands.opened import AsJson, opened_tutor, print_json


def solve(
    file: Annotated[str, typer.Argument(help="Pasted questions or JSON lines; '-' reads standard input.")],
    as_json: AsJson = False,
) -> None:
    """Solve exam-style questions by weighing each option; no language model is asked."""
    from tutor.solve.question import is_json, parse_all, read_lines

    text = _read(file)
    questions = read_lines(text) if is_json(text) else iter(parse_all(text))
    with opened_tutor() as tutor:
        for question in questions:
            solution = tutor.solve(question)
            if as_json:
                print_json(solution.as_json())
                sys.stdout.flush()
            else:
                from tutor.ui.terminal_solution import print_solution

                print_solution(solution)


def _read(file: str) -> str:
    from tutor.errors import InputError

    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({type(error).__name__}). Give a text file or '-'.") from error
