"""A question in; its kind out, and with it the plan of an answer: what answers it, and what follows in what order.

Pages have a fixed list of headings, so a section says what its statements are for. A plan names the sections that
answer this kind of question, and the parts into which everything else is put.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tutor.index.terms import STOP_WORDS

QuestionKind = Literal[
    "exam",
    "example",
    "support",
    "comparison",
    "limit",
    "cost",
    "troubleshooting",
    "warning",
    "list",
    "why",
    "choice",
    "how-to",
    "mechanism",
    "definition",
    "open",
]

PARTS = {
    "What it is": "What it is",
    "When to choose it": "When it fits",
    "When not to choose it": "When it does not fit",
    "Against its neighbours": "Side by side",
    "How it works": "How it works",
    "Limits and defaults": "Limits and defaults",
    "Cost": "Cost",
    "Steps": "Steps",
    "Common mistakes": "Watch out",
    "What the exam turns on": "On the exam",
}
"""How a section's statements are announced to a reader."""


@dataclass(frozen=True)
class Plan:
    """How questions of one kind are answered."""

    kind: QuestionKind
    answering: tuple[str, ...]
    """Sections that answer the question itself: they lead."""
    order: tuple[str, ...]
    """The parts that follow, in this order; those not named come last."""
    marks: re.Pattern[str] | None = None
    """Words of statements that answer questions of this kind, wherever they stand."""


_SIGNS: tuple[tuple[QuestionKind, str], ...] = (
    ("exam", r"(does|do|will|would|might) (the|this|an) exam|on the exam|in the exam"),
    ("example", r"(give|show|see|is|have|need|want)( \w+){0,3} examples?|examples? (of|for)|for example"),
    (
        "support",
        r"^(?:does|do|can|could|is|are|will) [^,?]*(?:(?:works?|runs?|compatible|integrates?) (?:with|on)|"
        r"(?<!the )(?<!our )(?<!customer )supports?)",
    ),
    (
        "warning",
        r"not (choose|pick|take)|(a|the) (wrong|bad|poor) (choice|idea|fit)|"
        r"(should|would|do) (i|we|you|one) (not|avoid)",
    ),
    ("comparison", r"vs\.?|versus|differ\w*|compar\w*|distinguish\w*|better than|(?<!whether )or should|instead of"),
    ("limit", r"how (many|much|long|large|big|often|old|far)|limit\w*|quota\w*|maxim\w*|minim\w*|default\w*"),
    ("cost", r"costs?|pric(?:e|es|ing)|cheap\w*|expensive|billed|billing|pay|charged"),
    (
        "troubleshooting",
        r"errors?|fail\w*|wrong|mistakes?|troubleshoot\w*|debug\w*|slow\w*|stuck|crash\w*|"
        r"why (is|are|do|does|did) (my|our)|still|suddenly|keeps?|doesn't|nothing|nan|oom|out of memory|worse",
    ),
    ("warning", r"avoid|should not|shouldn't|not use"),
    (
        "list",
        r"(which|what) (?!is|are|does|do|to|should|can)[\w-]+s( \w+){0,6} "
        r"(can|does|do|are|exist|support\w*|have|has|need)",
    ),
    ("why", r"why"),
    (
        "choice",
        r"when|should|which|choose|best|recommend\w*|suit\w*|pick|right|what (do|would|can|could) (we|i|you) \w+|fits?",
    ),
    ("how-to", r"how (to|do|can|would|should)|steps?|set up|create|configure|can (i|we|you)|do (i|we)"),
    ("mechanism", r"how (does|is|are)|works?"),
    ("definition", r"what (is|are|does)|what's|whats|define|definition|explain|meaning"),
    ("how-to", r"how"),
)
"""Words that show the kind of question; the first that matches counts."""

_ANSWERING: dict[QuestionKind, tuple[str, ...]] = {
    "exam": ("What the exam turns on",),
    "example": (),
    "support": (),
    "comparison": ("Against its neighbours",),
    "limit": ("Limits and defaults",),
    "cost": ("Cost",),
    "troubleshooting": ("Common mistakes",),
    "warning": ("When not to choose it",),
    "list": (),
    "why": ("How it works", "Common mistakes"),
    "choice": ("When to choose it", "What the exam turns on"),
    "how-to": ("Steps", "How it works"),
    "mechanism": ("How it works",),
    "definition": ("What it is",),
    "open": (),
}
_MARKS: dict[QuestionKind, re.Pattern[str]] = {
    "example": re.compile(r"\bfor example\b|\bfor instance\b|\be\.g\.|\bsuch as\b|^\"", re.IGNORECASE),
    "why": re.compile(r"\b(because|since|so that|otherwise|therefore|which is why|the reason)\b", re.IGNORECASE),
}
_SUPPORTED = re.compile(r"\b(?:works?|runs?|compatible|integrates?) (?:with|on)\b|\bsupports?\b", re.IGNORECASE)
_CHOOSING = ("Against its neighbours", "When to choose it", "When not to choose it")
_WORKING = ("How it works", "Steps", "Limits and defaults", "Cost")
_LAST = ("Common mistakes", "What the exam turns on")


def plan_for(question: str) -> Plan:
    """The plan of an answer to this question."""
    kind = kind_of(question)
    answering = _ANSWERING[kind]
    if kind in ("comparison", "choice", "warning", "cost"):
        order = (*answering, "What it is", *_CHOOSING, *_WORKING, *_LAST)
    else:
        order = (*answering, "What it is", *_WORKING, *_CHOOSING, *_LAST)
    marks = _with_what(question) if kind == "support" else _MARKS.get(kind)
    return Plan(kind, answering, tuple(dict.fromkeys(order)), marks)


def _with_what(question: str) -> re.Pattern[str] | None:
    """The thing that something is to work with, or to support: what says nothing of it does not answer."""
    tail = _SUPPORTED.split(question, maxsplit=1)[-1]
    said = [word for word in re.findall(r"\w[\w.-]*\w", tail) if word.lower() not in STOP_WORDS]
    pattern = "|".join(re.escape(word.removesuffix("s")) for word in said)
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE) if said else None


def kind_of(question: str) -> QuestionKind:
    """The kind of a question, by the words that show it."""
    said = question.lower()
    return next((kind for kind, signs in _SIGNS if re.search(rf"\b({signs})(?!\w)", said)), "open")
