"""A turn beside the matter in (a greeting, thanks, "who are you", "how am I doing"); what people would say to it out.

A turn is an aside only where it says nothing else. What is known of the learner comes from what is stored, and nothing
is made up where nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from tutor.answer.conversation.phrases import patterns
from tutor.answer.conversation.wishes import plain, without_opening
from tutor.answer.layout import AnswerStatement

Aside = Literal[
    "greeting", "how are you", "thanks", "praise", "goodbye", "who", "help", "progress", "nerves", "sorry", "test"
]

LONGEST_ASIDE = 80
FEW_ATTEMPTS = 20
"""With fewer, a share of right answers says little."""

_CLOSING = re.compile(r"[\s,.!?…:;)(👋🙂😀🙏👍❤️😊-]+$")
_GREETED = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|dear tutor)(?: there| tutor)?[\s,.!:;-]+", re.I
)

_SAID: dict[Aside, str] = {
    "greeting": (
        "Hello. Ask me about any topic of the exam, paste an exam-style question to see it weighed option by option, "
        "or say “quiz me”."
    ),
    "how are you": "I am fine, thank you, and ready. What would you like to understand?",
    "thanks": "You are welcome. Ask on, or say “quiz me on this” to see whether it stays.",
    "praise": "Good. Ask on, or say “quiz me on this”, “what does the exam turn on here?” or “give an example”.",
    "goodbye": (
        "Goodbye, and good luck with your studies. This conversation is kept: you find it in the list when you return."
    ),
    "who": (
        "I am a study tutor for the Google Cloud Professional Machine Learning Engineer exam: a program, not a person, "
        "and not from Google. What I say comes from documentation that was written for this tutor and checked against "
        "the official pages, and every statement names its passage. Without a language model I put answers together "
        "from whole statements; with one, its draft goes through the same checks."
    ),
    "nerves": (
        "That is how most people feel before an exam of this size, and it passes with practice. Take one objective at "
        "a time: ask me what it turns on, try two or three questions on it, and come back to it tomorrow."
    ),
    "sorry": "No harm done. What would you like to understand?",
    "test": "I am here. Ask me about any topic of the exam.",
}
_HELP = (
    ("Ask", "“What is a feature store?”, “Dataflow or Dataproc for Spark jobs?”, “How do I split traffic?”"),
    (
        "Follow up",
        "“and for streaming?”, “why not the second?”, “shorter”, “in a table”, “give an example”, “are you sure?”",
    ),
    ("Coming from AWS", "“Explain it like I know AWS.”"),
    ("For the exam", "“What does the exam turn on here?”, “How long is the exam?”, “What is in section 4?”"),
    ("Paste a question", "With its options A to D: I weigh each option, and say how sure I am."),
    ("Learn by steps", "“Teach me about data drift”: I ask back, give hints and then confirm."),
    ("Practise", "“Quiz me on this”, or “How am I doing?”"),
    ("Your own sources", "`tutor corpus add FILE|URL` adds a document; I then answer from it as well."),
)


@dataclass(frozen=True)
class Standing:
    """What is stored about a learner."""

    questions: int = 0
    """How many questions they asked the tutor."""
    attempts: int = 0
    """How many practice items they answered."""
    right: int = 0
    by_objective: Sequence[tuple[str, int, int]] = ()
    """Objective, attempts and right ones, the one with the lowest share first."""


def aside_in(said: str) -> Aside | None:
    """The aside that a turn is, if it is nothing else."""
    if len(said) > LONGEST_ASIDE:
        return None
    text = _CLOSING.sub("", plain(said)).lstrip(" ,.!")
    bare = _CLOSING.sub("", _GREETED.sub("", plain(said)))
    for candidate in dict.fromkeys((text, bare, _CLOSING.sub("", without_opening(bare)))):
        for aside, pattern in patterns("asides.txt"):
            if pattern.fullmatch(candidate):
                return cast(Aside, aside)
    return None


def without_greeting(said: str) -> str:
    """A turn without the greeting that it begins with, where something follows."""
    return _GREETED.sub("", said) or said


def reply_to(aside: Aside, standing: Standing) -> tuple[AnswerStatement, ...]:
    """What is said to an aside."""
    if aside == "help":
        lead = AnswerStatement("You can talk with me as with a patient colleague. For instance:", ())
        return (lead, *(AnswerStatement(f"**{what}.** {how}", (), "What you can do") for what, how in _HELP))
    if aside == "progress":
        return tuple(AnswerStatement(text, ()) for text in _told_of(standing))
    return (AnswerStatement(_SAID[aside], ()),)


def _told_of(standing: Standing) -> list[str]:
    """What can honestly be said of somebody's progress."""
    asked = "no question" if not standing.questions else _count(standing.questions, "question")
    if not standing.attempts:
        return [
            f"I cannot say yet: you have asked me {asked} and answered no practice item, and asking shows interest, "
            "not what you know.",
            "Answer some items in the Practice tab, or say “quiz me” here; then I can tell where you stand.",
        ]
    share = standing.right / standing.attempts
    told = [f"You answered {_count(standing.attempts, 'practice item')}, {standing.right} of them right ({share:.0%})."]
    if standing.attempts < FEW_ATTEMPTS:
        told.append(f"That is too few to say much: from about {FEW_ATTEMPTS} on, the share begins to mean something.")
    weak = [one for one in standing.by_objective if one[1] > one[2]][:2]
    if weak:
        named = " and ".join(f"{number} ({right} of {tried} right)" for number, tried, right in weak)
        told.append(f"Most was lost in objective {named}: practise there next.")
    return told


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
