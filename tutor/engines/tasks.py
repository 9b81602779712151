"""What language models are asked to draft for practice: the tasks, and the messages of a task with its material.

Material stands between markers with a code made from it, so that nothing written beforehand can close them and pass for
an instruction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tutor.engines.instructions import without_instructions
from tutor.engines.output import object_schema
from tutor.engines.prompt import FOLDER, LONGEST_PASSAGE, Message
from tutor.read.document import Passage

MOST_FAULTS_TOLD = 12
"""So many faults of a draft go back to its author."""
LONGEST_DRAFT = 40_000
"""Characters of a draft that its author is shown again."""


@dataclass(frozen=True)
class Task:
    """What is to be drafted."""

    prompt: str
    """The file that says how."""
    asks: str
    """What is asked for behind the material."""
    schema: Mapping[str, Any]
    """The form of what comes back, plain enough for every server."""
    called: str
    """What it is called where none was drafted."""

    @property
    def prompt_hash(self) -> str:
        """A short hash of the prompt: it changes when the prompt does."""
        return hashlib.sha256(_prompt(self.prompt).encode()).hexdigest()[:16]


def messages(task: Task, shown: str, before: str, faults: Sequence[str]) -> list[Message]:
    """Ask for a draft from what is shown, or for the same again without its faults."""
    asked: list[Message] = [("system", _prompt(task.prompt)), ("human", f"{shown}\n\n{task.asks}")]
    if not faults:
        return asked
    listed = "\n".join(f"- {fault}" for fault in faults[:MOST_FAULTS_TOLD])
    again = f"That could not be used:\n{listed}\n\nReturn the whole of it once more, mended, as one JSON object."
    return [*asked, ("ai", before[:LONGEST_DRAFT] or "(nothing)"), ("human", again)]


def numbered(passages: Sequence[Passage], *, with_places: bool = False) -> str:
    """Passages between markers with a code that nobody who wrote one could know; with their ids, to be cited by."""
    texts = [without_instructions(passage)[:LONGEST_PASSAGE] for passage in passages]
    code = _code(*texts)
    places = [f' place="{passage.id}"' if with_places else "" for passage in passages]
    return "\n\n".join(
        f'<passage {code} number="{number}"{place}>\n{text}\n</passage {code}>'
        for number, (text, place) in enumerate(zip(texts, places, strict=True), 1)
    )


def fenced(material: str) -> str:
    """Any material between such markers."""
    code = _code(material)
    return f"<material {code}>\n{material}\n</material {code}>"


def _code(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _list_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": entry}


@cache
def _prompt(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


_TEXT = {"type": "string"}
_TEXTS = _list_of(_TEXT)
_REASON = object_schema(text=_TEXT, passage={"type": "integer"}, quote=_TEXT)
_OPTION = object_schema(text=_TEXT, is_right={"type": "boolean"}, reasons=_list_of(_REASON))
_WHY = object_schema(option=_TEXT, by=_TEXTS, so=_TEXT)
_TURN = object_schema(id=_TEXT, tells=_TEXT, states=_TEXTS, prefers=_TEXT, ask=_TEXT, why=_list_of(_WHY))

ITEM = Task(
    "item.txt",
    "Write one question from these passages.",
    object_schema(stem=_TEXT, ask=_TEXT, options=_list_of(_OPTION)),
    "an item",
)
SITUATION = Task(
    "situation.txt",
    "Tell one new case of this decision.",
    object_schema(id=_TEXT, text=_TEXT, states=_TEXTS, offers=_TEXTS, turns=_list_of(_TURN)),
    "a situation",
)
MODEL = Task(
    "model.txt",
    "Draft one model of a decision from these passages.",
    object_schema(
        id=_TEXT,
        title=_TEXT,
        asks=_TEXTS,
        scenes=_TEXTS,
        options=_list_of(object_schema(id=_TEXT, name=_TEXT, wordings=_TEXTS)),
        facts=_list_of(object_schema(id=_TEXT, name=_TEXT, kind=_TEXT, wordings=_TEXTS, excludes=_TEXTS)),
        rulings=_list_of(object_schema(fact=_TEXT, option=_TEXT, says=_TEXT, because=_TEXT, passage=_TEXT)),
        preferences=_list_of(
            object_schema(id=_TEXT, wordings=_TEXTS, order=_list_of(_TEXTS), because=_TEXT, passage=_TEXT)
        ),
    ),
    "a model of a decision",
)
REPHRASING = Task(
    "rephrasing.txt", "Tell this question in other words.", object_schema(stem=_TEXT, ask=_TEXT), "a rephrasing"
)
