"""State: the only place with SQL. Stages never import it; `tutor.flow` loads and saves."""

from tutor.store.bank import Attempt, Bank, BankedItem, State
from tutor.store.conversations import Conversation, Conversations, Turn
from tutor.store.store import Store

__all__ = ["Attempt", "Bank", "BankedItem", "Conversation", "Conversations", "State", "Store", "Turn"]
