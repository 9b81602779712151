"""The conversations so far, beside the chat: opened, searched, renamed, exported, deleted and put back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.flow.conversations import ExportForm
from tutor.ui.passage import answer_html
from tutor.ui.shown import Message, as_text, said

LONGEST_LISTED = 44
MOST_LISTED = 60
DOWNLOAD = "(name, text) => window.keepAsFile(name, text)"
_FILE_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class Chat:
    """The parts of the tab that an opened conversation fills."""

    conversation: gr.State
    messages: gr.Chatbot
    question: gr.Textbox
    guided: gr.Checkbox
    drafter: gr.Dropdown | None

    @property
    def parts(self) -> list[Any]:
        """Everything that is filled, in order."""
        return [self.conversation, self.messages, self.guided, *([self.drafter] if self.drafter else [])]


class History:
    """The panel once it is laid out."""

    def __init__(self, desk: _Desk, inputs: list[Any], outputs: list[Any]) -> None:
        self._desk = desk
        self._inputs = inputs
        self._outputs = outputs

    def refresh_after(self, event: Any) -> None:
        """List anew once something was said."""
        event.then(
            self._desk.listed,
            self._inputs,
            self._outputs,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )


def history_panel(tutor: Tutor, page: gr.Blocks, chat: Chat) -> History:
    """Lay out the panel."""
    desk = _Desk(tutor, with_engine=chat.drafter is not None)
    opened = gr.BrowserState(None, storage_key="pmle-conversation", secret="conversation")  # noqa: S106 - not secret
    deleted = gr.State(None)
    file_name, file_text = gr.Textbox(visible=False), gr.Textbox(visible=False)
    words = gr.Textbox(
        placeholder="Search conversations", show_label=False, container=False, max_length=200, elem_id="history-search"
    )
    listed = gr.Radio(choices=[], show_label=False, label="Conversations", container=False, elem_id="conversations")
    told = gr.HTML("", elem_id="history-told")
    undo = gr.Button("Undo", size="sm", visible=False, elem_id="undo-delete")
    with gr.Accordion("This conversation", open=False, elem_id="history-verbs"):
        title = gr.Textbox(label="Title", max_length=80, elem_id="history-title")
        rename = gr.Button("Rename", size="sm", elem_id="rename")
        with gr.Row():
            markdown = gr.Button("Markdown", size="sm", min_width=80, elem_id="export-markdown")
            json_ = gr.Button("JSON", size="sm", min_width=60, elem_id="export-json")
        delete = gr.Button("Delete", size="sm", variant="stop", elem_id="delete")

    here = [words, chat.conversation]
    listing = [listed, opened, title]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    history = History(desk, here, listing)
    page.load(desk.open, [opened], chat.parts, **quiet).then(desk.listed, here, listing, **quiet)
    words.input(desk.listed, here, listing, **quiet)
    listed.input(desk.open, [listed], chat.parts, **quiet).then(desk.listed, here, listing, **quiet)
    renamed = rename.click(desk.rename, [chat.conversation, title], [told], **quiet)
    title.submit(desk.rename, [chat.conversation, title], [told], **quiet).then(desk.listed, here, listing, **quiet)
    renamed.then(desk.listed, here, listing, **quiet)
    gone = delete.click(desk.delete, [chat.conversation], [deleted, told, undo, *chat.parts], **quiet)
    gone.then(desk.listed, here, listing, **quiet)
    back = undo.click(desk.put_back, [deleted], [told, undo, *chat.parts], **quiet)
    back.then(desk.listed, here, listing, **quiet)
    for button, form in ((markdown, "markdown"), (json_, "json")):
        made = button.click(
            lambda conversation, form=form: desk.export(conversation, form),
            [chat.conversation],
            [file_name, file_text, told],
            **quiet,
        )
        made.then(None, [file_name, file_text], None, js=DOWNLOAD)
    return history


class _Desk:
    """What the panel's controls do."""

    def __init__(self, tutor: Tutor, *, with_engine: bool) -> None:
        self._tutor = tutor
        self._with_engine = with_engine

    def listed(self, words: str, conversation: int | None) -> tuple[Any, int | None, str]:
        """The conversations that have these words, the one that is open marked; which is open; its title."""
        found = self._tutor.conversations.all(words)[:MOST_LISTED]
        choices = [(_shortened(one.title), one.id) for one in found]
        now = next((one for one in found if one.id == conversation), None)
        title = now.title if now else ""
        return gr.Radio(choices=choices, value=conversation if now else None), conversation, title

    def open(self, conversation: int | None) -> tuple[Any, ...]:
        """A conversation with everything that was said and chosen in it; an empty one where it is gone."""
        found = self._tutor.conversations.find(conversation) if conversation else None
        if found is None:
            return self._parts(None, [], is_guided=False, engine="")
        messages: list[Message] = []
        for number, turn in enumerate(self._tutor.conversations.turns(found.id)):
            seconds = float(turn.answer.get("seconds", 0.0))
            answer = answer_html(self._tutor.conversations.answer(turn), f"{found.id}-{number}", seconds)
            messages += [{"role": "user", "content": as_text(turn.question)}, said(answer)]
        return self._parts(found.id, messages, is_guided=found.is_guided, engine=found.engine)

    def rename(self, conversation: int | None, title: str) -> str:
        """Give the open conversation another title."""
        if not conversation or not title.strip():
            return _told("Open a conversation and write a title.")
        self._tutor.conversations.rename(conversation, title)
        return ""

    def delete(self, conversation: int | None) -> tuple[Any, ...]:
        """Delete the open conversation; it can be put back."""
        if not conversation:
            return None, _told("No conversation is open."), gr.Button(visible=False), *self.open(None)
        self._tutor.conversations.delete(conversation)
        return conversation, _told("Deleted."), gr.Button(visible=True), *self.open(None)

    def put_back(self, conversation: int | None) -> tuple[Any, ...]:
        """Undo the last deletion."""
        if conversation:
            self._tutor.conversations.put_back(conversation)
        return "", gr.Button(visible=False), *self.open(conversation)

    def export(self, conversation: int | None, form: ExportForm) -> tuple[str, str, str]:
        """A file's name and text, for the browser to keep."""
        found = self._tutor.conversations.find(conversation) if conversation else None
        if found is None:
            return "", "", _told("Open a conversation first.")
        try:
            text = self._tutor.conversations.export(found.id, form)
        except TutorError as error:
            return "", "", _told(str(error))
        stem = _FILE_NAME.sub("-", found.title).strip("-").lower() or "conversation"
        return f"{stem}.{'md' if form == 'markdown' else 'json'}", text, ""

    def _parts(
        self, conversation: int | None, messages: list[Message], *, is_guided: bool, engine: str
    ) -> tuple[Any, ...]:
        parts = (conversation, messages, is_guided)
        known = engine if engine in self._tutor.engines() else self._tutor.settings.engine
        return (*parts, known) if self._with_engine else parts


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_LISTED else f"{title[:LONGEST_LISTED].rstrip()} …"


def _told(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
