"""The bank in; flags that nobody had to raise out: odd statistics, failed checks, doubting solvers, stale pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tutor.flow.corpus import CorpusDesk
from tutor.flow.ground import Ground
from tutor.flow.rulings import voided
from tutor.practice.rating import skill
from tutor.review.flag import TUTOR, Flag
from tutor.review.suspicion import ENOUGH, Answered, Suspicion, of_checks, of_sources, suspicions
from tutor.store import Attempt, BankedItem


def raise_suspicions(ground: Ground) -> list[Flag]:
    """Flag every item that gives reason; those that were flagged so before are left out."""
    items = {item.id: item for item in ground.store.bank.all()}
    first = _first_answers(ground)
    changed = {one.doc: one.changed_on for one in CorpusDesk(ground).stale()} if ground.library.changes() else {}
    raised = []
    for item in items.values():
        for found in _held_against(item, items, first, changed):
            flag = Flag("item", item.id, found.cause, found.words, TUTOR, ground.clock(), item.item)
            if ground.store.reviews.add_flag(flag):
                raised.append(flag)
    return raised


def _held_against(
    item: BankedItem, items: Mapping[str, BankedItem], first: _Answers, changed: Mapping[str, str]
) -> Iterator[Suspicion]:
    yield from of_checks(item.checks)
    if item.state == "retired":  # nobody meets it: that its sources grow old harms nobody
        return
    yield from of_sources((str(one.get("doc")) for one in item.item.get("citations", ())), changed)
    here = first.of_item.get(item.id, [])
    if len(here) < ENOUGH:  # no statistic says anything, and working out skills takes longest
        return
    answers = []
    for attempt in here:
        others = [one for one in first.by_learner[attempt.learner] if one.item_id != item.id and one.item_id in items]
        able = skill((items[one.item_id].rating, one.is_right) for one in others)
        answers.append(Answered(attempt.chosen, attempt.is_right, able))
    yield from suspicions(answers, item.item["key"])


@dataclass(frozen=True)
class _Answers:
    """Each learner's first answer to each item, of those that count."""

    of_item: Mapping[str, list[Attempt]]
    by_learner: Mapping[str, list[Attempt]]


def _first_answers(ground: Ground) -> _Answers:
    known: set[tuple[str, str]] = set()
    of_item: dict[str, list[Attempt]] = {}
    by_learner: dict[str, list[Attempt]] = {}
    void = voided(ground)
    for attempt in ground.store.bank.attempts():
        counts = attempt.item_id not in void or attempt.at > void[attempt.item_id]
        if counts and (attempt.learner, attempt.item_id) not in known:
            known.add((attempt.learner, attempt.item_id))
            of_item.setdefault(attempt.item_id, []).append(attempt)
            by_learner.setdefault(attempt.learner, []).append(attempt)
    return _Answers(of_item, by_learner)
