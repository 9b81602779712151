import pytest

from tutor.author.wanted import Wanted
from tutor.errors import InputError


@pytest.mark.parametrize(
    ("wanted", "treats", "admitted"),
    [
        (Wanted(), "2026-06/4.2.1", True),
        (Wanted(), "2023/4.2.1", False),
        (Wanted(edition="2023"), "2023/4.2.1", True),
        (Wanted(section="4"), "2026-06/4.2.1", True),
        (Wanted(section="4"), "2026-06/1.4.1", False),
        (Wanted(objective="4.2"), "2026-06/4.2.1", True),
        (Wanted(objective="4.1"), "2026-06/4.12.1", False),
        (Wanted(consideration="4.2.1"), "2026-06/4.2.1", True),
        (Wanted(consideration="4.2.1"), "2026-06/4.2.10", False),
    ],
)
def test_a_wish_admits_what_lies_below_it(wanted: Wanted, treats: str, admitted: bool) -> None:
    assert wanted.admits(treats) == admitted


def test_the_number_of_options_follows_the_number_of_keys() -> None:
    assert [Wanted(choose=count).shown for count in (1, 2, 3)] == [4, 5, 6]
    assert Wanted(options=3).shown == 3


@pytest.mark.parametrize(
    "wish", [{"choose": 4}, {"choose": 0}, {"options": 2}, {"options": 7}, {"options": 3, "choose": 3}]
)
def test_what_cannot_be_shown_is_refused_with_the_next_step(wish: dict) -> None:
    with pytest.raises(InputError, match="Ask for"):
        Wanted(**wish)
