"""The terms of an exam as guides word them: question formats, languages, ways to take it, codes, passing scores.

Each function reads one text and yields nothing, or None, where the text does not say it.
"""

from __future__ import annotations

import re

from tutor.read.guides.amounts import count_in, years_in
from tutor.read.guides.blueprint import DeliveryKind

LONGEST_ANSWER = 300
"""Above this, a text is no answer to a label but prose."""

_FORMATS = (
    ("multiple choice", r"multiple[- ]choice"),
    ("multiple select", r"multiple[- ](?:select|selection|answer)s?\b|select all that apply"),
    ("multiple response", r"multiple[- ]response"),
    ("performance-based", r"performance[- ]based|\bPBQs?\b"),
    ("hands-on lab", r"hands[- ]on labs?|lab[- ]based"),
    ("true/false", r"true[/ -]+(?:or )?false"),
    ("drag and drop", r"drag[- ](?:and|&)[- ]drop"),
    ("matching", r"\bmatching (?:questions|items)|\bmatching:"),
    ("ordering", r"\bordering (?:questions|items)|\bordering:"),
    ("fill in the blank", r"fill[- ]in[- ]the[- ]blanks?"),
    ("case study", r"case stud(?:y|ies)"),
    ("advanced items", r"advanced (?:innovative )?item(?:s| types)"),
)
_LANGUAGES = re.compile(
    r"\b(?:(?:simplified|traditional|brazilian|european|latin american|bahasa)\s)?"
    r"(?:English|Japanese|Korean|Chinese|Spanish|Portuguese|French|German|Italian|Indonesian|Thai|Vietnamese|Russian"
    r"|Arabic|Hebrew|Turkish|Polish|Dutch|Hindi|Ukrainian|Czech)\b"
    r"(?:\s\((?:simplified|traditional|brazil|latin america|spain)[^)]{0,20}\))?",
    re.I,
)
_ONLINE = re.compile(r"\b(?:online|remote(?:ly)?|from home)\b", re.I)
_ONSITE = re.compile(r"\b(?:on[- ]?site|test(?:ing)? cent(?:er|re)s?|in[- ]person)\b", re.I)
_CODE = re.compile(r"\b(?:[A-Z]{1,4}\d?|\d{3})-[A-Z]?\d{2,4}\b")
_NONE = re.compile(r"^(?:none|no (?:formal )?pre-?requisites?|n/?a|not required|there are no)\b", re.I)
_QUESTIONS = re.compile(
    r"(\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?)[\s-](?!unscored)[^.\d]{0,70}?\b(?:questions?|items|tasks)\b", re.I
)
_BARE_COUNT = re.compile(r"^\D{0,20}\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?\b\D{0,30}$")
_UNSCORED = re.compile(r"\b(\d{1,3})\s(?:additional\s)?(?:unscored|non-scored|pretest)\s(?:questions|items)", re.I)
_SCORE = re.compile(r"\d[\d,.]*\s?(?:%|percent|points|(?:/|out of|of)\s?\d[\d,]*)?", re.I)


def formats_in(text: str) -> tuple[str, ...]:
    """Question formats, under one name each."""
    return tuple(name for name, pattern in _FORMATS if re.search(pattern, text, re.I))


def languages_in(text: str) -> tuple[str, ...]:
    """Languages, as written."""
    return tuple(dict.fromkeys(match[0] for match in _LANGUAGES.finditer(text)))


def delivery_kind(text: str) -> DeliveryKind | None:
    """Whether a text speaks of an exam online or in a testing centre."""
    if _ONSITE.search(text) and not re.search(r"online[- ]proctored", text, re.I):
        return "onsite-proctored"
    return "online-proctored" if _ONLINE.search(text) else None


def questions_in(text: str) -> tuple[int, int] | None:
    """How many questions; a bare number only where nothing else stands beside it."""
    if found := _QUESTIONS.search(text):
        return count_in(found[1])
    return count_in(text) if _BARE_COUNT.match(text) else None


def unscored_in(text: str) -> int | None:
    """How many questions do not count."""
    found = _UNSCORED.search(text)
    return int(found[1]) if found else None


def code_in(text: str) -> str | None:
    """An exam code such as SOA-C03, AZ-900 or 200-301."""
    found = _CODE.search(text)
    return found[0] if found else None


def passing_score_in(text: str) -> str | None:
    """A passing score as written, with its scale."""
    return text.strip().rstrip(".") if _SCORE.search(text) and len(text) < LONGEST_ANSWER / 2 else None


def prerequisites_in(text: str) -> str | None:
    """What has to be there before: "None", or what the guide lists."""
    if text.endswith(":") or len(text) > LONGEST_ANSWER:
        return None
    return "None" if _NONE.match(text) else text.rstrip(".")


def experience_in(text: str) -> str | None:
    """Recommended experience, where it is given in years or months."""
    return text.strip().rstrip(".") if years_in(text) is not None and len(text) <= 2 * LONGEST_ANSWER else None
