"""The edition that items are bound to and a learner's own guide in; that edition with the own guide's weights out.

Item models treat the objectives of our current edition, so its sections stay. Each takes the weight of the section of
the own guide that speaks of the same. None where too few do, as in the guide of another exam, or none has a weight.
"""

from __future__ import annotations

from dataclasses import replace

from tutor.read.guides.align import ALIKE, Similarity, best_pairs
from tutor.read.guides.blueprint import Blueprint, Section

SAME_EXAM = 2 / 3
"""From this share of our sections with a counterpart on, a guide is of the same exam."""


def weigh_like(own: Blueprint, ours: Blueprint, similarity: Similarity) -> Blueprint | None:
    """Our edition, weighed as the learner's own guide weighs it."""
    alike = similarity([_told(each) for each in ours.sections], [_told(each) for each in own.sections])
    scores = {(at, other): score for at, row in enumerate(alike) for other, score in enumerate(row) if score >= ALIKE}
    answering = {at: own.sections[other] for at, other in best_pairs(scores).items()}
    if len(answering) < SAME_EXAM * len(ours.sections):
        return None
    if all(section.weight_percent is None for section in answering.values()):
        return None
    sections = tuple(_weighed(section, answering.get(at)) for at, section in enumerate(ours.sections))
    return replace(ours, sections=sections)


def _told(section: Section) -> str:
    return ". ".join((section.title, *(one.title for one in section.objectives if one.title)))


def _weighed(section: Section, like: Section | None) -> Section:
    if like is None or like.weight_percent is None:
        return section
    return replace(section, weight_percent=like.weight_percent, weight_basis=like.weight_basis, weight_note="")
