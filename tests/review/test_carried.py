"""What comes from another machine is read whole before anything is kept, and what is strange is refused by its line."""

import pytest

from tests.test_review import TOLD
from tutor.errors import InputError
from tutor.review.carried import read_carried

FLAG = {
    "record": "flag",
    "target": "item",
    "target_id": "kettle-1",
    "cause": "unclear",
    "words": "",
    "by": "me",
    "at": "2026-11-21T12:00:00+00:00",
    "shown": TOLD,
}
RULING = {
    "record": "ruling",
    "id": "r1",
    "case": "item:kettle-1:unclear",
    "verdict": "uphold",
    "remedy": "retire",
    "words": "Vague.",
    "by": "first",
    "at": "2026-11-21T12:00:00+00:00",
    "taken_back": False,
    "bonds": [{"kind": "item", "value": "kettle-1", "case": "item:kettle-1:unclear"}],
}


def test_flags_and_rulings_are_read() -> None:
    assert read_carried(FLAG, 1).flag.shown == TOLD  # type: ignore[union-attr]
    ruling = read_carried({**RULING, "added later": 1}, 1)
    assert ruling.ruling.verdict == "uphold"  # type: ignore[union-attr]
    assert ruling.bonds[0].value == "kettle-1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "record",
    [
        [1],
        {},
        {**FLAG, "record": "attempt"},
        {**FLAG, "cause": "dull"},
        {**FLAG, "target": "page"},
        {**FLAG, "at": "yesterday"},
        {**FLAG, "at": "2026-11-21T12:00:00"},
        {**FLAG, "shown": {"stem": "Tea?"}},
        {**FLAG, "shown": {**TOLD, "explanations": {"A": "It fits."}}},
        {**RULING, "verdict": "perhaps"},
        {**RULING, "remedy": "none"},
        {**RULING, "words": ""},
        {**RULING, "bonds": [{"kind": "ruling", "value": "kettle|samovar", "case": "x"}]},
        {**RULING, "bonds": [{"kind": "spell", "value": "kettle", "case": "x"}]},
    ],
)
def test_what_is_strange_is_refused_by_its_line(record: object) -> None:
    with pytest.raises(InputError, match=r"line 7 is no .*Nothing was taken in"):
        read_carried(record, 7)
