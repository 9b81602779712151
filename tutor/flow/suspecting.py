"""The bank in; flags that nobody had to raise out: odd statistics, failed checks, doubting solvers, stale pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tutor.flow.corpus import CorpusDesk
from tutor.flow.ground import Ground
from tutor.flow.rulings import voided
from tutor.practice.rating import skill
from tutor.review.flag import TUTOR, Flag
from tutor.review.suspicion import Answered, Suspicion, of_checks, of_sources, suspicions
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
    item: BankedItem, items: Mapping[str, BankedItem], first: Iterable[Attempt], changed: Mapping[str, str]
) -> Iterator[Suspicion]:
    yield from of_checks(item.checks)
    if item.state == "retired":  # nobody meets it: that its sources grow old harms nobody
        return
    yield from of_sources((str(one.get("doc")) for one in item.item.get("citations", ())), changed)
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in first:
        by_learner.setdefault(attempt.learner, []).append(attempt)
    answers = []
    for attempts in by_learner.values():
        here = [one for one in attempts if one.item_id == item.id]
        others = [one for one in attempts if one.item_id != item.id and one.item_id in items]
        able = skill((items[one.item_id].rating, one.is_right) for one in others)
        answers += [Answered(one.chosen, one.is_right, able) for one in here]
    yield from suspicions(answers, item.item["key"])


def _first_answers(ground: Ground) -> list[Attempt]:
    """Each learner's first answer to each item, of those that count."""
    first: dict[tuple[str, str], Attempt] = {}
    void = voided(ground)
    for attempt in ground.store.bank.attempts():
        if attempt.item_id not in void or attempt.at > void[attempt.item_id]:
            first.setdefault((attempt.learner, attempt.item_id), attempt)
    return list(first.values())
