"""State: the only place with SQL. Stages never import it; `tutor.flow` loads and saves."""

from tutor.store.bank import Attempt, Bank, BankedItem, State
from tutor.store.store import Conversation, Store, Turn

__all__ = ["Attempt", "Bank", "BankedItem", "Conversation", "State", "Store", "Turn"]
