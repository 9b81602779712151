"""The conversations desk: what was said is listed, searched, renamed, exported, deleted and put back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from tutor.errors import InputError
from tutor.flow.ground import Ground

if TYPE_CHECKING:
    from tutor.answer.answer import Answer
    from tutor.store import Conversation, Turn

ExportForm = Literal["markdown", "json"]


class ConversationsDesk:
    """What can be asked of the conversations so far. Several may go on at once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def all(self, words: str = "") -> list[Conversation]:
        """Conversations, the one last spoken in first; only those in which these words were said."""
        return self._ground.store.conversations.all(words)

    def find(self, conversation: int) -> Conversation | None:
        """One conversation, unless it was deleted."""
        return self._ground.store.conversations.find(conversation)

    def turns(self, conversation: int) -> list[Turn]:
        """What was said in a conversation."""
        return self._ground.store.conversations.turns(conversation)

    def answer(self, turn: Turn) -> Answer:
        """The answer of a turn, as it was shown."""
        from tutor.answer.kept import answer_of

        return answer_of(turn.question, turn.answer, self._ground.index.find)

    def export(self, conversation: int, form: ExportForm) -> str:
        """A conversation as a document to keep, with the sources of every answer."""
        found = self.find(conversation)
        if found is None:
            raise InputError(f"There is no conversation {conversation}. It may have been deleted.")
        if form == "json":
            turns = [
                {"question": turn.question, "at": turn.asked_at.isoformat(), "answer": dict(turn.answer)}
                for turn in self.turns(conversation)
            ]
            told = {"title": found.title, "started_at": found.started_at.isoformat(), "turns": turns}
            return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        parts = [f"# {found.title}"]
        for turn in self.turns(conversation):
            parts += [_quoted(turn.question), str(turn.answer.get("answer", "")), *_sources(turn)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title."""
        self._ground.store.conversations.rename(conversation, title)

    def choose(self, conversation: int, *, engine: str = "", is_guided: bool = False) -> None:
        """Keep who drafts in a conversation, and whether it is guided."""
        self._ground.store.conversations.choose(conversation, engine=engine, is_guided=is_guided)

    def delete(self, conversation: int) -> None:
        """Delete a conversation; `put_back` undoes it for a day."""
        self._ground.store.conversations.delete(conversation, self._ground.clock())

    def put_back(self, conversation: int) -> None:
        """Undo a deletion."""
        self._ground.store.conversations.put_back(conversation)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.splitlines())


def _sources(turn: Turn) -> list[str]:
    """Where each citation leads, a line each."""
    lines = [
        f"[{one['n']}] {one.get('title', '')} › {one.get('heading', '')}"
        + (f", {one['source_url']}" if one.get("source_url") else "")
        for one in turn.answer.get("citations", ())
    ]
    return ["\n".join(f"{line}  " for line in lines)] if lines else []
