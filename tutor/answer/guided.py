"""A question in guided mode, or a reply to one, in; the next step of the lesson out: asked back, a hint, or confirmed.

The lesson asks for the choice that a circumstance points to, as the passages say it. A reply is judged by its words: it
names the choice, or one that another circumstance points to, or neither. Hints come by steps; what confirms is cited.
What the next step needs is kept with the turn, so that a lesson survives a restart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast

from tutor.answer.answer import Answer
from tutor.answer.composition import Composition
from tutor.answer.conversation.phrases import patterns
from tutor.answer.conversation.wishes import plain
from tutor.answer.distinction import Distinction, distinctions, telling_words
from tutor.engines.engine import DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import statements

ENGINE = "offline"
ENOUGH = 0.5
"""The share of the choice's words that a reply must have."""
MOST_HINTS = 3
CHOICES_SHOWN = 4
CONFIRMED_WITH = 3
"""So many further statements of the answer follow a confirmation."""
HINTS = ("Hint", "Tell me")

Call = Literal["hint", "tell", "next", "stop"]


@dataclass(frozen=True)
class Lesson:
    """What a lesson keeps from turn to turn."""

    question: str
    """What the learner wants to learn."""
    sign: str
    choice: str
    statement: str
    passage: str
    hints: int = 0
    """How many were given."""
    is_over: bool = False
    asked: tuple[str, ...] = ()
    """Statements that were asked about before."""

    def as_json(self) -> dict[str, Any]:
        """The lesson as a turn keeps it."""
        return {"lesson": asdict(self)}


def lesson_in(state: Mapping[str, Any]) -> Lesson | None:
    """The lesson that a turn kept, if any."""
    kept = state.get("lesson")
    return Lesson(**{**kept, "asked": tuple(kept["asked"])}) if kept else None


def call_in(reply: str) -> Call | None:
    """Whether a reply asks for a hint, the answer or the next step instead of answering."""
    text = plain(reply).strip(" .!")
    for call, pattern in patterns("lesson.txt"):
        if pattern.fullmatch(text.rstrip("?").strip() or text):
            return cast(Call, call)
    return None


def begin(question: str, passages: Sequence[Passage], asked: Sequence[str] = ()) -> Answer | None:
    """Ask back: what does a circumstance of these passages point to? None where they make out no distinction."""
    found = _most_fitting(question, passages, asked)
    if found is None:
        return None
    composed = Composition(passages)
    orienting = None if asked else _orienting(found, passages)
    if orienting:
        composed.cite(orienting)
    composed.say(f"{'Here is another one.' if asked else 'Before I say more, try this.'} {_put(found)}")
    composed.say("Answer in your own words, or say “hint” or “tell me”.")
    lesson = Lesson(question, found.sign, found.choice, found.statement, found.quote.passage, asked=tuple(asked))
    return composed.answer(question, ENGINE, kind="lesson", state=lesson.as_json(), hints=HINTS)


def go_on(reply: str, lesson: Lesson, passages: Sequence[Passage], answer: Answer | None = None) -> Answer:
    """Judge a reply, or give the next hint; `answer` is what is said at the end besides."""
    call = call_in(reply)
    known = list(distinctions(passages))
    composed = Composition(passages)
    if call == "tell" or (call == "hint" and lesson.hints >= MOST_HINTS):
        composed.say(f"It points to **{_bare(lesson.choice)}**.")
        return _confirmed(reply, lesson, composed, answer)
    if call == "hint":
        given = _hint(lesson, known, passages, composed)
        return _asked_on(reply, replace(lesson, hints=given), composed)
    if _names(reply, telling_words(lesson.choice)):
        composed.say("That is right.")
        return _confirmed(reply, lesson, composed, answer)
    other = next((one for one in known if one.choice != lesson.choice and _names(reply, one.telling)), None)
    if other and not other.telling & telling_words(lesson.choice):
        composed.say("Not here. What you name is pointed to by another circumstance:")
        composed.cite(DraftStatement(other.statement, (other.quote,)))
    else:
        composed.say("That is not it yet.")
    if lesson.hints >= MOST_HINTS:
        composed.say(f"It points to **{_bare(lesson.choice)}**.")
        return _confirmed(reply, lesson, composed, answer)
    given = _hint(lesson, known, passages, composed)
    return _asked_on(reply, replace(lesson, hints=given), composed)


def _most_fitting(question: str, passages: Sequence[Passage], asked: Sequence[str]) -> Distinction | None:
    """The distinction that has most to do with the question; of the same, the one on the best passage."""
    wanted = set(terms(question))
    best: tuple[float, Distinction] | None = None
    for rank, one in enumerate(distinctions(passages)):
        if one.statement not in asked:
            said = set(terms(one.statement))
            score = len(wanted & said) / (1 + len(wanted)) - rank / 100
            best = max(best or (score - 1, one), (score, one), key=lambda entry: entry[0])
    return best[1] if best else None


def _put(found: Distinction) -> str:
    """The question of a lesson."""
    sign = re.sub(r"^(?:when|where|if|for)\s+", "", found.sign).strip('"“” ')
    return f"The circumstance is: **{sign[0].upper()}{sign[1:]}**. Which choice does it point to, and why?"


def _orienting(found: Distinction, passages: Sequence[Passage]) -> DraftStatement | None:
    """A first sentence on the matter that does not give the choice away."""
    for passage in passages:
        if passage.headings[0] == "What it is":
            for statement in statements(passage.text):
                if statement.form == "sentence" and not found.telling & set(terms(statement.text)):
                    return DraftStatement(statement.text, (Quote(passage.id, statement.text),))
    return None


def _hint(lesson: Lesson, known: Sequence[Distinction], passages: Sequence[Passage], composed: Composition) -> int:
    """Give the next hint: what is said of the choice, a few to pick from, how it begins. Say how many are used up."""
    if lesson.hints == 0:
        told = _said_of(lesson, passages)
        if told:
            composed.say("A hint: this is said of it, with its name left out.")
            composed.say(f"“{told}”")
            return 1
    if lesson.hints <= 1:
        others = [one.choice for one in known if not one.telling & telling_words(lesson.choice)]
        choices = [lesson.choice, *dict.fromkeys(others)][:CHOICES_SHOWN]
        random.Random(lesson.statement).shuffle(choices)  # noqa: S311 - the same order each time
        if len(choices) > 1:
            composed.say("A hint: it is one of these.")
            for choice in choices:
                composed.say(_bare(choice), "To pick from")
            return 2
    composed.say(f"A hint: it begins with “{_bare(lesson.choice)[:4]}…”.")
    return MOST_HINTS


def _said_of(lesson: Lesson, passages: Sequence[Passage]) -> str:
    """A sentence about the choice, its name replaced by an ellipsis; empty where there is none."""
    name = _bare(lesson.choice)
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    leading = re.compile(rf"(?:an?|the)?\s*{re.escape(name)}(?!\w)", re.IGNORECASE)
    for passage in passages:
        if passage.headings[0] in ("What it is", "How it works"):
            for statement in statements(passage.text):
                text = " ".join(statement.text.split())
                if statement.form == "sentence" and leading.match(text) and len(text) > 2 * len(name):
                    hidden = pattern.sub("…", text)
                    if not _names(hidden, telling_words(lesson.choice)):
                        return hidden
    return ""


def _asked_on(reply: str, lesson: Lesson, composed: Composition) -> Answer:
    composed.say("What does it point to?")
    return composed.answer(reply, ENGINE, kind="lesson", asked=lesson.question, state=lesson.as_json(), hints=HINTS)


def _confirmed(reply: str, lesson: Lesson, composed: Composition, answer: Answer | None) -> Answer:
    """The sentence that says so, then what else answers the question the learner came with."""
    composed.cite(DraftStatement(lesson.statement, (Quote(lesson.passage, lesson.statement),)))
    if answer:
        more = [one for one in answer.statements if one.text != lesson.statement and not one.is_table]
        spans = {citation.number: citation.span for citation in answer.citations}
        for one in more[:CONFIRMED_WITH]:
            quotes = tuple(Quote(spans[number].passage.id, spans[number].text) for number in one.citations)
            composed.cite(DraftStatement(one.text, quotes, "What else to know"))
    over = replace(lesson, is_over=True, asked=(*lesson.asked, lesson.statement))
    return composed.answer(
        reply,
        ENGINE,
        kind="lesson",
        asked=lesson.question,
        state=over.as_json(),
        hints=("Next", "Quiz me on this", "What does the exam turn on here?"),
    )


def _names(reply: str, telling: frozenset[str]) -> bool:
    """Whether a reply has enough of the words by which a choice is known."""
    return bool(telling) and len(telling & set(terms(reply))) >= ENOUGH * len(telling)


def _bare(choice: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", choice, flags=re.IGNORECASE).strip('`*"“”')
