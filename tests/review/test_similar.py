import pytest

from tutor.review.similar import similar

ITEM = {
    "id": "a",
    "model": "kettle",
    "stem": "A tea house runs in the EU.",
    "options": {"A": "Use Kettle", "B": "Use Samovar"},
    "option_ids": ["kettle", "samovar"],
    "key": ["A"],
    "circumstances": ["in-the-eu", "no-staff"],
}


def test_items_with_the_same_circumstances_and_key_are_likest() -> None:
    half = {**ITEM, "id": "b", "circumstances": ["no-staff", "cheap"], "option_ids": ["samovar", "kettle"]}
    same = {**ITEM, "id": "c"}
    # One of three circumstances shared, another key: 0.75 / 3. Below what is shown.
    assert [one.id for one in similar(ITEM, [half, same, ITEM])] == ["c"]
    also_key = {**half, "option_ids": ["kettle", "samovar"]}
    (one,) = similar(ITEM, [also_key])
    assert one.alike == pytest.approx(0.75 / 3 + 0.25)
    assert one.why == "the same circumstances: no-staff; the same key"


def test_items_without_a_model_are_compared_by_their_words() -> None:
    written = {**ITEM, "model": "", "circumstances": []}
    near = {**written, "id": "b", "stem": "A coffee house runs in the EU."}
    far = {**written, "id": "c", "stem": "Pods crash while a notebook starts."}
    assert [(one.id, one.why) for one in similar(written, [near, far])] == [("b", "told alike")]
    assert [one.id for one in similar(written, [{**near, "id": f"n{n}"} for n in range(9)], most=2)] == ["n0", "n1"]
