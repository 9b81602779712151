from tutor.practice.weakness import weakest


def test_the_objective_missed_most_is_weakest_and_one_mistake_does_not_outweigh_many() -> None:
    outcomes = [("1.1", True), ("1.1", False), *[("2.1", False)] * 5, ("3.1", False)]
    assert weakest(outcomes) == "2.1"


def test_without_mistakes_nothing_is_weak() -> None:
    assert weakest([]) is None
    assert weakest([("1.1", True)] * 3) is None
