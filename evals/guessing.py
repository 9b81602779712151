"""Items in, the score of solvers that know nothing out: whether the wording gives keys away.

Each solver looks at the form of an item alone: lengths, shared words, absolute words, position. Where several options
look alike to it, it has the chance of one among them. What a solver reaches beyond chance, a candidate could reach
without having learned anything.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tutor.author.draw import draw, section_weights
from tutor.author.item import DraftItem
from tutor.author.wanted import Wanted
from tutor.index.terms import STOP_WORDS, terms
from tutor.read.guides.editions import current_edition, load_editions
from tutor.read.item_models.kinds import FOLDERS, read_item_models
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all

_ABSOLUTE = re.compile(r"\b(?:always|never|only|all|every|each|any|none|no|must|entirely|completely)\b", re.IGNORECASE)

Solver = Callable[[DraftItem], Sequence[float]]
"""An item in, how much it says for each option out."""


def draw_items(corpus: Path, count: int, seed: str) -> Iterator[DraftItem]:
    """The first items of a seed over the whole current edition."""
    passages = {passage.id: passage for passage in cut_all(read_pages(corpus / "docs"))}
    models = list(read_item_models(*(corpus / folder for folder in FOLDERS)))
    weights = section_weights(current_edition(load_editions(corpus / "guides")).blueprint)
    return (draw(models, Wanted(), seed, passages, number=number, weights=weights) for number in range(count))


def guess(items: Sequence[DraftItem]) -> dict[str, Any]:
    """The expected share of right answers of each solver, over items with one right option of four."""
    four = [item for item in items if len(item.options) == 4 and len(item.key) == 1]
    scores = {name: _score(four, solver) for name, solver in SOLVERS.items()}
    places = Counter(item.key[0] for item in four)
    by_kind = Counter(item.kind for item in items)
    return {
        "items": len(items),
        "by_kind": dict(by_kind.most_common()),
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


def _second_longest(item: DraftItem) -> list[float]:
    lengths = [len(text) for text in _texts(item)]
    return [-abs(1.0 - sum(other > length for other in lengths)) for length in lengths]


def _second_shortest(item: DraftItem) -> list[float]:
    lengths = [len(text) for text in _texts(item)]
    return [-abs(1.0 - sum(other < length for other in lengths)) for length in lengths]


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


def _vote(item: DraftItem) -> list[float]:
    """All of what could speak for a key, each with its z-score."""
    votes = [0.0] * len(item.options)
    for solver in (_longest, _stem_words, _ask_words, _likeness, _fewest_absolutes, _most_precise):
        said = solver(item)
        spread = statistics.pstdev(said)
        if spread:
            votes = [vote + (value - statistics.fmean(said)) / spread for vote, value in zip(votes, said, strict=True)]
    return votes


def _at(place: int) -> Solver:
    return lambda item: [float(at == place) for at in range(len(item.options))]


SOLVERS: Mapping[str, Solver] = {
    "longest option": _longest,
    "second longest option": _second_longest,
    "second shortest option": _second_shortest,
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
    "all of these together": _vote,
    **{f"always {letter}": _at(place) for place, letter in enumerate("ABCD")},
}
