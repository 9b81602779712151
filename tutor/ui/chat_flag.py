"""A quiet form below the chat: an answer, one of its statements or citations is sent to review, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from tutor.errors import InputError, TutorError
from tutor.flow import Tutor
from tutor.flow.items import LEARNER
from tutor.review.flag import CAUSES, Cause, Flag, Target, read_cause
from tutor.review.flagged import shown_of

if TYPE_CHECKING:
    from tutor.store import Turn

OF_ITEMS: tuple[Cause, ...] = ("wrong key", "two right", "duplicate", "too easy")
OF_ANSWERS = [cause for cause in CAUSES if cause not in OF_ITEMS]
WHOLE = "answer"
LONGEST_CHOICE = 90

Choice = tuple[str, str]
"""What the learner reads, and which part of the answer it is: `answer`, `statement 2`, `citation 1`."""


class FlagForm:
    """The form once it is laid out."""

    def __init__(self, desk: _Desk, conversation: gr.State, outputs: list[Any]) -> None:
        self._desk = desk
        self._conversation = conversation
        self._outputs = outputs

    def refresh_after(self, event: Any) -> None:
        """Offer the answers so far, the new last one first."""
        event.then(
            self._desk.offered,
            [self._conversation],
            self._outputs,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )


def flag_form(tutor: Tutor, conversation: gr.State) -> FlagForm:
    """Lay out the form."""
    desk = _Desk(tutor)
    raised = gr.State(None)
    title = "Something is wrong with an answer"
    with gr.Accordion(title, open=False, visible=False, elem_id="answer-flagging") as form:
        turn = gr.Dropdown([], label="Which answer", visible=False, elem_id="answer-flag-turn")
        part = gr.Dropdown([("The whole answer", WHOLE)], value=WHOLE, label="Which part", elem_id="answer-flag-part")
        cause = gr.Dropdown(OF_ANSWERS, value="unsupported", label="What", elem_id="answer-flag-cause")
        words = gr.Textbox(label="In your words", lines=2, max_length=4_000, elem_id="answer-flag-words")
        report = gr.Button("Send to review", elem_id="flag-answer")
        told = gr.HTML("", elem_id="answer-flagged")
        undo = gr.Button("Take it back", size="sm", visible=False, elem_id="unflag-answer")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    report.click(desk.flag, [conversation, turn, part, cause, words], [raised, told, words, undo], **quiet)
    undo.click(desk.take_back, [raised], [told, undo], **quiet)
    turn.input(desk.parts, [conversation, turn], [part, told, undo], **quiet)
    offered = [form, turn, part, told, undo]
    conversation.change(desk.offered, [conversation], offered, queue=False, **quiet)
    return FlagForm(desk, conversation, offered)


class _Desk:
    """What the form's controls do."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor

    def offered(self, conversation: int | None) -> tuple[Any, ...]:
        """The answers that can be flagged, and the parts of the last; no form where nothing was answered."""
        turns = self._turns(conversation)
        choices = [(_shortened(turn.question), number) for number, turn in enumerate(turns, 1)][::-1]
        last = len(turns) or None
        return (
            gr.Accordion(visible=bool(turns)),
            gr.Dropdown(choices=choices, value=last, visible=len(turns) > 1),
            *self.parts(conversation, last),
        )

    def parts(self, conversation: int | None, number: int | None) -> tuple[Any, str, Any]:
        """The parts of one answer that can be flagged."""
        _, answer = self._answer(conversation, number)
        return gr.Dropdown(choices=parts_of(answer), value=WHOLE), "", gr.Button(visible=False)

    def flag(
        self, conversation: int | None, number: int | None, part: str, cause: str, words: str
    ) -> tuple[Flag | None, str, Any, dict[str, Any]]:
        """Send a part of an answer to review."""
        number, answer = self._answer(conversation, number)
        if not answer:
            return None, _told("Ask something first."), gr.skip(), gr.Button(visible=False)
        target, place, shown = told_of(part, answer)
        try:
            target_id = f"{conversation}/{number}{place}"
            raised = self._tutor.review.flag(target, target_id, read_cause(cause), words, LEARNER, shown)
        except TutorError as error:
            return None, _told(str(error)), words, gr.Button(visible=False)
        return raised, _told("Thank you. A reviewer will see it."), "", gr.Button(visible=True)

    def take_back(self, raised: Flag | None) -> tuple[str, Any]:
        """Withdraw the flag that was just sent."""
        try:
            if raised:
                self._tutor.review.withdraw(raised)
        except TutorError as error:
            return _told(str(error)), gr.Button(visible=False)
        return _told("Taken back."), gr.Button(visible=False)

    def _answer(self, conversation: int | None, number: int | None) -> tuple[int, Mapping[str, Any]]:
        """An answer as it was kept, and the how-manieth it is: the last without a number; nothing where none is."""
        turns = self._turns(conversation)
        place = number if number and number <= len(turns) else len(turns)
        return (place, {"question": turns[place - 1].question, **turns[place - 1].answer}) if turns else (0, {})

    def _turns(self, conversation: int | None) -> Sequence[Turn]:
        return self._tutor.conversations.turns(conversation) if conversation else []


def parts_of(answer: Mapping[str, Any]) -> list[Choice]:
    """What of an answer can be flagged."""
    statements = [
        (f"Statement {place}: {_shortened(one['text'])}", f"statement {place}")
        for place, one in enumerate(answer.get("statements", ()), 1)
    ]
    citations = [
        (f"Citation {one['n']}: {_shortened(str(one.get('quote', '')))}", f"citation {one['n']}")
        for one in answer.get("citations", ())
    ]
    return [("The whole answer", WHOLE), *statements, *citations]


def told_of(part: str, answer: Mapping[str, Any]) -> tuple[Target, str, dict[str, Any]]:
    """What a reviewer is shown of a part, and where it stands behind `conversation/turn`."""
    kind, _, number = part.partition(" ")
    if kind in ("statement", "citation"):
        target: Target = "statement" if kind == "statement" else "citation"
        try:
            return target, f"/{number}", shown_of(target, int(number), answer)
        except InputError:  # the answer changed under the reader, who still means it
            pass
    return "answer", "", shown_of("answer", 0, answer)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CHOICE else f"{line[:LONGEST_CHOICE].rstrip()} …"


def _told(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
