import pytest

from tests.author.situations import told_model, turn, two_turns
from tutor.author.explain import granted
from tutor.author.situations_soundness import situation_faults
from tutor.author.soundness import examine


def faults(*situations: dict, carried=granted) -> str:
    return "\n".join(situation_faults(told_model(*situations), carried))


def changed(place: int, **changes: object) -> dict:
    told = two_turns()
    told["turns"][place] = told["turns"][place] | changes
    return told


def test_a_sound_situation_has_no_faults() -> None:
    assert faults(two_turns()) == ""


def test_what_is_found_is_said_with_the_model() -> None:
    found = examine(told_model(two_turns(), two_turns()), lambda place: True).faults
    assert any("repeated situation: festival" in fault for fault in found)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (changed(0, states=["rows", "nowhere"]), "unknown: states nowhere"),
        (changed(0, prefers="most-work"), "unknown: prefers most-work"),
        (two_turns(offers=["kettle", "pot", "urn", "cup"]), "unknown: offers cup"),
        (two_turns(offers=["kettle", "pot", "urn", "samovar"]), "says why of flask, which it does not offer"),
        (changed(0, states=["rows"]), "exactly one offer must be left, not kettle, samovar"),
        (changed(0, states=["columns", "new-sites"]), "exactly one offer must be left, not none"),
        (changed(1, states=["new-sites", "rows"]), "2 turns have the same key: samovar"),
        (changed(0, states=["new-sites", "rows", "sql"]), "exactly one offer must be left, not none"),
        (changed(0, prefers="least-work"), "the preference least-work decides nothing"),
        (changed(0, tells="There are {many other sites."), "braces are open"),
        (changed(0, why={}), "says nothing of samovar"),
        (
            two_turns(turns=[turn("t", "They like it easy.", ["rows"], {"kettle": ["now"]}, prefers="least-work")]),
            "now does not speak for kettle here",
        ),
        (
            two_turns(why={"pot": {"by": ["now"], "so": ""}, "urn": {"by": ["explain"], "so": ""}}),
            "now does not rule out pot here",
        ),
        (changed(0, ask="Which samovar of the samovar kind, but not never, should they boil it in?"), "flaw in"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_faults_are_named(told: dict, fault: str) -> None:
    assert fault in faults(told)


def test_a_fact_that_decides_nothing_is_idle() -> None:
    told = two_turns()
    told["turns"][1]["states"] = ["columns", "rows", "stays"]
    told["offers"] = ["kettle", "pot", "samovar", "flask"]
    told["why"] = {"pot": {"by": ["explain"]}}
    told["turns"][1]["why"]["samovar"] = {"by": ["stays"]}
    assert "idle fact" not in faults(told), "it rules out the samovar"
    told["turns"] = [told["turns"][0]]
    told["turns"][0]["states"] = ["new-sites", "now"]
    told["turns"][0]["why"]["samovar"] = {"by": ["new-sites"]}
    assert "idle fact" not in faults(told), "it rules out the kettle, or points to the samovar"


def test_two_situations_decided_alike_are_one() -> None:
    assert "decided by the same circumstances as festival/new-sites" in faults(two_turns(), two_turns(id="wedding"))


def test_a_reason_that_its_passage_does_not_carry_cannot_be_told() -> None:
    assert "untold reason" in faults(two_turns(), carried=lambda given: False)
