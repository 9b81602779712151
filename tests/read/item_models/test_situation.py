import pytest

from tutor.read.item_models.situation import has_faulty_braces, tell_one_way


def test_one_way_is_told_and_the_same_braces_tell_the_same() -> None:
    ways = {tell_one_way("They own {six|eight} vans and {six|eight} drivers.", str(seed)) for seed in range(20)}
    assert ways == {"They own six vans and six drivers.", "They own eight vans and eight drivers."}
    for seed in map(str, range(20)):
        first, second = tell_one_way("{one|two|three} of them", seed), tell_one_way("again {one|two|three}", seed)
        assert first.split()[0] == second.split()[1]


def test_line_breaks_of_the_file_are_no_part_of_the_text() -> None:
    assert tell_one_way("A line\n  and another.\n", "") == "A line and another."


@pytest.mark.parametrize("text", ["{six|eight", "six|eight}", "{six}", "{six|six}", "{a|{b|c}}"])
def test_faulty_braces_are_found(text: str) -> None:
    assert has_faulty_braces(f"There are {text} of them.")


@pytest.mark.parametrize("text", ["none at all", "{six|eight} vans", "{a|b} and {c|d}"])
def test_sound_braces_are_let_through(text: str) -> None:
    assert not has_faulty_braces(text)
