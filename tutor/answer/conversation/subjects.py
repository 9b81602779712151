"""A question that was asked in; what it is about out, in words that can stand in the next question.

Names of products count first, then the names that the cited pages give themselves, then identifiers, then what the
question's own form sets apart ("What is …", "Which tool should I use for …"), and last the title of the first page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.read.document import Passage
from tutor.read.names import Names

MOST_WORDS = 8
"""A longer phrase is no name for anything."""
MOST_SUBJECTS = 4

_IDENTIFIER = re.compile(
    r"(?<!\w)@?(?:[A-Z][A-Z0-9]*[_.][A-Z0-9_.]+|[a-z]+[A-Z]\w+|\w+(?:\.\w+)+|[A-Z][a-z]+[A-Z]\w+)\b"
)
_COMPARED = re.compile(
    r"\b(?:differences? between|differs?|differ(?:ence)? from|compared?|comparison of|vs\.?|versus)\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"(?:differences? between|compare|comparison of|difference of)\s+(?P<what>.+?)[\s?.!]*$|"
    r"^(?:how (?:do|does|are|is)\s+)?(?P<left>.+?)\s+(?:differ|different|compare|vs\.?|versus)\b"
    r"(?:\s+(?P<right>[^?]+))?",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"^(?:.*?\b(?:should|do|would|can) (?:i|we|you) (?:use|choose|take|pick|need|want)\s+|.*[:,]\s*|"
    r"(?:what|which)(?: is|'s)? (?:better|cheaper|faster)\s+|when to (?:use|choose)\s+)?(?:an?\s+|the\s+)?"
    r"(?P<left>[\w.-]+(?: [\w.-]+){0,3}?) or (?:an?\s+|the\s+)?(?P<right>[\w.-]+(?: [\w.-]+){0,2}?)"
    r"(?=\s+(?:for|when|if|in|on|to|with|as|at|where|while)\b|\s*[?,.;]|\s*$)",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"^(?:what(?:'s| is| are|s)|define|describe|explain|tell me about|how (?:does|is|are)|why (?:is|are|use|not)|"
    r"when (?:should|do|would) (?:i|we|you|one) (?:use|choose|pick|take|need)|when to (?:use|choose)|when is|"
    r"(?:which|what)(?: \w+){0,2} (?:should|do|can|could|would|must|is|are)(?: (?:i|we|you|one))?"
    r" (?:use|choose|pick|take|need|used|best|right|suited)(?: for| to)?)\s+(?:an?\s+|the\s+)?(?P<what>.+?)"
    r"(?:\s+(?:work|works|working|used for|good for|better|mean|means|needed|useful|about|in plain words)\b.*)?"
    r"[\s?.!]*$",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"^(?:how|where|when|why)?\s*(?:to|(?:do|can|could|should|would|must) (?:i|we|you|one))\s+"
    r"(?P<doing>[a-z]+\b.*?)[\s?.!]*$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s+(?:and|or|vs\.?|versus|from|with|to)\s+|\s*,\s*", re.IGNORECASE)
_CHOOSING = re.compile(r"^(?:choosing|comparing)\s+(?:(?:an?|the|between|how to)\s+)?", re.IGNORECASE)
_EXPLAINED = re.compile(r":| \(|, | and what | for | on ")


@dataclass(frozen=True)
class Topic:
    """What a question is about."""

    names: tuple[str, ...] = ()
    """The main thing first."""
    doing: str = ""
    """What is done, where the question is how to do it: `deploy a model with a GPU`."""

    def __bool__(self) -> bool:
        return bool(self.names)

    def joined(self, word: str = "and") -> str:
        """The names in one phrase."""
        return joined(self.names, word)


def topic_of(question: str, passages: Sequence[Passage], names: Names) -> Topic:
    """What a question is about; `passages` are those that its answer cited."""
    text = question.strip()
    match = _DOING.match(text)
    doing = match["doing"] if match and len(match["doing"].split()) <= MOST_WORDS else ""
    compared = _compared(text) if _COMPARED.search(text) or _EITHER.match(text) else ()
    named = _distinct(mention.name for mention in names.find(text))
    if len(named) < 2 and len(compared) > 1:
        return Topic(compared[:MOST_SUBJECTS], doing)
    found = (
        named
        or _distinct(_own_names(text, passages))
        or _distinct(_IDENTIFIER.findall(text))
        or _distinct(_defined(text))
        or ((_gerund(doing),) if doing else ())
    )
    if not found and passages:
        found = (plain_title(passages[0].title),)
    return Topic(found[:MOST_SUBJECTS], doing)


def joined(names: Sequence[str], word: str = "and") -> str:
    """Several names in one phrase."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def plain_title(title: str) -> str:
    """The name in a page's title, without what explains it: `AutoML: what remains` is `AutoML`."""
    return _CHOOSING.sub("", _EXPLAINED.split(title)[0].strip())


def _own_names(question: str, passages: Sequence[Passage]) -> Iterable[str]:
    """Names of the cited pages that stand in the question, in its order; of overlapping ones the longest."""
    asked = question.lower()
    names = (name.lower() for passage in passages for name in (*passage.names, plain_title(passage.title)))
    known = {name for name in names if name in asked}
    taken: list[tuple[int, int]] = []
    for name in sorted(known, key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", question, re.IGNORECASE)
        if match and len(name) > 1 and not any(start < match.end() and match.start() < end for start, end in taken):
            taken.append(match.span())
    return [question[start:end] for start, end in sorted(taken)]


def _compared(question: str) -> tuple[str, ...]:
    """What a question sets side by side; `online and batch prediction` are two predictions."""
    match = _BETWEEN.search(question)
    either = None if match else _EITHER.match(question)
    if either:
        whole = f"{either['left']} and {either['right']}"
    elif match:
        whole = match["what"] or " and ".join(part for part in (match["left"], match["right"]) if part)
    else:
        return ()
    parts = [re.sub(r"^(?:an?|the|from|is|are)\s+", "", part.strip(" ?.!\"'")) for part in _BOTH.split(whole)]
    parts = [part for part in parts if 0 < len(part.split()) <= MOST_WORDS]
    if len(parts) > 1 and len(parts[-1].split()) > 1 and all(len(part.split()) == 1 for part in parts[:-1]):
        shared = parts[-1].split(maxsplit=1)[1]
        lower = all(part.islower() for part in parts)
        parts = [f"{part} {shared}" for part in parts[:-1]] + parts[-1:] if lower else parts
    return _distinct(parts)


def _defined(question: str) -> list[str]:
    match = _DEFINED.match(question)
    phrase = match["what"].strip(" ?.!\"'") if match else ""
    return [phrase] if 0 < len(phrase.split()) <= MOST_WORDS else []


def _gerund(doing: str) -> str:
    """`deploy a model` as `deploying a model`."""
    verb, _, rest = doing.partition(" ")
    if verb.lower().endswith("e") and not verb.lower().endswith(("ee", "oe", "ye")):
        verb = verb[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb.lower()):
        verb += verb[-1]
    return f"{verb}ing {rest}".strip()


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in found:
        first.setdefault(name.lower(), name)
    return tuple(first.values())
