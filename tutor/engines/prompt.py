"""A question and passages in; the messages for a language model out, with the hash of the prompt files they came from.

Passages, the conversation so far and the question stand between markers that carry a code made from all of them, so
that nothing written beforehand can close a marker and pass for an instruction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template

from tutor.engines.engine import PLAIN, Exchange, Form, Length, Manner
from tutor.engines.instructions import without_instructions
from tutor.read.document import Passage

FOLDER = Path(__file__).parent / "prompts"
ANSWER_FILES = ("answer.txt", "question.txt", "repair.txt")
LONGEST_QUESTION = 8_000
"""Characters of a question that a model is given; of a longer one, the beginning and the end."""
LONGEST_PASSAGE = 6_000
LONGEST_EXCHANGE = 600
"""Characters of an earlier question, and of its answer: enough to know what is spoken of."""

_LENGTHS: dict[Length, str] = {
    "short": "Wanted: the shortest answer that is right, in one or two statements.",
    "usual": "",
    "long": "Wanted: a full answer of up to twelve statements, with what decides, the neighbours and the mistakes.",
}
_FORMS: dict[Form, str] = {
    "usual": "",
    "table": "Wanted: one Markdown table, if the passages have what to compare.",
    "list": "Wanted: many short statements, each one point of a list.",
}
Message = tuple[str, str]
"""Who speaks (`system`, `human` or `ai`) and what, as LangChain takes it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def answer_messages(question: str, passages: Sequence[Passage], manner: Manner = PLAIN) -> list[Message]:
    """Ask for an answer from numbered passages, in the manner that the learner wants."""
    texts = [_shortened(_clean(without_instructions(passage)), LONGEST_PASSAGE) for passage in passages]
    asked = _shortened(_clean(question), LONGEST_QUESTION)
    before = "\n".join(_told(exchange) for exchange in manner.earlier)
    code = _code(asked, before, *texts)
    shown = "\n\n".join(
        f'<passage {code} number="{number}" of="{_clean(passage.title)} › {_clean(passage.heading)}">\n'
        f"{text}\n</passage {code}>"
        for number, (passage, text) in enumerate(zip(passages, texts, strict=True), 1)
    )
    earlier = f"<earlier {code}>\n{before}\n</earlier {code}>\n\n" if before else ""
    wishes = "".join(f"{wish}\n\n" for wish in (_LENGTHS[manner.length], _FORMS[manner.form]) if wish)
    user = Template(_file("question.txt")).substitute(
        passages=shown, earlier=earlier, wishes=wishes, question=asked, code=code
    )
    return [("system", _file("answer.txt")), ("human", user)]


def repair_messages(said: str, reasons: Sequence[str], count: int) -> list[Message]:
    """Ask for the same again, with the reasons why what was `said` could not be used."""
    listed = "\n".join(f"- {reason}" for reason in reasons)
    return [
        ("ai", _shortened(_clean(said), LONGEST_PASSAGE) or "(nothing)"),
        ("human", Template(_file("repair.txt")).substitute(reasons=listed, count=count)),
    ]


def _told(exchange: Exchange) -> str:
    asked, answered = (
        _shortened(" ".join(_clean(text).split()), LONGEST_EXCHANGE) for text in (exchange.question, exchange.answer)
    )
    return f"Learner: {asked}\nTutor: {answered}"


@cache
def prompt_hash() -> str:
    """A short hash of the prompt files for answers: it changes when any of them does."""
    digest = hashlib.sha256()
    for name in ANSWER_FILES:
        digest.update((FOLDER / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def _code(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return f"{text[: longest * 3 // 4]} […] {text[-longest // 4 :]}"
