"""Mending items that a reviewer found wanting: edited in place with the checks run again, or another one instead.

An edit that fails a check is not kept; its faults are told. The version before stays in the bank, so that a ruling that
is taken back restores it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tutor.author.checks.recheck import recheck
from tutor.author.checks.verdict import Fault, Verdict
from tutor.author.practice_item import read_item
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.flow.bonds import standing_bonds
from tutor.flow.ground import Ground
from tutor.flow.items import ItemsDesk
from tutor.read.item_models.kinds import ItemModel
from tutor.review.binding import Bond, Bonds, strikable
from tutor.review.case import Case
from tutor.review.edit import as_text, mended
from tutor.review.ruling import Ruling
from tutor.review.similar import Similar, similar
from tutor.store import BankedItem


@dataclass(frozen=True)
class Edited:
    """An item as a reviewer would have it, and what the checks hold against it."""

    item: dict[str, object]
    faults: tuple[Fault, ...]


class Mending:
    """What can be done to the item of a case."""

    def __init__(self, ground: Ground, items: ItemsDesk) -> None:
        self._ground = ground
        self._items = items

    def text_of(self, case: Case) -> str:
        """The item in the form in which it is edited."""
        return as_text(self._item_of(case).item)

    def check(self, case: Case, text: str, struck: Iterable[str] = ()) -> Edited:
        """Run the checks on an edited item, as if the rulings `fact|option` in `struck` were gone already."""
        kept = self._item_of(case)
        item = mended(text, kept.item)
        bound = Bonds(tuple(Bond("ruling", f"{kept.model}|{one}", case.id) for one in struck))
        model = self.model_of(kept.item)
        model = bound.without_struck(model) if model else None
        passages = {passage.id: passage for passage in self._ground.passages()} | dict(self._items.passages)
        faults = list(recheck(read_item(item), model, passages))
        others = Bonds(tuple(one for one in standing_bonds(self._ground).bonds if one.case != case.id))
        ruled = [
            Fault("ruling", "ruled out by a reviewer", words=f"{shown} ({bond.case})")
            for bond, shown in others.against_item(item)
        ]
        return Edited(item, (*faults, *ruled))

    def keep(self, case: Case, edited: Edited, ruling: Ruling) -> None:
        """Put the edited item in the place of the old one."""
        kept = self._item_of(case)
        checks = {**kept.checks, **Verdict(proved=bool(kept.model), nearest=kept.checks.get("nearest", 0.0)).as_json()}
        self._ground.store.bank.revise(kept.id, edited.item, checks, _why(ruling), ruling.at)
        details = {"ruling": ruling.id, "version": kept.version + 1}
        self._ground.store.reviews.note(ruling.at, ruling.by, "fix", case.id, details)

    def put_back(self, case: Case, ruling: Ruling) -> bool:
        """Restore what stood before a ruling mended it; whether it did."""
        bank, is_restored = self._ground.store.bank, False
        for version in bank.versions(case.target_id):
            if version["why"] == _why(ruling):
                why = f"ruling {ruling.id} was taken back"
                bank.revise(case.target_id, version["item"], version["checks"], why, self._ground.clock())
                is_restored = True
        return is_restored

    def release(self, case: Case, upheld: Iterable[Ruling], cases: Iterable[Case]) -> None:
        """Undo what rulings did to an item; it is a draft again, unless another one of the `cases` keeps it out."""
        bank = self._ground.store.bank
        kept = bank.find(case.target_id) if case.target == "item" else None
        undone = [(one, self.put_back(case, one)) for one in upheld]
        if kept is None or not undone:
            return
        is_changed = kept.state in ("retired", "in review") or any(is_restored for _, is_restored in undone)
        about = (one for one in cases if one.target == "item" and one.target_id == case.target_id)
        if is_changed and not any(one.state == "upheld" for one in about):
            bank.set_state(kept.id, "draft")

    def is_here(self, case: Case) -> bool:
        """Whether the case is about an item of this bank; a case of another machine may not be."""
        return case.target == "item" and self._ground.store.bank.find(case.target_id) is not None

    def model_of(self, item: Mapping[str, Any]) -> ItemModel | None:
        """The model that an item was drawn from, without what was struck; None where it was written."""
        return next((one for one in self._items.models if one.id == item.get("model")), None)

    def strikable(self, case: Case) -> list[str]:
        """What of the model's rulings made this item: what it says of the item's circumstances."""
        model = self.model_of(case.shown) if case.target == "item" else None
        told = case.shown.get("circumstances", ())
        return [one for one in strikable(model) if one.partition("|")[0] in told] if model else []

    def replace(self, case: Case) -> BankedItem | None:
        """Another item in the place of one that was ruled out; None where nothing passes the checks."""
        kept = self._item_of(case)
        choose = len(kept.item["key"])
        by_model = [Wanted(model=kept.model, choose=choose)] if kept.model else []
        for wanted in (*by_model, Wanted(consideration=kept.consideration, choose=choose)):
            try:
                return self._items.fresh(wanted)
            except InputError:  # nothing of this kind passes; the wider wish may
                continue
        return None

    def similar(self, case: Case) -> list[Similar]:
        """Other items of the bank that may share the fault."""
        if case.target != "item":
            return []
        return similar(case.shown, (one.item for one in self._items.bank.all("draft", "in review", "approved")))

    def _item_of(self, case: Case) -> BankedItem:
        if case.target != "item":
            raise InputError(
                f"{case.id} is about {case.target}, and only items are edited. Mend the page that it cites."
            )
        return self._items.find(case.target_id)


def _why(ruling: Ruling) -> str:
    """What a version is kept under that a ruling replaced."""
    return f"mended by ruling {ruling.id}"
