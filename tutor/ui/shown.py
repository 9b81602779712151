"""What stands in the chat: learners' words and answers as messages."""

from __future__ import annotations

from html import escape
from typing import Any

Message = dict[str, Any]


def said(content: str) -> Message:
    """An answer, or a word of the tutor's own."""
    return {"role": "assistant", "content": content}


def as_text(text: str) -> str:
    """A learner's words, shown as they were typed: no markup, no images."""
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"
