import pytest

from evals.planted import Planted, measure_lint, read_planted
from tutor.author.checks.lint import RULES, lint, named

PLANTED = list(read_planted())
MISSED = {
    "implausible distractor: How should the team release",
    "gratuitous information: Which check tells first",
    "grammatical cue: The notes are prepared by",
    "lost sequence: When would the job end?",
    "more than one correct: Which check tells first",
}
"""What no rule sees: nonsense in good form, idle facts in few words, months, and what is right in fact."""


@pytest.mark.parametrize("planted", [one for one in PLANTED if not one.flaw], ids=lambda one: one.item.ask)
def test_a_good_item_has_no_flaw(planted: Planted) -> None:
    assert [fault.text for fault in lint(planted.item)] == []


def test_planted_flaws_are_found_save_those_that_are_known_to_be_missed() -> None:
    missed = measure_lint(PLANTED)["missed"]
    assert {next((known for known in MISSED if told.startswith(known)), told) for told in missed} == MISSED


def test_every_rule_has_flaws_planted_for_it() -> None:
    figures = measure_lint(PLANTED)
    assert figures["planted"] >= 60
    assert all(told["planted"] >= 2 and told["found"] >= 1 for told in figures["flaws"].values())


def test_a_flaw_is_told_with_its_place_and_words() -> None:
    item = next(one.item for one in PLANTED if one.flaw == "none of the above")
    fault = next(fault for fault in lint(item) if fault.name == "none of the above")
    assert fault.text == "none of the above in D: None of the above"
    assert named([fault, fault]) == ["none of the above"]


def test_all_nineteen_have_a_rule() -> None:
    assert len(RULES) == 20
