"""Short turns that ask for no new matter: shorter, in a table, why, an example, quiz me. A turn in, its wish out.

A wish is only known where the whole turn says nothing else, so that a question which merely contains such a word stays
a question. The ways to say it are in `phrases/wishes.txt`.
"""

from __future__ import annotations

import re
from typing import Literal, cast

from tutor.answer.conversation.phrases import patterns

Wish = Literal[
    "shorter",
    "longer",
    "more",
    "table",
    "list",
    "plain form",
    "simpler",
    "why",
    "example",
    "exam",
    "trap",
    "sources",
    "quiz",
    "repeat",
]

LONGEST_WISH = 120
"""Characters; a longer turn says more than a wish."""

_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|then|well|also|hm+|ah|oh|now|please|sorry|great|good|nice|cool|right|yes|yeah|"
    r"thanks|thank you|perfect|wait|hey|again|got it|understood|i see)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,]*\b(?:(?:please|pls|thanks|thank you|then|now|again|instead|for me)[\s?.!…]*)$|[\s?.!…]*$", re.IGNORECASE
)
_POLITE = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|i)(?: please)?(?: get| have| see)?|"
    r"i(?:'d| would) (?:like|want|prefer)(?: to (?:have|see))?|i (?:want|need)(?: to (?:have|see))?|"
    r"please|give me|let me (?:have|see)|show me|let(?:'s| us) have)\s+",
    re.IGNORECASE,
)

_IN_FULL = {
    "abt": "about", "sry": "sorry", "pls": "please", "plz": "please", "cuz": "because", "bc": "because",
    "diff": "difference", "w/": "with", "w/o": "without", "w": "with", "n": "and",
}  # fmt: skip
_SHORTENED = re.compile(
    r"(?<![\w./@#'-])(?:abt|sry|pls|plz|cuz|bc|diff(?= between\b)|w/o?|(?:(?<=\w )|^)[wn](?= [a-z]))(?![\w./@#'-])",
    re.IGNORECASE,
)

_AWS = r"(?:aws|amazon(?: web services)?|sagemaker)"
_GOOGLE = r"(?:google(?: cloud)?|gcp|vertex(?: ai)?|(?:gemini enterprise )?agent platform)"
_COUNTERPARTS = r"(?:equivalents?|counterparts?|analogues?)"
_FROM_AWS = re.compile(
    rf"\b(?:like|as if|as though|for (?:someone|somebody|an?)|assuming|given that)\b.{{0,40}}\b{_AWS}\b"
    r"(?: (?:user|person|engineer|expert))?"
    rf"|\b(?:in|with) {_AWS} (?:terms|words|language|names)\b"
    rf"|\bi (?:only )?(?:know|come from|am used to|'m used to|worked with|use) {_AWS}\b"
    rf"|\b{_AWS}(?:'s)? {_COUNTERPARTS}(?: (?:of|to|for))?\b"
    rf"|\b{_COUNTERPARTS} (?:in|on|of|at|from) {_AWS}\b"
    rf"|\bwhat(?:'s| is| are| would be)? (?:it|this|that|they) (?:called )?(?:in|on|at) {_AWS}\b",
    re.IGNORECASE,
)
_ON_GOOGLE = re.compile(
    rf"(?:^|[.!,]\s+)(?:and )?(?:what(?:'s| is| are| would be)|is there|which is|does {_GOOGLE} have) (?:an? |the )?"
    rf"(?:{_GOOGLE}(?:'s)? )?(?:{_COUNTERPARTS}|version) (?:of|to|for) (?P<of>.+?)(?: (?:on|in|at) {_GOOGLE})?$"
    rf"|^(?:which|what) {_GOOGLE} (?:service|product|tool|offering|feature)s? (?:corresponds? to|match(?:es)?|"
    r"(?:is|are|comes?) (?:the )?(?:equivalent|comparable|similar|closest|same|like|nearest)(?: (?:to|as))?|replaces?) "
    r"(?P<to>.+)$"
    rf"|^what(?:'s| is| are| would be) (?P<called>.+?) (?:called )?(?:on|in|at) {_GOOGLE}$",
    re.IGNORECASE,
)
_OF_AWS = re.compile(
    r"\b(?:aws|amazon|sagemaker|bedrock|inferentia|trainium|redshift|kinesis|textract|comprehend|rekognition|emr|s3|"
    r"ec2|eks|lambda)\b",
    re.IGNORECASE,
)


def wish_in(said: str) -> Wish | None:
    """The wish that a turn is, if it is nothing else."""
    if len(said) > LONGEST_WISH:
        return None
    whole = _CLOSING.sub("", _CLOSING.sub("", plain(said)))
    opened = _OPENING.sub("", whole)
    for text in dict.fromkeys((whole, opened, _POLITE.sub("", opened), _POLITE.sub("", whole))):
        for wish, pattern in patterns("wishes.txt"):
            if pattern.fullmatch(text.strip(" ,;:-")):
                return cast(Wish, wish)
    return None


def plain(said: str) -> str:
    """A turn on one line, with plain quotation marks and what people shorten written out."""
    text = " ".join(said.replace("’", "'").split())
    return _SHORTENED.sub(lambda match: _IN_FULL[match[0].lower().strip()], text)


def without_opening(said: str) -> str:
    """A turn without the words that only join it to what was said before: and, but, okay, thanks."""
    return _OPENING.sub("", plain(said))


def is_of_another_cloud(text: str) -> bool:
    """Whether a text names a product of AWS."""
    return bool(_OF_AWS.search(text))


def beside_another_cloud(said: str) -> str:
    """What a turn wants set beside its counterpart on the other cloud, either way round; empty where it wants no such
    thing. `What is Google's equivalent of S3?` speaks of `S3`, `Explain Pub/Sub as if I knew AWS` of Pub/Sub."""
    match = _ON_GOOGLE.search(plain(said).strip(" ?.!"))
    thing = next((group for group in match.groups() if group), "") if match else ""
    if is_of_another_cloud(thing):
        return re.sub(r"^(?:an?|the) ", "", thing)
    return _FROM_AWS.sub(" ", said) if _FROM_AWS.search(said) else ""
