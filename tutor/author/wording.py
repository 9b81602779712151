"""Shown options in, their wordings out: parallel, alike in length, and none of them given away by its form."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

from tutor.author.case import Case
from tutor.author.sentences import telling

LONE_FORM = 3.0
"""What it costs that the key alone is worded in its form."""
WRONG_RANK = 3.0
UNEVEN = 4.0
JITTER = 1.0


def word_options(case: Case, chance: random.Random) -> dict[str, str]:
    """A wording for each shown option. The key's place by length is drawn, so that length tells nothing."""
    options = [option for option in case.model.options if option.id in case.shown]
    choices = [option.wordings for option in options]
    is_key = [option.id in case.key for option in options]
    target = chance.randrange(len(options))
    best: tuple[float, tuple[int, ...]] | None = None
    for picked in product(*(range(len(wordings)) for wordings in choices)):
        lengths = [len(wordings[place]) for wordings, place in zip(choices, picked, strict=True)]
        cost = JITTER * chance.random() + UNEVEN * (max(lengths) / min(lengths) - 1)
        if len(case.key) == 1:
            at = is_key.index(True)
            rank = sum(length < lengths[at] for length in lengths)
            cost += WRONG_RANK * abs(rank - target)
            cost += LONE_FORM * (picked.count(picked[at]) == 1)
        cost += 0.5 * (len(set(picked)) > 1)
        if best is None or cost < best[0]:
            best = (cost, picked)
    assert best is not None
    return {option.id: option.wordings[place] for option, place in zip(options, best[1], strict=True)}


def giveaways(case: Case, worded: Mapping[str, str]) -> frozenset[str]:
    """The stems that only keyed options have: a circumstance worded with them would point at the key."""
    keyed = frozenset[str]().union(*(telling(worded[option]) for option in case.key))
    others = [telling(worded[option]) for option in case.distractors]
    return keyed - frozenset[str]().union(*others)


def arrange(shown: Sequence[str], key: frozenset[str], position: int | None, chance: random.Random) -> tuple[str, ...]:
    """The shown options in the order in which they are read; a single key stands at `position` where one is given."""
    ordered = list(shown)
    chance.shuffle(ordered)
    if position is not None and len(key) == 1:
        (keyed,) = key
        ordered.remove(keyed)
        ordered.insert(position % (len(ordered) + 1), keyed)
    return tuple(ordered)
