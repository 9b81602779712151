"""Items in, the score of solvers that know nothing out: whether the wording gives keys away.

Each solver looks at the form of an item alone: lengths, shared words, absolute words, position. Where several options
look alike to it, it has the chance of one among them. What a solver reaches beyond chance, a candidate could reach
without having learned anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tutor.author.item import DraftItem
from tutor.index.terms import STOP_WORDS, terms

_ABSOLUTE = re.compile(r"\b(?:always|never|only|all|every|each|any|none|no|must|entirely|completely)\b", re.IGNORECASE)

Solver = Callable[[DraftItem], Sequence[float]]
"""An item in, how much it says for each option out."""


def guess(items: Sequence[DraftItem]) -> dict[str, Any]:
    """The expected share of right answers of each solver, over items with one right option of four."""
    four = [item for item in items if len(item.options) == 4 and len(item.key) == 1]
    scores = {name: _score(four, solver) for name, solver in SOLVERS.items()}
    places = Counter(item.key[0] for item in four)
    return {
        "items": len(items),
        "single_key_of_four": len(four),
        "solvers": {name: round(share, 4) for name, share in scores.items()},
        "best": max(scores, key=scores.__getitem__) if scores else None,
        "positions": {letter: round(places[place] / max(1, len(four)), 4) for place, letter in enumerate("ABCD")},
    }


def _score(items: Sequence[DraftItem], solver: Solver) -> float:
    return sum(_expected(solver(item), item.key[0]) for item in items) / max(1, len(items))


def _expected(said: Sequence[float], key: int) -> float:
    """The chance to be right when one of the best is taken blindly."""
    top = [place for place, value in enumerate(said) if value == max(said)]
    return 1 / len(top) if key in top else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if term not in STOP_WORDS)


def _texts(item: DraftItem) -> list[str]:
    return [option.text for option in item.options]


def _longest(item: DraftItem) -> list[float]:
    return [float(len(text)) for text in _texts(item)]


def _shortest(item: DraftItem) -> list[float]:
    return [-float(len(text)) for text in _texts(item)]


def _stem_words(item: DraftItem) -> list[float]:
    stem = _words(item.text)
    return [float(len(_words(text) & stem)) for text in _texts(item)]


def _stem_share(item: DraftItem) -> list[float]:
    stem = _words(item.text)
    return [len(_words(text) & stem) / max(1, len(_words(text))) for text in _texts(item)]


def _fewest_stem_words(item: DraftItem) -> list[float]:
    return [-value for value in _stem_words(item)]


def _ask_words(item: DraftItem) -> list[float]:
    ask = _words(item.ask)
    return [float(len(_words(text) & ask)) for text in _texts(item)]


def _likeness(item: DraftItem) -> list[float]:
    """How many words an option shares with the others: the key is often what the distractors were made from."""
    words = [_words(text) for text in _texts(item)]
    return [
        float(sum(len(mine & theirs) for other, theirs in enumerate(words) if other != place))
        for place, mine in enumerate(words)
    ]


def _odd_one(item: DraftItem) -> list[float]:
    return [-value for value in _likeness(item)]


def _odd_opening(item: DraftItem) -> list[float]:
    """An option that begins like no other one."""
    begun = Counter(text.split()[0].lower() for text in _texts(item))
    return [-float(begun[text.split()[0].lower()]) for text in _texts(item)]


def _fewest_absolutes(item: DraftItem) -> list[float]:
    return [-float(len(_ABSOLUTE.findall(text))) for text in _texts(item)]


def _most_precise(item: DraftItem) -> list[float]:
    """Numbers, identifiers and names: keys are often worked out more carefully than distractors."""
    return [float(len(re.findall(r"\d+|\w*[A-Z_]\w*", text))) for text in _texts(item)]


def _at(place: int) -> Solver:
    return lambda item: [float(at == place) for at in range(len(item.options))]


SOLVERS: Mapping[str, Solver] = {
    "longest option": _longest,
    "shortest option": _shortest,
    "most words of the stem": _stem_words,
    "largest share of words of the stem": _stem_share,
    "fewest words of the stem": _fewest_stem_words,
    "most words of the ask": _ask_words,
    "most like the others": _likeness,
    "odd one out": _odd_one,
    "odd opening": _odd_opening,
    "fewest absolute words": _fewest_absolutes,
    "most numbers and names": _most_precise,
    **{f"always {letter}": _at(place) for place, letter in enumerate("ABCD")},
}
