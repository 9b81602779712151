from itertools import combinations

import pytest
import yaml

from tutor.author.soundness import examine, sets_by_key
from tutor.errors import InputError
from tutor.read.item_models.decision import DecisionModel, read_model

FACTS = ("sql", "stays", "custom-net", "explain", "now", "new-sites", "columns", "rows")
OPTIONS = ("kettle", "pot", "urn", "samovar", "flask")
VIOLATED = {
    "kettle": ("custom-net", "now", "new-sites"),
    "pot": ("explain", "custom-net", "columns"),
    "urn": ("stays", "explain", "now", "rows"),
    "samovar": ("sql", "stays", "columns"),
    "flask": ("sql", "new-sites", "rows", "custom-net"),
}


def fields() -> dict:
    fits = [(fact, option) for option in OPTIONS for fact in FACTS if fact not in VIOLATED[option]]
    violates = [(fact, option) for option, facts in VIOLATED.items() for fact in facts]

    def ruling(fact: str, option: str, says: str) -> dict:
        return {"fact": fact, "option": option, "says": says, "because": "A plain reason why.", "passage": "doc#place"}

    return {
        "id": "boiling",
        "title": "Choosing what to boil in",
        "treats": ["2026-06/1.1.1"],
        "asks": ["What should they do?", "Which way fits best?"],
        "scenes": [{"text": f"A tea house number {n} boils water."} for n in range(3)],
        "options": [
            {"id": o, "name": f"a {o}", "wordings": [f"Boil the water in the {o}", f"Use the {o} for the water"]}
            for o in OPTIONS
        ],
        "facts": [
            {"id": f, "kind": "team", "wordings": [f"Fact {f} in wording {n}." for n in range(3)]} for f in FACTS
        ],
        "rulings": [ruling(*pair, "violates") for pair in violates] + [ruling(*pair, "fits") for pair in fits],
    }


def model(**changes: object) -> DecisionModel:
    return read_model(yaml.safe_dump(fields() | changes), name="boiling")


def faults(**changes: object) -> str:
    return "\n".join(examine(model(**changes), lambda place: place == "doc#place").faults)


def test_a_sound_model_has_no_faults_and_every_option_can_be_the_key() -> None:
    found = examine(model(), lambda place: True)
    assert found.faults == ()
    assert found.keys == len(OPTIONS)
    assert found.items > 0


def test_sets_are_counted_as_by_hand() -> None:
    """Counted again, the slow way: every set of facts, every key, every three distractors."""
    made = model()
    slow = dict.fromkeys(OPTIONS, 0)
    for size in range(1, 6):
        for chosen in combinations(FACTS, size):
            stated = set(chosen)
            for key in OPTIONS:
                if stated & set(VIOLATED[key]):
                    continue
                for shown in combinations([o for o in OPTIONS if o != key], 3):
                    alone = [{option for option in shown if not (stated - {f}) & set(VIOLATED[option])} for f in stated]
                    all_fall = all(stated & set(VIOLATED[option]) for option in shown)
                    slow[key] += all_fall and all(alone)
    assert sets_by_key(made) == slow


def test_survivors_and_clashes() -> None:
    facts = fields()["facts"]
    facts[0]["excludes"] = ["stays"]
    made = model(facts=facts)
    assert made.survivors({"sql", "explain"}) == {"kettle"}
    assert not made.stand_together({"sql", "stays", "now"})
    assert made.stand_together({"sql", "now"})


def lenient(rulings: list[dict], part: str, name: str) -> list[dict]:
    """The rulings without what this fact or option violates."""
    return [ruling for ruling in rulings if ruling[part] != name or ruling["says"] == "fits"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda f: f["rulings"].append({**f["rulings"][0], "says": "fits"}), "contradictory rulings"),
        (lambda f: f["rulings"].append({**f["rulings"][0], "fact": "nobody"}), "unknown id"),
        (lambda f: f["rulings"][0].update(passage="doc#gone"), "dead citation: doc#gone"),
        (lambda f: f.update(rulings=lenient(f["rulings"], "fact", "now")), "idle fact: now"),
        (lambda f: f.update(rulings=lenient(f["rulings"], "option", "urn")), "untouchable"),
        (lambda f: f["options"][0].update(wordings=["Boil water here", "Boil water " + "slowly " * 12]), "uneven"),
        (lambda f: f["options"][0].update(wordings=["Boil the water in it.", "Use the kettle for it"]), "full stop"),
        (lambda f: f["facts"][0].update(excludes=["nobody"]), "unknown id"),
        (lambda f: f["scenes"][0].update(states=["nobody"]), "unknown id"),
    ],
)  # fmt: skip
def test_each_fault_is_named(change, fault: str) -> None:
    changed = fields()
    change(changed)
    assert fault in faults(**changed)


def test_twins_are_found() -> None:
    changed = fields()
    for ruling in changed["rulings"]:
        if ruling["option"] == "flask":
            ruling["says"] = "violates" if ruling["fact"] in VIOLATED["samovar"] else "fits"
    assert "twin options: flask and samovar" in faults(**changed)


def test_an_option_that_everything_rules_out_is_unreachable() -> None:
    changed = fields()
    for ruling in changed["rulings"]:
        if ruling["option"] == "kettle":
            ruling["says"] = "violates"
    assert "unreachable option: kettle" in faults(**changed)


@pytest.mark.parametrize(
    "change", [{"id": "other"}, {"options": []}, {"facts": []}, {"surprise": 1}, {"treats": ["1.1.1"]}]
)
def test_a_malformed_file_is_refused(change: dict) -> None:
    with pytest.raises(InputError, match="boiling"):
        model(**change)


def test_a_reason_that_its_passage_does_not_carry_is_a_fault() -> None:
    found = examine(model(), lambda place: True, lambda reason: getattr(reason, "option", "") != "samovar")
    assert found.faults
    assert all(fault.startswith("untold reason: ") and "× samovar" in fault for fault in found.faults)


def test_a_name_that_stands_twice_is_refused() -> None:
    """Plain YAML would take the last one and lose the first without a word."""
    text = yaml.safe_dump(fields()) + "facts: []\n"
    with pytest.raises(InputError, match="'facts' stands twice"):
        read_model(text, name="boiling")
