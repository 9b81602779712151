import random

from tutor.author.phrases import PHRASES, Phrases, main_clause

LONG = (
    "Lawyers have graded three thousand replies of the last year by a written guideline; "
    "a general judge agrees with them on half of these."
)
APART = (
    "Calls of the evening arrive in bursts of four hundred within a few seconds, "
    "and the budget of the department covers no machine that waits for them at night."
)


def test_no_phrase_comes_again_before_the_others_of_its_kind() -> None:
    phrases = Phrases(random.Random(1))
    picked = [phrases.pick("wrong, recalled", "the rule") for _ in PHRASES["wrong, recalled"]]
    assert len(set(picked)) == len(PHRASES["wrong, recalled"])


def test_a_short_circumstance_is_told_behind_a_reason_and_recalled_before_one() -> None:
    phrases = Phrases(random.Random(1))
    where, said = phrases.circumstance("wrong", "The rows may not leave.", "Exports copy rows.", is_new=True)
    assert where == "behind"
    assert "the rows may not leave." in said
    where, said = phrases.circumstance("wrong", "The rows may not leave.", "Exports copy rows.", is_new=False)
    assert where == "before"
    assert "“The rows may not leave”" in said
    assert said.endswith(":")


def test_of_a_long_circumstance_the_part_that_is_nearest_to_the_reason_is_told() -> None:
    assert main_clause("The rows may not leave.", "Machines wait.") == "The rows may not leave."
    assert main_clause(APART.replace(" for them", ""), "A machine that waits is billed at night.").startswith(
        "the budget"
    )
    assert main_clause(APART, "Bursts within seconds are queued.").startswith("Calls of the evening")


def test_a_part_that_stands_for_something_before_it_is_not_told_alone() -> None:
    assert main_clause(LONG, "A general judge is one model.").startswith("Lawyers have graded")
