"""Conversations as they were played in; a page that people can read out, with what does not hold said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evals.conversations import Conversation, Played, play
from evals.metrics import Estimate, rate
from tutor.answer.answer import Answer
from tutor.answer.layout import as_markdown, fold, names_of
from tutor.flow import Tutor

Transcript = tuple[Conversation, tuple[Played, ...]]
LONGEST_TABLE = 6
"""So many rows of a table are shown; a page has them all."""
_HEADING = re.compile(r"^\*\*(.+)\*\*$")


def play_all(tutor: Tutor, conversations: Sequence[Conversation]) -> Iterator[Transcript]:
    """Play conversation after conversation."""
    for conversation in conversations:
        yield conversation, tuple(play(tutor, conversation))


def held(transcripts: Sequence[Transcript], split: str | None = None) -> Estimate:
    """The share of follow-up turns of which everything holds."""
    turns = [
        not played.faults
        for conversation, turns in transcripts
        if split in (None, conversation.split)
        for played in turns
        if played.turn.turn == "follow-up"
    ]
    return rate(sum(turns), len(turns))


def held_unfolded(transcripts: Sequence[Transcript]) -> Estimate:
    """The share of follow-up turns of which everything holds before the fold: of what is read first."""
    turns = [played.holds_unfolded for _, turns in transcripts for played in turns if played.turn.turn == "follow-up"]
    return rate(sum(turns), len(turns))


def as_page(transcripts: Sequence[Transcript], engine: str) -> str:
    """All transcripts on one page, in Markdown."""
    follow_ups = sum(played.turn.turn == "follow-up" for _, turns in transcripts for played in turns)
    shares = "; ".join(f"{split} {_share(held(transcripts, split))}" for split in ("tune", "held"))
    lines = [
        "# Transcripts",
        "",
        f"{len(transcripts)} conversations of five or more turns with the {engine} engine, made by",
        "`python -m evals transcripts` from `evals/gold/conversations.yaml`, where it stands what must hold of a turn.",
        "As in the chat, a long rest is folded (▸); long tables are cut short. A line that begins with **Judged** says",
        "what reads badly; **Does not hold** is said by the measurement. [How answers are made](answers.md).",
        "",
        f"Of {follow_ups} follow-up turns, {_share(held(transcripts))} hold ({shares}); what must stand in the answer",
        f"stands before the fold in {_share(held_unfolded(transcripts))}.",
    ]
    for conversation, turns in transcripts:
        lines += ["", f"## {conversation.id} · {conversation.about}"]
        for played in turns:
            lines += ["", *_turn(played)]
    return "\n".join(lines) + "\n"


def _turn(played: Played) -> Iterator[str]:
    yield from (f"> **{line}**" if line.strip() else ">" for line in played.turn.says.splitlines())
    yield ""
    answer = played.answer
    if answer.asked not in ("", played.turn.says) and answer.kind == "answer":
        yield f"*Taken as: {answer.asked}*"
        yield ""
    if answer.note:
        yield f"*{answer.note}*"
        yield ""
    yield from _shown(answer)
    if played.faults:
        yield ""
        yield f"**Does not hold:** {'; '.join(played.faults)}."
    if played.turn.judgement:
        yield ""
        yield f"**Judged:** {played.turn.judgement}"


def _shown(answer: Answer) -> Iterator[str]:
    """What the chat shows of an answer, with headings that do not break the page's own, and long tables cut short."""
    first, rest = fold(answer.parts) if answer.kind == "answer" and answer.form != "table" else (answer.parts, [])
    told = [statement for _, statements in first for statement in statements]
    text = answer.text if answer.refused else as_markdown(told, answer.form)
    rows = 0
    for line in text.splitlines():
        rows = rows + 1 if line.startswith("|") else 0
        if rows == LONGEST_TABLE + 3:
            yield "| … |"
        if rows <= LONGEST_TABLE + 2:
            heading = _HEADING.match(line)
            yield f"*{heading[1]}*" if heading else line
    if rest:
        yield ""
        yield f"▸ *More: {names_of(rest)} ({sum(len(told) for _, told in rest)} statements)*"


def _share(estimate: Estimate) -> str:
    return f"{estimate.mean:.0%} ({estimate.low:.0%}-{estimate.high:.0%})"
