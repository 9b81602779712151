"""What the paragraph styles of a Word document mean: a heading of some level, a list, nothing of interest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Node = Any  # lxml has no types
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Styles:
    """The styles of one document."""

    def __init__(self, root: Node | None) -> None:
        self._styles = {style.get(W + "styleId"): style for style in root.iter(W + "style")} if root is not None else {}

    def chain(self, style_id: str | None) -> Iterator[Node]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while style_id and style_id in self._styles and style_id not in seen and len(seen) < 20:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            based = style.find(W + "basedOn")
            style_id = based.get(W + "val") if based is not None else None

    def names(self, style_id: str | None) -> list[str]:
        """Names of a style and those it is based on, nearest first."""
        named = (style.find(W + "name") for style in self.chain(style_id))
        return [style_id or ""] + [(one.get(W + "val") or "").lower() for one in named if one is not None]

    def property(self, style_id: str | None, name: str) -> Node | None:
        """A paragraph property from the nearest style that has it."""
        for style in self.chain(style_id):
            found = style.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
        return None


def value(node: Node | None) -> str:
    """The value of a property; empty where it is not there."""
    return (node.get(W + "val") or "") if node is not None else ""
