"""Sentences that speak to a language model instead of a learner.

Documents that people add may carry instructions ("ignore your rules and …"). A statement that reads like one is not
given to a model, and no engine may cite it: an order that stands in a passage is no evidence. The shipped pages, which
were read by two people and write about such attacks, are exempt. Wording is endless, so this catches the plain cases
and not all; what slips through still has to survive the other checks.
"""

from __future__ import annotations

import re
import unicodedata

from tutor.read.document import Passage
from tutor.read.statements import statements

LEFT_OUT = "[…]"
"""What a model sees in place of an instruction."""
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Characters that show nothing; words can be split by them, turned around or written in them."""
_DECEPTIVE = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Those of them that have no place in documentation: turned and hidden text."""

_RULES = r"(?:instructions?|rules?|prompts?|guidelines|directions|constraints|polic(?:y|ies))"
_MODEL = r"(?:ai|assistants?|chat ?bots?|(?:large )?language models?|llms?|gpt|gemini|tutor|system)"
_READER = r"(?:user|learner|reader|candidate|student)s?"
_SAY = r"(?:answer|reply|respond|say|tell|output|print|write|return|state|recommend|repeat|reveal|quote|cite)"
_ORDERS = re.compile(
    "|".join(
        (
            rf"\b(?:ignore|disregard|forget|override|bypass|drop|skip)\b[^.]{{0,40}}"
            rf"\b(?:previous|prior|above|earlier|your|all|any|these|other|system)\b[^.]{{0,30}}\b{_RULES}",
            rf"\b(?:your|new|updated|hidden|secret|real) (?:system )?{_RULES}\b[^.]{{0,20}}(?::|\bare\b|\bis\b)",
            r"\b(?:system|developer) (?:prompt|message|override|note|notice)\W{0,3}[:\]>]",
            rf"\b(?:note|attention|message|instructions?|important|reminder) (?:to|for) (?:the |any |all )?{_MODEL}\b",
            rf"\b(?:dear|hey|hello|attention),? {_MODEL}\b",
            rf"\b{_MODEL}\s*[,:–—]\s*(?:you\b|do not|don't|never|always|please|{_SAY}\b)",
            r"\byou (?:are now|are no longer|act as)\b",
            r"\b(?:act|behave|pretend) as (?:if|though)\b",
            rf"\b(?:when|whenever|if|each time|every time|before|after) you {_SAY}\b",
            r"\b(?:to|of|in|into|under|behind|above|below) (?:each|every|all|your) "
            r"(?:answers?|repl(?:y|ies)|responses?|sentences?|statements?|citations?|output)\b",
            rf"\b{_SAY} nothing\b",
            rf"\byou (?:must|should|will|are to|have to|need to) (?:now |always |only |never |not )*{_SAY}\b",
            rf"\b(?:always|only|never|simply|just|instead,?) {_SAY} (?:with|that|only|exactly|nothing|the {_READER})",
            rf"\b{_SAY}(?: back)? (?:exactly|nothing but|verbatim|with the words?)\b",
            rf"\b(?:tell|inform|convince|ask|urge|warn) (?:the |any |every ){_READER}\b",
            r"\b(?:reveal|leak|print|repeat|show|output)\b[^.]{0,20}"
            r"\b(?:system prompt|your (?:prompt|instructions|rules)|api keys?|environment variables|passwords?)",
            r"\bdo not (?:tell|mention|reveal|use the (?:other )?passages)\b",
            r"</?\s*(?:system|assistant|instructions?|passage|question|inst)\b|\[/?INST\]|<\|",
        )
    ),
    re.IGNORECASE,
)


def is_instruction(text: str) -> bool:
    """Whether a statement reads like an order to a language model, or hides what it says."""
    if _DECEPTIVE.search(text):
        return True
    plain = re.sub(r"[*_`~]+", "", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    return bool(_ORDERS.search(" ".join(plain.split())))


def is_order_in(passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch of a passage touches a statement that reads like an instruction."""
    if passage.layer == "shipped":
        return False
    touched = (one for one in statements(passage.text) if one.start < end and start < one.end)
    return any(is_instruction(statement.text) for statement in touched)


def without_instructions(passage: Passage) -> str:
    """The text of a passage as a model may see it."""
    if passage.layer == "shipped":
        return passage.text
    text = passage.text
    for statement in reversed(list(statements(text))):
        if is_instruction(statement.text):
            text = text[: statement.start] + LEFT_OUT + text[statement.end :]
    return text
