"""What upheld rulings forbid from then on: items, rulings of item models, words of items, statements of answers.

A bond names one thing that must not come again, and the case that says why. Generator and answers read bonds before
they show anything; the gold cases made of them are run by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from tutor.errors import InputError
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel, Finding
from tutor.read.item_models.kinds import ItemModel
from tutor.review.flag import Cause

BondKind = Literal["item", "circumstances", "ruling", "words", "statement"]
OF_ANSWERS: tuple[BondKind, ...] = ("statement", "words")
"""What answers keep to."""
BOND_KINDS: tuple[BondKind, ...] = get_args(BondKind)
WRONGLY_TOLD: frozenset[Cause] = frozenset({"unclear", "flawed", "too easy", "offensive"})
"""Causes that leave the key as it is: the same circumstances may be told again, in other words."""


@dataclass(frozen=True)
class Bond:
    """One thing that must not come again."""

    kind: BondKind
    value: str
    """Item id; `model|fact+fact|key`; `model|fact|option` or `model|finding|cause`; words; or a statement's text."""
    case: str

    def __post_init__(self) -> None:
        parts = {"circumstances": 3, "ruling": 3}.get(self.kind, 1)
        if not self.value.strip() or (parts > 1 and len(self.value.split("|")) != parts):
            raise InputError(f"{self.value!r} does not name {self.kind}: see docs/review.md for its form.")


@dataclass(frozen=True)
class Bonds:
    """Everything that rulings forbid."""

    bonds: tuple[Bond, ...] = ()

    def of(self, kind: BondKind) -> dict[str, str]:
        """What is forbidden of a kind, and the case that says so."""
        return {bond.value: bond.case for bond in self.bonds if bond.kind == kind}

    def without_struck(self, model: ItemModel) -> ItemModel:
        """The model without what reviewers struck: rulings of a decision, causes that a finding speaks against."""
        struck = {ruling for ruling in self.of("ruling") if ruling.startswith(f"{model.id}|")}
        if not struck:
            return model
        fields: dict[str, Any] = {name: getattr(model, name) for name in type(model).model_fields}
        if isinstance(model, DecisionModel):
            left = tuple(one for one in model.rulings if f"{model.id}|{one.fact}|{one.option}" not in struck)
            fields["rulings"] = left
        elif isinstance(model, DiagnosisModel):
            fields["findings"] = tuple(_without(finding, model.id, struck) for finding in model.findings)
        return model.model_construct(**fields)  # a copy would keep what the model worked out before

    def against_item(self, item: Mapping[str, Any]) -> Iterable[tuple[Bond, str]]:
        """The bonds that an item, in the form of the command line, would break, and how it shows."""
        told = " ".join((item["stem"], *item["options"].values()))
        told = " ".join(told.lower().split())
        for bond in self.bonds:
            if bond.kind == "item" and bond.value == item["id"]:
                yield bond, "the same item"
            elif bond.kind == "words" and " ".join(bond.value.lower().split()) in told:
                yield bond, bond.value
            elif bond.kind == "circumstances" and bond.value == circumstances_of(item):
                yield bond, "decided by the same circumstances, with the same key"

    def forbids_statement(self, text: str) -> bool:
        """Whether a statement says what was ruled out of answers: a whole statement, or words."""
        told = " ".join(text.lower().split())
        return any(
            re.search(rf"(?<!\w){re.escape(' '.join(bond.value.lower().split()))}(?!\w)", told)
            for bond in self.bonds
            if bond.kind in OF_ANSWERS
        )


def strikable(model: ItemModel) -> tuple[str, ...]:
    """What a reviewer can strike of a model: `fact|option` of a decision, `finding|cause` of a diagnosis."""
    if isinstance(model, DecisionModel):
        return tuple(f"{one.fact}|{one.option}" for one in model.rulings)
    if isinstance(model, DiagnosisModel):
        return tuple(f"{one.id}|{cause}" for one in model.findings for said in one.against for cause in said.causes)
    return ()


def check_struck(struck: Iterable[str], model: ItemModel, gone: Iterable[str]) -> None:
    """Refuse to strike what a model does not say, since that would hold nothing back; `gone` was struck before."""
    known = {*strikable(model), *gone}
    if strange := [one for one in struck if one not in known]:
        raise InputError(
            f"{strange[0]!r} is no ruling of the model {model.id}, so striking it changes nothing. Name FACT|OPTION of "
            "a decision or FINDING|CAUSE of a diagnosis; other items are retired, edited or banned by their words."
        )


def _without(finding: Finding, model: str, struck: Collection[str]) -> Finding:
    """A finding that no longer speaks against the causes that were struck."""
    against = []
    for one in finding.against:
        causes = tuple(cause for cause in one.causes if f"{model}|{finding.id}|{cause}" not in struck)
        against += [one.model_copy(update={"causes": causes})] if causes else []
    return finding.model_copy(update={"against": tuple(against)})


def circumstances_of(item: Mapping[str, Any]) -> str:
    """What decides an item and what is right then, as a bond names it."""
    if not item.get("circumstances"):
        return ""
    ids = dict(zip(item["options"], item["option_ids"], strict=True))
    right = "+".join(sorted(ids[letter] for letter in item["key"]))
    return f"{item['model']}|{'+'.join(item['circumstances'])}|{right}"


def bonds_for_item(
    item: Mapping[str, Any], case: str, struck: Iterable[str] = (), words: str = "", cause: Cause = "wrong key"
) -> list[Bond]:
    """What an upheld case about an item forbids: it, and what made it wrong.

    That is what the reviewer names: rulings of its model, words. Where nothing is named, it is the whole of its
    circumstances with this key, which no mending of the model will free again.
    """
    named = [Bond("ruling", f"{item['model']}|{ruling}", case) for ruling in struck]
    named += [Bond("words", words, case)] if words.strip() else []
    if not named and cause not in WRONGLY_TOLD and (decided := circumstances_of(item)):
        named = [Bond("circumstances", decided, case)]
    return [Bond("item", item["id"], case), *named]
