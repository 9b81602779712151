"""What is read first of an answer, and what is folded."""

from tutor.answer.layout import FIRST_BEHIND, AnswerStatement, Part, fold


def part(name: str, count: int) -> Part:
    return name, tuple(AnswerStatement(f"{name} {number}.", (1,), name) for number in range(count))


def said(parts: list[Part]) -> list[str]:
    return [one.text for _, told in parts for one in told]


def test_the_best_of_the_part_behind_what_leads_is_read_first_and_its_rest_is_folded() -> None:
    parts = [part("", 2), part("How it works", FIRST_BEHIND + 3), part("Limits", 2), part("Steps", 6)]
    first, rest = fold(parts)
    assert said(first) == said([part("", 2), part("How it works", FIRST_BEHIND), part("Steps", 6)])
    assert [name for name, _ in rest] == ["How it works", "Limits"]
    assert sorted(said(first) + said(rest)) == sorted(said(parts)), "nothing is lost"


def test_steps_are_never_cut() -> None:
    first, _ = fold([part("", 1), part("Steps", FIRST_BEHIND + 5), part("Limits", 4)])
    assert len(first[1][1]) == FIRST_BEHIND + 5


def test_a_short_rest_is_shown() -> None:
    parts = [part("", 1), part("How it works", FIRST_BEHIND + 1), part("Limits", 1)]
    assert fold(parts) == (parts, [])
