"""Answers, passages and findings as they look in a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from tutor.answer.answer import Answer
from tutor.answer.layout import as_markdown, fold, names_of
from tutor.doctor import Finding
from tutor.engines.spending import as_words
from tutor.index.search import Hit

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_answer(answer: Answer, seconds: float, *, is_whole: bool = False) -> None:
    """Print an answer, then where each citation leads; on a terminal without a long rest, unless it is wished for."""
    console = Console()
    text, told, more = answer.text, answer.statements, ""
    if console.is_terminal and not is_whole and answer.kind == "answer" and answer.form != "table":
        first, rest = fold(answer.parts)
        if rest:
            told = tuple(one for _, some in first for one in some)
            text, more = as_markdown(told, answer.form), names_of(rest)
    console.print(Markdown(_plain(text)))
    if more:
        console.print(Text(_plain(f"\nMore: {more} (with --whole)"), style="dim"))
    if answer.note:
        console.print(Text(_plain(f"\n{answer.note}"), style="yellow"))
    for note in answer.names:
        console.print(Text(_plain(f"\n{note.text} ({note.source.url})"), style="italic"))
    if answer.citations:
        console.print()
    shown = {number for one in told for number in one.citations}
    for passage, every in answer.evidence.items():
        citations = [citation for citation in every if citation.number in shown]
        if not citations:
            continue
        line = Text("".join(f"[{citation.number}]" for citation in citations) + " ", style="bold cyan")
        line.append(_plain(f"{passage.title} › {passage.heading}"), style="default")
        if passage.source:
            checked = f", checked {passage.source.checked}" if passage.source.checked else ""
            line.append(_plain(f"\n    {passage.source.url}{checked}"), style="dim")
        if passage.doc in answer.stale:
            line.append(
                f"\n    The official page changed on {answer.stale[passage.doc]}, after this was checked.", "yellow"
            )
        console.print(line)
    took = f", {as_words(answer.usage)}" if answer.usage else ""
    console.print(Text(f"\n{answer.engine}, {seconds * 1000:.0f} ms{took}", style="dim"))


def print_hits(hits: Sequence[Hit]) -> None:
    """Print passages, best first."""
    console = Console()
    if not hits:
        console.print("Nothing found.")
    for hit in hits:
        heading = Text(f"{hit.rank}. ", style="bold cyan")
        heading.append(_plain(f"{hit.passage.title} › {hit.passage.heading}"), style="bold")
        heading.append(f"  {hit.passage.id}", style="dim")
        console.print(heading)
        console.print(Markdown(_plain(hit.passage.text)))
        console.print()


def print_findings(findings: Sequence[Finding]) -> None:
    """Print what the doctor found, one line each, with the remedy below."""
    marks = {"fine": "[green]✓[/]", "note": "[yellow]•[/]", "broken": "[red]✗[/]"}
    table = Table(show_header=False, box=None, padding=(0, 1))
    for finding in findings:
        table.add_row(marks[finding.state], Text(finding.what, style="bold"), Text(finding.state_of_things))
        if finding.remedy:
            table.add_row("", "", Text(finding.remedy, style="dim"))
    Console().print(table)


def _plain(text: str) -> str:
    """Without control characters: a page must not be able to drive the terminal."""
    return _CONTROL.sub("", text)
