"""The Ask tab: a question in, a cited answer out; every citation opens its passage with the quoted words marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import gradio as gr

from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.ui.passage import answer_html
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

Message = dict[str, Any]
Shown = tuple[str, list[Message], int | None]
"""What is in the box, what was said, and the conversation it is kept in."""


def ask_tab(tutor: Tutor) -> None:
    """Lay out the tab inside the page that is being built."""
    conversation = gr.State(None)
    chat = gr.Chatbot(
        label="Conversation",
        elem_id="conversation",
        show_label=False,
        height="66vh",
        layout="panel",
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
        drafter = _engine_choice(tutor)

    def answer(text: str, shown: list[Message], kept_in: int | None, engine: str | None = None) -> Iterator[Shown]:
        if not text.strip():
            yield "", shown, kept_in
            return
        shown = [*shown, {"role": "user", "content": as_text(text)}]
        try:
            for news in asked(tutor, text, kept_in, engine):
                if isinstance(news, str):
                    yield "", [*shown, _said(as_text(news))], kept_in
                else:
                    content = answer_html(news.answer, str(next(_turns)), news.seconds)
                    yield "", [*shown, _said(content)], news.conversation
        except TutorError as error:
            yield text, [*shown, _said(as_text(f"That did not work: {error}"))], kept_in

    def take_example(
        shown: list[Message], kept_in: int | None, event: gr.SelectData, engine: str | None = None
    ) -> Iterator[Shown]:
        yield from answer(event.value["text"], shown, kept_in, engine)

    outputs = [question, chat, conversation]
    asking: dict[str, Any] = {
        "fn": answer,
        "inputs": [question, chat, conversation, *drafter],
        "outputs": outputs,
        "show_progress": "hidden",
        "concurrency_limit": MOST_AT_ONCE,
        "concurrency_id": "ask",
    }
    question.submit(**asking, api_name="ask")
    send.click(**asking, api_visibility="private")
    chat.example_select(
        **{**asking, "fn": take_example, "inputs": [chat, conversation, *drafter]}, api_visibility="private"
    )
    fresh.click(lambda: ("", [], None), None, outputs, api_visibility="private")


def _engine_choice(tutor: Tutor) -> list[gr.Dropdown]:
    """Who drafts, where there is a choice."""
    names = tutor.engines()
    if len(names) == 1:
        return []
    return [
        gr.Dropdown(
            list(names),
            value=tutor.settings.engine,
            label="Drafted by",
            container=False,
            filterable=False,
            scale=2,
            min_width=170,
            elem_id="engine",
        )
    ]


def _said(content: str) -> Message:
    return {"role": "assistant", "content": content}


def as_text(text: str) -> str:
    """A learner's words, shown as they were typed: no markup, no images."""
    from html import escape

    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"
