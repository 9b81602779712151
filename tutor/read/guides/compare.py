"""Two editions in, what changed for somebody who knows the older one out.

Aligned by meaning, from the bottom up: considerations by the links that our editions hold, or by how alike their words
are; objectives by the considerations and the titles they share; sections by their objectives. So a topic that changed
its number has moved, and is neither gone nor new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tutor.read.guides.align import ALIKE, Similarity, align, best_pairs, words_in_order
from tutor.read.guides.blueprint import Blueprint, Consideration, Objective, Section, Weight, plain

Kind = Literal["new", "gone", "moved", "renamed", "reweighted"]
Level = Literal["section", "objective", "consideration"]
Links = Mapping[str, frozenset[str]]
"""For ids of the newer edition, the ids of the older one that they carry on."""

SAME_OBJECTIVE = 0.15
"""What the likeness of their objectives adds to that of two considerations."""


@dataclass(frozen=True)
class Place:
    """A section, objective or consideration, and where it stands."""

    level: Level
    number: str | None
    text: str
    inside: str | None = None
    """The objective or section it belongs to."""
    weight_percent: Weight | None = None

    def as_json(self) -> dict[str, Any]:
        """The place as the command line prints it."""
        fields: dict[str, Any] = {"number": self.number, "text": self.text, "inside": self.inside}
        if self.level == "section":
            weight = self.weight_percent
            fields["weight_percent"] = list(map(plain, weight)) if isinstance(weight, tuple) else plain(weight)
        return fields


@dataclass(frozen=True)
class Change:
    """One thing that changed; several places on a side where topics were merged or split."""

    kind: Kind
    level: Level
    old: tuple[Place, ...]
    new: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        """The change as the command line prints it."""
        sides = {"old": [place.as_json() for place in self.old], "new": [place.as_json() for place in self.new]}
        return {"kind": self.kind, "level": self.level, **sides}


@dataclass(frozen=True)
class _Leaf:
    """A consideration with what it belongs to, by position."""

    section: int
    objective: int
    place: Place
    id: str


class _Guide:
    """A blueprint laid out in flat lists."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.sections = [_section_place(section) for section in blueprint.sections]
        self.objectives: list[Place] = []
        self.section_of: list[int] = []
        self.leaves: list[_Leaf] = []
        for at, section in enumerate(blueprint.sections):
            for objective in section.objectives:
                self.objectives.append(_objective_place(objective, section))
                self.section_of.append(at)
                self.leaves += [
                    _Leaf(at, len(self.objectives) - 1, _leaf_place(each, objective, section), each.id)
                    for each in objective.considerations
                ]


def compare(old: Blueprint, new: Blueprint, *, links: Links | None = None, similarity: Similarity) -> list[Change]:
    """What changed from `old` to `new`, top down: sections, objectives, considerations."""
    before, after = _Guide(old), _Guide(new)
    pairs = _linked(before, after, links) if links is not None else _alike_leaves(before, after, similarity)
    objectives = align(
        [place.text for place in before.objectives],
        [place.text for place in after.objectives],
        Counter((before.leaves[one].objective, after.leaves[other].objective) for one, other in pairs),
        similarity,
    )
    sections = align(
        [place.text for place in before.sections],
        [place.text for place in after.sections],
        Counter((before.leaves[one].section, after.leaves[other].section) for one, other in pairs),
        similarity,
    )
    return [
        *_section_changes(before, after, sections),
        *_objective_changes(before, after, objectives, sections, pairs),
        *_leaf_changes(before, after, objectives, pairs),
    ]


def _linked(before: _Guide, after: _Guide, links: Links) -> list[tuple[int, int]]:
    """Pairs of leaves, old and new, that the editions link."""
    places = {leaf.id: at for at, leaf in enumerate(before.leaves)}
    return [
        (places[id_], at)
        for at, leaf in enumerate(after.leaves)
        for id_ in sorted(links.get(leaf.id, ()))
        if id_ in places
    ]


def _alike_leaves(before: _Guide, after: _Guide, similarity: Similarity) -> list[tuple[int, int]]:
    """Pairs of leaves that say the same; where several would do, those under like objectives come first."""
    said = similarity([leaf.place.text for leaf in before.leaves], [leaf.place.text for leaf in after.leaves])
    under = similarity([place.text for place in before.objectives], [place.text for place in after.objectives])
    scores = {
        (one, other): said[one][other] + SAME_OBJECTIVE * under[leaf.objective][counterpart.objective]
        for one, leaf in enumerate(before.leaves)
        for other, counterpart in enumerate(after.leaves)
        if said[one][other] >= ALIKE
    }
    return sorted(best_pairs(scores).items())


def _section_changes(before: _Guide, after: _Guide, sections: Mapping[int, int]) -> Iterator[Change]:
    for one, other in sections.items():
        old, new = before.sections[one], after.sections[other]
        if words_in_order(old.text) != words_in_order(new.text):
            yield Change("renamed", "section", (old,), (new,))
        if old.weight_percent != new.weight_percent and None not in (old.weight_percent, new.weight_percent):
            yield Change("reweighted", "section", (old,), (new,))
    yield from _unmatched("section", before.sections, after.sections, sections)


def _objective_changes(
    before: _Guide,
    after: _Guide,
    objectives: Mapping[int, int],
    sections: Mapping[int, int],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[Change]:
    for one, other in objectives.items():
        old, new = before.objectives[one], after.objectives[other]
        if sections.get(before.section_of[one]) != after.section_of[other]:
            yield Change("moved", "objective", (old,), (new,))
        if words_in_order(old.text) != words_in_order(new.text):
            yield Change("renamed", "objective", (old,), (new,))
    merged = _merged(before, after, objectives, pairs)
    for one, other in merged.items():
        yield Change("moved", "objective", (before.objectives[one],), (after.objectives[other],))
    yield from _unmatched("objective", before.objectives, after.objectives, {**merged, **objectives})


def _merged(
    before: _Guide, after: _Guide, objectives: Mapping[int, int], pairs: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """Objectives that are gone as such, and the ones that took over most of what stood below them."""
    sizes = Counter(leaf.objective for leaf in before.leaves)
    moved = Counter((before.leaves[one].objective, after.leaves[other].objective) for one, other in pairs)
    merged: dict[int, int] = {}
    for (one, other), count in moved.most_common():
        if one not in objectives and one not in merged and 2 * count >= sizes[one]:
            merged[one] = other
    return merged


def _leaf_changes(
    before: _Guide, after: _Guide, objectives: Mapping[int, int], pairs: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    home = {**_merged(before, after, objectives, pairs), **objectives}
    for other, leaf in enumerate(after.leaves):
        olds = [before.leaves[one] for one, counterpart in pairs if counterpart == other]
        if not olds:
            yield Change("new", "consideration", (), (leaf.place,))
            continue
        places = tuple(old.place for old in olds)
        if all(home.get(old.objective) != leaf.objective for old in olds):
            yield Change("moved", "consideration", places, (leaf.place,))
        elif all(words_in_order(old.text) != words_in_order(leaf.place.text) for old in places):
            yield Change("renamed", "consideration", places, (leaf.place,))
    carried = {one for one, _ in pairs}
    for one, leaf in enumerate(before.leaves):
        if one not in carried:
            yield Change("gone", "consideration", (leaf.place,), ())


def _unmatched(
    level: Level, olds: Sequence[Place], news: Sequence[Place], matched: Mapping[int, int]
) -> Iterator[Change]:
    for at, new in enumerate(news):
        if at not in matched.values():
            yield Change("new", level, (), (new,))
    for at, old in enumerate(olds):
        if at not in matched:
            yield Change("gone", level, (old,), ())


def _section_place(section: Section) -> Place:
    return Place("section", section.number, section.title, None, section.weight_percent)


def _objective_place(objective: Objective, section: Section) -> Place:
    return Place("objective", objective.number, objective.title or section.title, _named(section.number, section.title))


def _leaf_place(consideration: Consideration, objective: Objective, section: Section) -> Place:
    inside = _named(objective.number or section.number, objective.title or section.title)
    return Place("consideration", consideration.id or None, consideration.text, inside)


def _named(number: str | None, title: str) -> str:
    return f"{number} {title}" if number else title
