"""The conversations desk: what was said is listed, searched, renamed, exported, deleted and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.flow.ground import Ground

if TYPE_CHECKING:
    from tutor.store import Conversation, Turn


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
