"""The Ask tab: a question in, a cited answer out; every citation opens its passage with the quoted words marked.

Beside it the conversations so far, below it a quiet form to flag an answer. The browser remembers which conversation
was open; everything else is in the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import gradio as gr

from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.ui.chat_flag import flag_form
from tutor.ui.chat_history import Chat, history_panel
from tutor.ui.passage import answer_html
from tutor.ui.shown import Message, as_text, said
from tutor.ui.writing import asked

EXAMPLES = (
    "When is BigQuery ML a better choice than AutoML?",
    "What does Reduction Server need?",
    "How do training-serving skew and drift differ?",
    "What is Model Armor?",
)
_turns = count(1)

MOST_AT_ONCE = 8
"""Questions answered at the same time; a language model may take a while for one."""
TO_THE_QUESTION = "() => window.showLastQuestion()"

Shown = tuple[str, list[Message], int | None]
"""What is in the box, what was said, and the conversation it is kept in."""


def ask_tab(tutor: Tutor, page: gr.Blocks) -> None:
    """Lay out the tab inside the page that is being built."""
    conversation = gr.State(None)
    with gr.Row(elem_id="talking"):
        panel = gr.Column(scale=1, min_width=220, elem_id="history")
        with gr.Column(scale=5, min_width=320):
            chat = gr.Chatbot(
                label="Conversation",
                elem_id="conversation",
                show_label=False,
                height="60vh",
                layout="panel",
                autoscroll=False,
                latex_delimiters=[],
                buttons=["copy"],
                placeholder=(
                    "### What would you like to understand?\n"
                    "Every sentence of an answer names the passage it comes from. Open a citation to read it in place."
                ),
                examples=[{"text": example} for example in EXAMPLES],
            )
            with gr.Row(elem_id="asking"):
                question = gr.Textbox(
                    placeholder="Ask about anything on the exam",
                    show_label=False,
                    label="Question",
                    lines=1,
                    max_lines=8,
                    max_length=20_000,
                    autofocus=True,
                    scale=8,
                    elem_id="question",
                )
                send = gr.Button("Ask", variant="primary", scale=1, min_width=90, elem_id="ask")
                fresh = gr.Button("New", scale=1, min_width=90, elem_id="new")
            with gr.Row(elem_id="manner"):
                guided = gr.Checkbox(
                    label="Teach by asking back", value=False, container=False, min_width=180, elem_id="guided"
                )
                drafter = _engine_choice(tutor)
            flagging = flag_form(tutor, conversation)
    with panel:
        history = history_panel(tutor, page, Chat(conversation, chat, question, guided, drafter))

    answering = _Answering(tutor)
    outputs = [question, chat, conversation]
    with_engine = [drafter] if drafter else []
    asking: dict[str, Any] = {
        "inputs": [question, chat, conversation, guided, *with_engine],
        "outputs": outputs,
        "show_progress": "hidden",
        "concurrency_limit": MOST_AT_ONCE,
        "concurrency_id": "ask",
    }
    example = {**asking, "inputs": [chat, conversation, guided, *with_engine]}
    events = [
        question.submit(answering.answer, **asking, api_name="ask"),
        send.click(answering.answer, **asking, api_visibility="private"),
        chat.example_select(answering.take_example, **example, api_visibility="private"),
    ]
    for event in events:
        event.then(None, None, None, js=TO_THE_QUESTION)
        history.refresh_after(event)
        flagging.refresh_after(event)
    started = fresh.click(lambda: ("", [], None), None, outputs, api_visibility="private")
    history.refresh_after(started)
    flagging.refresh_after(started)


class _Answering:
    """What happens when a question is sent."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor

    def answer(
        self, text: str, shown: list[Message], kept_in: int | None, is_guided: bool = False, engine: str | None = None
    ) -> Iterator[Shown]:
        """Answer, and keep what was said."""
        if not text.strip():
            yield "", shown, kept_in
            return
        shown = [*shown, {"role": "user", "content": as_text(text)}]
        try:
            for news in asked(self._tutor, text, kept_in, engine, is_guided=is_guided):
                if isinstance(news, str):
                    yield "", [*shown, said(as_text(news))], kept_in
                else:
                    content = answer_html(news.answer, str(next(_turns)), news.seconds)
                    yield "", [*shown, said(content)], news.conversation
        except TutorError as error:
            yield text, [*shown, said(as_text(f"That did not work: {error}"))], kept_in

    def take_example(
        self,
        shown: list[Message],
        kept_in: int | None,
        is_guided: bool,
        event: gr.SelectData,
        engine: str | None = None,
    ) -> Iterator[Shown]:
        """Answer one of the examples."""
        yield from self.answer(event.value["text"], shown, kept_in, is_guided, engine)


def _engine_choice(tutor: Tutor) -> gr.Dropdown | None:
    """Who drafts, where there is a choice."""
    names = tutor.engines()
    if len(names) == 1:
        return None
    return gr.Dropdown(
        list(names),
        value=tutor.settings.engine,
        label="Drafted by",
        container=False,
        filterable=False,
        scale=2,
        min_width=170,
        elem_id="engine",
    )
