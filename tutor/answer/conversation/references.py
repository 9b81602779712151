"""A turn that points back in; what it points to out: `it`, `that`, `the second`, `which of them`, `option C`.

Nothing is guessed: a pronoun points back only where nothing is named before it in the turn itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.answer.conversation.phrases import words
from tutor.answer.conversation.subjects import Topic, joined
from tutor.index.terms import STOP_WORDS

_ORDINALS = {
    "first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "other": 1, "third": 2, "3rd": 2,
    "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "sixth": 5, "last": -1,
}  # fmt: skip
_PLACE = re.compile(
    r"^(?P<lead>why (?:not|isn't it|is it not|would it not be)|what(?:'s| is) wrong with|"
    r"why(?: is| are)?|what about|how about|"
    r"tell me (?:more )?about|more (?:on|about)|explain|"
    r"when (?:would|should|do|can) (?:i|we) (?:not )?(?:pick|choose|use|take))?\s*"
    rf"(?:the )?(?P<ordinal>{'|'.join(_ORDINALS)})"
    r"(?: (?:one|option|choice|point|answer|statement|of them|item|row|line|service|product))?"
    r"(?: (?:wrong|right|not right|correct|not correct|false|better|true|the answer))?$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?:why|what|how|explain|is|isn't|tell|couldn't|could|would|wouldn't)\b.{0,40}?(?<![\w'])"
    r"(?:option |answer |choice )?(?:\(?(?P<letter>[A-F])\)?|(?P<small>[b-f]))(?![\w'+#.])[^?]{0,25}\??$"
    r"|^(?:(?:and|but|so|or)\s+)?(?:what about |how about )?(?:option )?\(?(?P<alone>[A-F])\)?\s*\?$"
)
_PLACE_INSIDE = re.compile(
    r"\bthe (?P<ordinal>first|second|third|other|last|former|latter)"
    r"(?: (?:one|option|choice|of them|of the two)\b|(?<=former)|(?<=latter)|"
    r"(?=\s*[?.!,]|\s+(?:do|does|is|are|has|have|can|happen\w*)\b|$))",
    re.IGNORECASE,
)
PAIR = 2
_WHICH = re.compile(
    r"^which (?:one|of (?:them|those|these|the (?:two|three)|both)|option|is|would be|are)\b\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHICH_HEAD = re.compile(r"^which (?:one|option|of (?:them|those|these|the (?:two|three)|both))\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?<![\w'-])(it's|its|it|they|them|theirs|their|this|that|these|those|both|the two)(?![\w-])", re.IGNORECASE
)
_VERBED = re.compile(
    r"^(?:(?:how|when|where|why|what|which \w+)\s+)?"
    r"(?:do|can|could|should|would|must|may|might|will|to|is there a way to)\s+"
    r"(?:(?:i|we|you|one|people|google|they|not)\s+)*(?:\w+ly\s+)?\w+(?:\s+(?:up|off|on|out|down))?\s+$",
    re.IGNORECASE,
)
_DOING = re.compile(r"\bdo (?:it|that|this|so)\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would|will|does|do|could|might|can|should|has|isn't|wouldn't|doesn't|important is|hard is) it\s+"
    r"(?:(?:be|really|ever|still|even|also|then|always|generally|usually|often|not)\s+)*"
    r"(?:(?:worth|better|best|possible|ok|okay|necessary|needed|good|bad|safe|wise|allowed|enough|cheaper|faster|"
    r"easier|hard|harder|useful|common|normal|legal|advisable|recommended|wrong|right|true|important|"
    r"a good idea|a bad idea|an option|a problem|clear|likely)\b.{0,30}\b(?:to|that|if|when|\w+ing)\b|"
    r"makes? sense|take (?:to|long|time)|matter (?:if|whether|which|how|that)|follow|happen|mean (?:to|that|if|when))",
    re.IGNORECASE,
)
_SUFFIX = {"its": "'s", "their": "'s", "theirs": "'s", "it's": " is"}
_PROPERTY_HEADS = frozenset(
    ("", "property", "aspect", "question", "point", "feature", "criterion", "step", "field", "when")
)
_MOST_ROWS = 6


@dataclass(frozen=True)
class Place:
    """A place of the last answer that a turn points to."""

    number: int
    against: bool
    """Whether it asks why that should not be taken."""
    why: bool


def place_in(text: str) -> Place | None:
    """Which place a turn points to, as in `why not the second?`"""
    match = _PLACE.match(text.strip(" ?.!"))
    if not match:
        return None
    lead = (match["lead"] or "").lower()
    against = (
        lead.startswith(("why not", "why isn't", "why is it not", "what's wrong", "what is wrong")) or " not " in lead
    )
    return Place(_ORDINALS[match["ordinal"].lower()], against, lead.startswith("why"))


def letter_in(text: str, letters: Sequence[str]) -> str:
    """Which of the options a turn asks about, as in `why is C wrong?`; empty where none."""
    match = _LETTER.match(text.strip())
    letter = (match["letter"] or match["small"] or match["alone"]).upper() if match else ""
    return letter if letter in letters else ""


def with_places_named(text: str, choices: Sequence[str]) -> str:
    """`Why does the first one happen?` with the thing in its place; empty where no such place is pointed to."""
    match = _PLACE_INSIDE.search(text)
    if not match or len(choices) < PAIR:
        return ""
    number = _ORDINALS[match["ordinal"].lower()]
    if number >= len(choices):
        return ""
    return f"{text[: match.start()]}{choices[number]}{text[match.end() :]}"


def which_of_them(text: str, choices: Sequence[str]) -> str | None:
    """`Which one is cheaper?` as a question about the choices; empty without them, None where it asks no such thing."""
    match = _WHICH.match(text.strip(" ?.!"))
    if not match or len(match["rest"].split()) > 10:
        return None
    if len(choices) < 2:
        return "" if _WHICH_HEAD.match(text) else None
    asked = _WHICH_HEAD.sub("Which", text.strip(" ?.!"))
    return f"{asked[0].upper()}{asked[1:]}: {', '.join(choices[:-1])} or {choices[-1]}?"


def pointed_at(text: str, topic: Topic, several: Sequence[str]) -> str:
    """The turn with its pronoun replaced by what it speaks of; empty where it speaks of nothing before it."""
    match = first_pronoun(text)
    if not match or not topic:
        return ""
    doing = _DOING.search(text)
    if doing and topic.doing and doing.end() >= match.end():
        return f"{text[: doing.start()]}{topic.doing}{text[doing.end() :]}"
    word, behind = match[0].lower(), text[match.end() :]
    whole = _meant(word, topic, several)
    if word in ("this", "that", "these", "those"):
        behind = re.sub(
            r"^\s+([\w-]+)", lambda thing: "" if thing[1].lower() in words("words.txt")["things"] else thing[0], behind
        )
    again = re.sub(r"(?<![\w'-])it(?![\w'-])", whole, behind) if word == "it" else behind
    return f"{text[: match.start()]}{whole}{_SUFFIX.get(word, '')}{again}"


def _meant(word: str, topic: Topic, several: Sequence[str]) -> str:
    """What a pronoun speaks of: the main thing, all things of the last question, or those that stood side by side."""
    if word in ("it", "its", "it's"):
        return topic.names[0]
    is_many = len(topic.names) > 1 or topic.names[0].endswith("s")
    if word in ("both", "the two") or (word in ("they", "them", "their", "theirs", "these", "those") and not is_many):
        return joined(several) if len(several) > 1 else topic.joined()
    return topic.joined()


def first_pronoun(text: str) -> re.Match[str] | None:
    """The pronoun that speaks of something before this turn: nothing is named ahead of it here."""
    match = _PRONOUN.search(text)
    if not match or _EXPLETIVE.search(text):
        return None
    lists = words("words.txt")
    named = STOP_WORDS | lists["verbs"] | lists["fillers"] | lists["sides"]
    ahead = text[: match.start()]
    if not _VERBED.match(ahead) and any(word not in named for word in re.findall(r"[\w'.@-]+", ahead.lower())):
        return None
    following = re.match(r"\s+([\w'-]+)", text[match.end() :])
    if match[0].lower() in ("this", "that", "these", "those") and following:
        return match if following[1].lower() in lists["behind"] | lists["things"] else None
    return match


def rows(table: str) -> tuple[str, ...]:
    """What a table compares: its rows, or its columns where each row is a property."""
    lines = [[cell.strip(" *`") for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]
    if len(lines) < 3:
        return ()
    compared = lines[0][1:] if lines[0][0].lower() in _PROPERTY_HEADS else [line[0] for line in lines[2:]]
    return tuple(name for name in compared if name)[:_MOST_ROWS]
