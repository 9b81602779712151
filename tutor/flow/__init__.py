"""The flow: what people can ask of the tutor, and what it loads and saves for them."""

from tutor.flow.tutor import PASSAGES_READ, Reply, Tutor

__all__ = ["PASSAGES_READ", "Reply", "Tutor"]
