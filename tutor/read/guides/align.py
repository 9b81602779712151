"""Texts of two editions in, which answers to which out: each at most once, the likeliest pairs first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

Similarity = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""How alike each of some texts is to each of others, from 0 to 1."""

ALIKE = 0.55
"""Similarity from which two texts speak of the same; where MiniLM agrees best with the links of our editions."""

_COMMON = frozenset(("and", "are", "for", "from", "given", "how", "into", "that", "the", "using", "with"))


def word_overlap(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """How many of their words two texts share: the similarity that needs no model."""
    bags = [_words(text) for text in texts]
    other_bags = [_words(text) for text in others]
    return [[2 * len(bag & other) / max(1, len(bag) + len(other)) for other in other_bags] for bag in bags]


def align(
    titles: Sequence[str], others: Sequence[str], shared: Counter[tuple[int, int]], similarity: Similarity
) -> dict[int, int]:
    """Which of some titles answers to which of others, by what stands below them and by their words."""
    alike = similarity(titles, others)
    below, below_other = Counter[int](), Counter[int]()
    for (one, other), count in shared.items():
        below[one] += count
        below_other[other] += count
    scores: dict[tuple[int, int], float] = {}
    for one in range(len(titles)):
        for other in range(len(others)):
            share = shared[one, other] / max(1, min(below[one], below_other[other]))
            scores[one, other] = share + alike[one][other]
    return best_pairs({pair: score for pair, score in scores.items() if score >= ALIKE})


def best_pairs(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Pairs one to one, the best chosen first, in the order of the others."""
    taken: dict[int, int] = {}
    for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if one not in taken.values() and other not in taken:
            taken[other] = one
    return {taken[other]: other for other in sorted(taken)}


def words_in_order(text: str) -> list[str]:
    """The words of a text, for telling whether only its punctuation differs."""
    return re.findall(r"\w+", text.casefold())


def _words(text: str) -> set[str]:
    return {word[:6] for word in words_in_order(text) if len(word) > 2 and word not in _COMMON}
