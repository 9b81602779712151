"""What all drafters share: candidates for options in, a `DraftItem` out.

The same model and seed give the same item. Wordings are chosen so that the key's place among the lengths of the options
is even: over many items, the key is the longest as often as any other. Nothing here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tutor.author.former_names import with_one_former_name, without_former_names, without_platform_names
from tutor.author.item import DraftItem, ItemOption
from tutor.author.sentences import telling
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.evidence import Evidence
from tutor.read.item_models.kinds import OtherModel

TRIES = 12
"""Choices of wordings that are compared for the place of the key's length."""

One = TypeVar("One")


@dataclass(frozen=True)
class Draw:
    """What is left open by a model: the seed and what follows from it, and the form that is wanted."""

    seed: str
    chance: Random
    """What decides all that is left open, the same for the same model and seed."""
    options: int = 4
    position: int | None = None
    """Where the key should stand; None: anywhere."""
    strict: bool = False
    """Whether a draw whose key cannot stand there is given up."""


@dataclass(frozen=True)
class Candidate:
    """An option before its wording is chosen."""

    id: str
    wordings: tuple[str, ...]
    explanation: tuple[DraftStatement, ...]


def cited(evidence: Evidence) -> DraftStatement:
    """A reason with its passage; the words of the passage are found later, by `quoting`, where the model names none."""
    return DraftStatement(without_former_names(evidence.because), (Quote(evidence.passage, evidence.quote),))


def applied(text: str) -> DraftStatement:
    """A sentence about this case alone, which rests on the stem."""
    return DraftStatement(without_former_names(text[:1].upper() + text[1:]), ())


def listed(parts: Sequence[str]) -> str:
    """Join parts of a sentence: `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def lowered(text: str) -> str:
    """A phrase inside a sentence; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def paragraph(*sentences: str) -> str:
    """Sentences as one paragraph."""
    return " ".join(sentence.strip() for sentence in sentences if sentence)


def sample(chance: Random, things: Iterable[One], count: int) -> list[One]:
    """Some of these, in any order; all of them where there are not more."""
    pool = list(things)
    return chance.sample(pool, min(count, len(pool)))


def assemble(
    model: OtherModel,
    draw: Draw,
    *,
    stem: str,
    asks: Sequence[str],
    options: Sequence[Candidate],
    key: str,
    circumstances: Sequence[str],
    hardness: float,
    in_order: bool = False,
    told: str = "",
) -> DraftItem:
    """Choose wordings and, unless they have an order of their own, places for the options."""
    shown = list(options) if in_order else _placed(draw, options, key)
    place = next(i for i, option in enumerate(shown) if option.id == key)
    wordings = [tuple(map(without_platform_names, option.wordings)) for option in shown]
    texts = even_wordings(draw.chance, wordings, place, stem)
    return DraftItem(
        kind=model.kind,
        treats=model.treats,
        stem=with_one_former_name(stem, draw.chance),
        ask=silent_ask(draw.chance, asks, texts, place),
        options=tuple(
            ItemOption(text[:1].upper() + text[1:], without_repeats(option.explanation), option.id)
            for text, option in zip(texts, shown, strict=True)
        ),
        key=(place,),
        model=model.id,
        seed=draw.seed,
        circumstances=tuple(circumstances),
        told=told,
        hardness=hardness,
    )


def without_repeats(explanation: Sequence[DraftStatement]) -> tuple[DraftStatement, ...]:
    """An explanation in which no statement says again what another says in full and, where it cites, cites too."""
    kept: list[DraftStatement] = []
    for statement in sorted(explanation, key=lambda one: len(one.text), reverse=True):
        if not any(statement.text.rstrip(".") in one.text and bool(one.quotes or not statement.quotes) for one in kept):
            kept.append(statement)
    return tuple(statement for statement in dict.fromkeys(explanation) if statement in kept)


def _placed(draw: Draw, options: Sequence[Candidate], key: str) -> list[Candidate]:
    """The options in any order, the key where it is wanted."""
    placed = sample(draw.chance, options, len(options))
    if draw.position is not None:
        keyed = next(option for option in placed if option.id == key)
        placed.remove(keyed)
        placed.insert(draw.position % (len(placed) + 1), keyed)
    return placed


def silent_ask(chance: Random, asks: Sequence[str], texts: Sequence[str], key: int) -> str:
    """An ask that shares no telling word with the key alone, or, where each does, the one that shares fewest."""
    elsewhere = frozenset[str]().union(*(telling(text) for place, text in enumerate(texts) if place != key))
    own = telling(texts[key]) - elsewhere
    return min(sample(chance, asks, len(asks)), key=lambda ask: len(telling(ask) & own))


def even_wordings(chance: Random, options: Sequence[Sequence[str]], key: int, stem: str = "") -> list[str]:
    """One wording for each option, such that the key's rank is as even as the wordings allow.

    Its rank by length first, and of those alike in that, by the share of its words that the stem has.
    """
    choices = [[chance.choice(list(wordings)) for wordings in options] for _ in range(TRIES)]
    by_length, by_words = chance.randrange(len(options)), chance.randrange(len(options))
    told = telling(stem)

    def share(text: str) -> float:
        words = telling(text)
        return len(words & told) / max(1, len(words))

    def away(texts: Sequence[str]) -> tuple[int, int]:
        own = share(texts[key])
        return (
            abs(sum(len(text) < len(texts[key]) for text in texts) - by_length),
            abs(sum(share(text) < own for text in texts) - by_words),
        )

    return min(choices, key=away)


def evenly(chance: Random, choices: Sequence[One], rank: Callable[[One], int], ranks: int) -> One:
    """The choice that gives the key the rank that was drawn, or one near it: no rank tells where the key is."""
    wanted = chance.randrange(ranks)
    return min(choices, key=lambda choice: abs(rank(choice) - wanted))
