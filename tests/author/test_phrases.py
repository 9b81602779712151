import random
import re

from tutor.author.phrases import PHRASES, Circumstance, Phrases, main_clause

LONG = (
    "Lawyers have graded three thousand replies of the last year by a written guideline; "
    "a general judge agrees with them on half of these."
)
APART = (
    "Calls of the evening arrive in bursts of four hundred within a few seconds, "
    "and the budget of the department covers no machine that waits for them at night."
)


NAMED = Circumstance("the rows that may not leave", "The rows may not leave.")


def test_no_phrase_comes_again_before_the_others_of_its_kind() -> None:
    phrases = Phrases(random.Random(1))
    picked = [phrases.pick("wrong, before", "the rule") for _ in PHRASES["wrong, before"]]
    assert len(set(picked)) == len(PHRASES["wrong, before"])


def test_a_circumstance_is_called_by_its_name_before_or_behind_a_reason() -> None:
    phrases = Phrases(random.Random(1))
    tied = [phrases.tie("wrong", NAMED, "Exports copy rows.", can_follow=True) for _ in range(40)]
    assert all(NAMED.name in before + behind for before, behind in tied)
    assert all(bool(before) != bool(behind) for before, behind in tied)
    assert 5 < sum(bool(before) for before, _ in tied) < 35
    assert all(before for before, _ in (phrases.tie("wrong", NAMED, "", can_follow=False) for _ in range(40)))


def test_without_a_name_a_circumstance_is_told_as_a_whole_clause_or_not_at_all() -> None:
    phrases = Phrases(random.Random(1), {"calls"})
    short = Circumstance("", NAMED.wording)
    assert "because the rows may not leave:" in phrases.tie("wrong", short, "Exports copy rows.", can_follow=True)[0]
    assert phrases.tie("right", Circumstance("", "Kettles boil: water sings."), "", can_follow=True) == ("", "")
    assert phrases.tie("right", Circumstance("", ""), "Exports copy rows.", can_follow=True) == ("", "")


def test_no_phrase_with_a_name_depends_on_its_number() -> None:
    for kind in ("right, before", "right, behind", "wrong, before", "wrong, behind"):
        for form in PHRASES[kind]:
            assert not re.search(r"\} (?:is|are|has|have|\w+s)\b", form), form


def test_of_a_long_circumstance_the_part_that_is_nearest_to_the_reason_is_told() -> None:
    assert main_clause("The rows may not leave.", "Machines wait.") == "The rows may not leave."
    assert main_clause(APART.replace(" for them", ""), "A machine that waits is billed at night.").startswith(
        "the budget"
    )
    assert main_clause(APART, "Bursts within seconds are queued.").startswith("Calls of the evening")


def test_a_part_that_stands_for_something_before_it_is_not_told_alone() -> None:
    assert main_clause(LONG, "A general judge is one model.").startswith("Lawyers have graded")
