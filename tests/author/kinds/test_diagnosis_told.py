from typing import Any

import pytest
import yaml

from tests.read.item_models.models import diagnosis as fields
from tutor.author.checks.proof import key_faults
from tutor.author.contrast import twin_of_trouble
from tutor.author.item import DraftItem
from tutor.author.kinds.diagnosis_told import whole
from tutor.author.kinds.drafters import draft
from tutor.author.kinds.told_soundness import told_faults
from tutor.author.recent import Recent
from tutor.author.wanted import Wanted
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import read_item_model

OFFERS = ["cold", "empty", "furred", "unplugged"]
SEEDS = [f"seed {number}" for number in range(12)]


def why(*causes: str, by: str = "shows") -> dict[str, Any]:
    return {cause: {"by": [by], "so": f"So much for {cause}."} for cause in causes}


def turn(turn_id: str, states: list[str], **more: object) -> dict[str, Any]:
    told = {"id": turn_id, "tells": f"This is what {turn_id} looks like.", "states": states}
    return told | {"ask": "What is the matter?", "why": why(*OFFERS)} | more


def situation(*turns: dict[str, Any], **changes: object) -> dict[str, Any]:
    told = turns or (turn("first", ["sees-cold", "sees-dust"]), turn("second", ["sees-furred"], remedy=True))
    text = "A tea house with {forty|fifty} guests boils its water in a kettle, and today there is no tea."
    return {"id": "no-tea", "text": text, "offers": OFFERS, "turns": list(told)} | changes


def model(*situations: dict[str, Any]) -> DiagnosisModel:
    made = read_item_model(
        yaml.safe_dump(fields() | {"situations": list(situations) or [situation()]}), name="small-diagnosis"
    )
    assert isinstance(made, DiagnosisModel)
    return made


def drawn(seed: str, wanted: Wanted | None = None, recent: Recent | None = None) -> DraftItem:
    item = draft(model(), seed, wanted or Wanted(), recent=recent)
    assert item is not None
    return item


def test_a_case_is_told_with_the_cause_that_the_findings_leave_or_its_remedy() -> None:
    met = set()
    for seed in SEEDS:
        item = drawn(seed)
        met.add(item.told)
        (key,) = item.key
        assert item.options[key].id == {"no-tea/first": "cold", "no-tea/second": "furred"}[item.told]
        is_remedy = item.told == "no-tea/second"
        assert (
            item.options[key].text.startswith("Mend" if is_remedy else "The kettle") or "Take" in item.options[key].text
        )
        assert item.circumstances[0] == ("remedy" if is_remedy else "cause")
        assert "{" not in item.stem
        assert item.options[key].explanation[-1].text == f"So much for {item.options[key].id}."
        assert not list(key_faults(item, model()))
    assert len(met) == 2


def test_a_turn_that_was_met_does_not_come_again() -> None:
    recent = Recent()
    told = []
    for seed in SEEDS[:3]:
        item = drawn(seed, recent=recent)
        recent.add(item)
        told.append(item.told)
    assert set(told[:2]) == {"no-tea/first", "no-tea/second"}
    assert told[2] == ""


def test_every_turn_can_be_read_whole() -> None:
    items = list(whole(model(), "read"))
    assert [item.told for item in items] == ["no-tea/first", "no-tea/second"]
    assert all(len(item.options) == len(OFFERS) for item in items)


def test_an_item_whose_situation_states_something_else_now_fails_the_proof() -> None:
    item = next(item for item in map(drawn, SEEDS) if item.told == "no-tea/first")
    now = model(situation(turn("first", ["sees-cold"])))
    assert [fault.check for fault in key_faults(item, now)] == ["key"]


def test_a_sound_situation_has_no_faults() -> None:
    assert not list(told_faults(model()))


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (situation(turn("t", ["sees-nothing"])), "unknown: states sees-nothing"),
        (situation(offers=["cold", "empty", "furred", "sad"]), "unknown: offers sad"),
        (situation(turn("t", ["sees-steam"])), "exactly one offer must be left, not empty, furred"),
        (situation(turn("t", ["sees-cold", "sees-furred"])), "exactly one offer must be left, not none"),
        (situation(turn("t", ["sees-cold", "sees-dust"], prefers="ease")), "a diagnosis knows no preference"),
        (situation(turn("t", ["sees-cold", "sees-dust"], why=why("cold"))), "says nothing of empty"),
        (
            situation(turn("t", ["sees-cold", "sees-dust"], why=why(*OFFERS, by="sees-steam"))),
            "sees-steam does not speak against empty here",
        ),
        (
            situation(turn("t", ["sees-cold", "sees-dust"], why={one: {"by": ["shows"]} for one in OFFERS})),
            "says of empty how it shows, and not what speaks against it here",
        ),
        (
            situation(turn("t", ["sees-cold", "sees-dust"]), turn("u", ["sees-cold", "sees-dust"])),
            "2 turns have the same key",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_faults_are_named(told: dict[str, Any], fault: str) -> None:
    assert fault in "\n".join(told_faults(model(told)))


def test_the_same_seed_gives_the_same_item() -> None:
    assert drawn("a") == drawn("a")


def test_the_twin_takes_the_turn_in_which_the_chosen_cause_would_be_right() -> None:
    """Where the other turn asks for something else there is none: its options would be others."""
    alike = model(situation(turn("first", ["sees-cold", "sees-dust"]), turn("second", ["sees-furred"])))
    for seed in SEEDS:
        item = draft(alike, seed, Wanted())
        assert item is not None
        other = {"no-tea/first": "furred", "no-tea/second": "cold"}[item.told]
        made = twin_of_trouble(item, alike, other)
        assert made is not None
        (key,) = made.item.key
        assert made.item.options[key].id == other
        assert [option.text for option in made.item.options] == [option.text for option in item.options]
        assert made.item.stem != item.stem
        assert made.item.stem.partition(",")[0] == item.stem.partition(",")[0]
        assert not list(key_faults(made.item, alike))
        assert "would be right" in made.says[0].text
        assert twin_of_trouble(item, alike, "empty") is None
    unlike = drawn("a")
    assert all(twin_of_trouble(unlike, model(), cause) is None for cause in OFFERS)
