"""State: the only place with SQL. Stages never import it; `tutor.flow` loads and saves."""

from tutor.store.store import Conversation, Store, Turn

__all__ = ["Conversation", "Store", "Turn"]
