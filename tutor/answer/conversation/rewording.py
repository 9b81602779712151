"""The last question and a fragment of a new one in; the question that is meant out.

`And for streaming?` changes one thing in the last question: the word of the same kind in it (batch), the product, what
stood behind the same preposition; or it adds what was not there. `What about costs?` asks for another side of the same
subject.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tutor.answer.conversation.phrases import patterns, words
from tutor.answer.conversation.subjects import Topic
from tutor.index.terms import terms
from tutor.read.names import Names

SIBLINGS: tuple[tuple[str, ...], ...] = (
    ("batch", "streaming", "stream", "online", "real-time", "real time", "near real time", "offline"),
    ("training", "serving", "inference", "prediction", "tuning", "evaluation"),
    ("gpu", "tpu", "cpu"),
    ("image", "picture", "text", "video", "audio", "speech", "tabular", "table", "time series", "document"),
    ("classification", "regression", "clustering", "forecasting", "recommendation", "ranking", "anomaly detection"),
    ("tensorflow", "pytorch", "scikit-learn", "xgboost", "jax", "keras"),
    ("sql", "python", "java", "no code"),
    ("public", "private"),
    ("small", "large", "huge"),
    ("numeric", "categorical"),
    ("precision", "recall"),
    ("data parallelism", "model parallelism"),
    ("skew", "drift"),
    ("on premises", "on-premises", "cloud", "edge"),
    ("hourly", "daily", "nightly", "weekly", "monthly", "every hour", "every day", "every night", "every week"),
)
"""Words of one kind, one of which may take another's place."""

_PREPOSITIONS = "for|in|on|with|without|at|from|to|as|using|by|over|inside|outside|when|if|after|before"
_LEADING_PREPOSITION = re.compile(rf"^({_PREPOSITIONS})\s+(.+)$", re.IGNORECASE)
_REPLACEABLE = ("for", "in", "on", "with", "at", "from", "using", "when", "if")
_JOINING = re.compile(r"\s+(?:and|or|vs\.?|versus)\s+", re.IGNORECASE)
_DATA = re.compile(r"\bdata$", re.IGNORECASE)


def side_of(fragment: str, topic: Topic) -> str:
    """The question about a side of the topic that the fragment names; empty where it names none."""
    if not topic:
        return ""
    for question, pattern in patterns("sides.txt"):
        if pattern.fullmatch(fragment.strip(" ?.!")):
            return question.replace("…", topic.joined())
    return ""


def asks_only_a_side(question: str) -> bool:
    """Whether a question names nothing: `What are the limits?`"""
    said = set(terms(question))
    return bool(said) and said <= _generic_terms()


def about(question: str, topic: Topic) -> str:
    """A question that names nothing, about the topic."""
    joint = "of" if re.match(r"(?:what|which) (?:is|are) the\b", question, re.IGNORECASE) else "for"
    return f"{question.rstrip(' ?.!')} {joint} {topic.joined()}?"


def with_changed(question: str, fragment: str, topic: Topic, names: Names, known: Collection[str] = ()) -> str:
    """The last question with the one thing changed, or added, that a fragment names.

    `known` are things, in lower case, of which one may take the topic's place: `and SMOTE?` after `downsampling`.
    """
    fragment = fragment.strip(" ?.!,;")
    led = _LEADING_PREPOSITION.match(fragment)
    thing = re.sub(r"^(?:an?|the)\s+", "", led[2] if led else fragment)
    changed = with_sibling(question, thing) or ("" if led else with_topic(question, thing, topic, known))
    if changed:
        return changed
    wanted = names.find(thing)
    if led:
        return with_product(question, thing, names, led[1].lower()) or _with_phrase(question, led[1].lower(), led[2])
    if wanted and len(topic.names) > 1 and thing == wanted[0].name:
        return f"When should I choose {thing} instead of {topic.joined('or')}?"
    if wanted and len(thing.split()) <= len(wanted[0].name.split()) + 1:
        return with_product(question, thing, names) or _appended(question, f"with {fragment}")
    return _with_phrase(question, "for", fragment)


def with_sibling(question: str, thing: str) -> str:
    """The question with a word of the same kind replaced by `thing`; empty where it has none, or has it already."""
    kind = _singular(_DATA.sub("", thing).strip() or thing)
    for group in SIBLINGS:
        if kind not in map(_singular, group) or re.search(_whole(kind), question, re.IGNORECASE):
            continue
        for other in sorted((one for one in group if _singular(one) in question.lower()), key=len, reverse=True):
            found = re.search(_whole(_singular(other)), question, re.IGNORECASE)
            if found:
                behind = question[found.end() :]
                if thing.lower().endswith(" data"):
                    behind = re.sub(r"^ data\b", "", behind)
                return question[: found.start()] + thing + behind
    return ""


def with_topic(question: str, thing: str, topic: Topic, known: Collection[str]) -> str:
    """The question with its one topic replaced by a thing of the same pages; empty where it is none."""
    if len(topic.names) != 1 or thing.lower() not in known or thing.lower() in question.lower():
        return ""
    pattern = re.compile(rf"(?<!\w){re.escape(topic.names[0])}(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda _: thing, question) if pattern.search(question) else ""


def with_product(question: str, thing: str, names: Names, preposition: str = "") -> str:
    """The question with its one product replaced; behind a preposition, only where it stood behind the same."""
    wanted, there = names.find(thing), names.find(question)
    products = {mention.product.id for mention in there}
    is_more = bool(wanted) and len(thing.split()) > len(wanted[0].name.split()) + 1
    if not wanted or is_more or len(products) != 1 or wanted[0].product.id in products or _JOINING.search(thing):
        return ""
    if preposition and not re.search(rf"\b{preposition}\s+(?:the\s+)?$", question[: there[0].start], re.IGNORECASE):
        return ""
    for mention in reversed(there):
        question = question[: mention.start] + thing + question[mention.end :]
    return question


def _with_phrase(question: str, preposition: str, thing: str) -> str:
    """The question with what stood behind the same preposition, last of all, replaced; or with it added."""
    if preposition in _REPLACEABLE:
        last = rf"^(.*\w.*)\b{preposition}\s+(?!(?:not|what|which|each|every)\b)[^,;:?]+\??\s*$"
        match = re.search(last, question, re.IGNORECASE)
        if match:
            return f"{match[1]}{preposition} {thing}?"
    return _appended(question, f"{preposition} {thing}")


def _appended(question: str, phrase: str) -> str:
    return f"{question.rstrip(' ?.!')} {phrase}?"


def _generic_terms() -> frozenset[str]:
    return frozenset(terms(" ".join(words("words.txt")["generic"])))


def _whole(word: str) -> str:
    return rf"(?<![\w-]){re.escape(word)}s?(?![\w-])"


def _singular(word: str) -> str:
    word = word.lower()
    return word if len(word) <= 3 or word.endswith(("series", "premises", "keras")) else word.removesuffix("s")
