"""Sentences in, joined sentences out: by means that are safe whatever the sentences say.

A sentence goes into another one only where its first word can be written small and it has no inner stop of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from tutor.index.terms import STOP_WORDS, terms

_SMALL = frozenset(
    """a about after all although an another any as at because before between both by each either every everyone few
    for from half how if in it its many more most much neither no nobody none not nothing of on once one only other
    others people several since so some such that the their there these they this those though to twice under until
    what whatever when whenever where whether which while who whoever whose with within without two three four five six
    seven eight nine ten eleven twelve twenty thirty forty fifty hundred""".split()  # noqa: SIM905 - one paragraph
)
"""First words that are written small inside a sentence, whatever the text."""
_LEADS_ON = frozenset("has have had may must will would can cannot could should among about not".split())  # noqa: SIM905
"""Words beside the stop words on which a sentence does not break off well."""
FEWEST_KEPT = 3
_STANDS_FOR = re.compile(r"\b(it|its|they|their|them|this|these|those|such|he|she|his|her)\b")
_INNER_STOP = re.compile(r"[;:!?()“”\"—–]|\.\s")
_WORD = re.compile(r"[\w'’-]+")


def opening(sentence: str) -> str:
    """The word by which a reader would notice that two sentences begin alike."""
    words = _WORD.findall(sentence.lower())
    if not words:
        return ""
    return words[0] if words[0] not in ("the", "a", "an") or len(words) < 2 else " ".join(words[:2])


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that stands for something told before it."""
    return bool(_STANDS_FOR.search(" ".join(_WORD.findall(sentence.lower())[:4])))


def refers(text: str) -> bool:
    """Whether a text has a word anywhere that stands for something told before."""
    return bool(_STANDS_FOR.search(text.lower()))


def can_be_inner(sentence: str, known_small: Collection[str], most_words: int = 18) -> bool:
    """Whether a sentence can stand inside another one."""
    first = (_WORD.findall(sentence) or [""])[0]
    small = first.lower() in _SMALL or (first[1:].islower() and first.lower() in known_small)
    return small and len(sentence.split()) <= most_words and not _INNER_STOP.search(sentence.rstrip(".")[:-1])


def inner(sentence: str) -> str:
    """The sentence as it stands inside another one."""
    return sentence[0].lower() + sentence[1:].rstrip(".")


@functools.lru_cache(maxsize=512)
def small_words(texts: tuple[str, ...]) -> frozenset[str]:
    """Words that these texts write small inside a sentence, so that they are no names."""
    return frozenset(word for text in texts for word in (match[0] for match in _WORD.finditer(text)) if word.islower())


@functools.lru_cache(maxsize=20_000)
def telling(text: str) -> frozenset[str]:
    """The stems by which two texts would be linked."""
    return frozenset(term for term in terms(text) if term not in STOP_WORDS and len(term) > 2)


def shorten(sentence: str, most_words: int = 20, slack: int = 3) -> str:
    """The beginning of a sentence, enough to recognise it by; one that is hardly longer stays whole."""
    words = sentence.rstrip(".").split()
    if len(words) <= most_words + slack:
        return " ".join(words)
    kept = words[:most_words]
    while len(kept) > FEWEST_KEPT and kept[-1].lower() in STOP_WORDS | _LEADS_ON:
        kept.pop()
    return " ".join(kept).rstrip(",;:") + " …"
