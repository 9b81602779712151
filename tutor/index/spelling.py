"""A question with slips of the pen in; the same in words that the index knows out.

A word that is neither in the index nor in the encoder's vocabulary of common English words is taken for the commonest
word of both that is one slip away: two letters swapped, one missing, one too many, one wrong. Names, identifiers, short
words and English words that the index merely does not have are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from string import ascii_lowercase

from tutor.index.terms import STOP_WORDS, stem
from tutor.index.weights import shipped_model_folder

Rarity = Callable[[str], tuple[float, bool]]
"""How much a term tells, and whether it occurs at all."""

SHORTEST, LONGEST = 5, 24
"""Letters; a shorter word has too many neighbours, and a longer one is none."""
MOST_CORRECTED = 3
"""With more slips it is another language, or no language."""

_WORD = re.compile(r"(?<![\w./@#'-])[a-z]+(?![\w./@#'-])")
_JOINED = {"whats": "what is", "hows": "how is", "wheres": "where is", "whos": "who is", "thats": "that is"}


def spelled(question: str, rarity: Rarity) -> str:
    """The question with its slips corrected, where there are few."""
    slips = [match for match in _WORD.finditer(question) if _is_slip(match[0], rarity)]
    if len(slips) > MOST_CORRECTED:
        return question
    for match in reversed(slips):
        meant = _JOINED.get(match[0]) or _nearest(match[0], rarity)
        if meant:
            question = question[: match.start()] + meant + question[match.end() :]
    return question


def _is_slip(word: str, rarity: Rarity) -> bool:
    if word in _JOINED:
        return True
    return SHORTEST <= len(word) <= LONGEST and not rarity(stem(word))[1] and word not in english_words()


def _nearest(word: str, rarity: Rarity) -> str:
    found = {candidate: rarity(stem(candidate)) for candidate in set(_one_slip_away(word)) & english_words()}
    known = {candidate: weight for candidate, (weight, is_known) in found.items() if is_known}
    return min(known, key=lambda candidate: (known[candidate], candidate)) if known else ""


def _one_slip_away(word: str) -> Iterator[str]:
    """Words that differ by one slip behind the first letter, which is seldom wrong."""
    for place in range(1, len(word) + 1):
        before, behind = word[:place], word[place:]
        if behind:
            yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]


@cache
def english_words() -> frozenset[str]:
    """Common English words: those that the shipped encoder's vocabulary has whole."""
    path = shipped_model_folder() / "vocab.txt"
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return STOP_WORDS | {line for line in lines if line.isascii() and line.isalpha()}
