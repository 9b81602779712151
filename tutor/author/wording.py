"""Shown options in, their wordings out: parallel, alike in length, and none of them given away by its form."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

from tutor.author.case import Case
from tutor.author.former_names import without_platform_names
from tutor.author.sentences import telling

LONE_FORM = 3.0
WRONG_RANK = 6.0
EXTREME = 2.4
"""How much oftener the key is to be the longest or shortest than in between: wordings often do not allow it."""
UNEVEN = 4.0
KEY_CLUE, OTHERS_CLUE = 10.0, 6.0
LIKEST = 2.0
JITTER = 1.0
"""What a choice of wordings costs: a form that the key alone has; for each place by length that the key is away from
the one that was drawn; for being uneven; for a key that shares most words with the others; and by chance."""


def word_options(case: Case, chance: random.Random) -> dict[str, str]:
    """A wording for each shown option. The key's place by length is drawn, so that length tells nothing."""
    options = [option for option in case.model.options if option.id in case.shown]
    choices = [tuple(map(without_platform_names, option.wordings)) for option in options]
    stems = [[telling(wording) for wording in wordings] for wordings in choices]
    is_key = [option.id in case.key for option in options]
    ranks = range(len(options))
    target = chance.choices(ranks, [EXTREME if rank in (0, len(options) - 1) else 1.0 for rank in ranks])[0]
    best: tuple[float, tuple[int, ...]] | None = None
    for picked in product(*(range(len(wordings)) for wordings in choices)):
        lengths = [len(wordings[place]) for wordings, place in zip(choices, picked, strict=True)]
        cost = JITTER * chance.random() + UNEVEN * (max(lengths) / min(lengths) - 1)
        if len(case.key) == 1:
            at = is_key.index(True)
            rank = sum(length < lengths[at] for length in lengths)
            cost += WRONG_RANK * abs(rank - target)
            cost += LONE_FORM * (picked.count(picked[at]) == 1)
            cost += LIKEST * _is_likest([words[place] for words, place in zip(stems, picked, strict=True)], at)
        cost += 0.5 * (len(set(picked)) > 1)
        if best is None or cost < best[0]:
            best = (cost, picked)
    assert best is not None
    return {option.id: some[place] for option, some, place in zip(options, choices, best[1], strict=True)}


def _is_likest(stems: Sequence[frozenset[str]], at: int) -> bool:
    """Whether one text shares more words with the others than any of them does."""
    shared = [sum(len(mine & theirs) for theirs in stems) - len(mine) for mine in stems]
    return shared[at] == max(shared) and shared.count(shared[at]) == 1


def clues(case: Case, worded: Mapping[str, str]) -> dict[str, float]:
    """What it costs to tell a circumstance with a stem that some options have and others lack, most with the key's.

    A word of the key in the scenario points at it; words of the other options alone would point away from them.
    """
    keyed = frozenset[str]().union(*(telling(worded[option]) for option in case.key))
    others = frozenset[str]().union(*(telling(worded[option]) for option in case.distractors))
    return dict.fromkeys(others - keyed, OTHERS_CLUE) | dict.fromkeys(keyed - others, KEY_CLUE)


def arrange(shown: Sequence[str], key: frozenset[str], position: int | None, chance: random.Random) -> tuple[str, ...]:
    """The shown options in the order in which they are read; a single key stands at `position` where one is given."""
    ordered = list(shown)
    chance.shuffle(ordered)
    if position is not None and len(key) == 1:
        (keyed,) = key
        ordered.remove(keyed)
        ordered.insert(position % (len(ordered) + 1), keyed)
    return tuple(ordered)
