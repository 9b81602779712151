import pytest
import yaml

from tutor.author.practice_item import read_item
from tutor.errors import InputError
from tutor.review.edit import as_text, mended

ITEM = {
    "id": "kettle-1",
    "kind": "decision",
    "treats": ["2026-06/4.2.1"],
    "stem": "A tea house runs in the EU.\nIt has no staff.\n\nWhat fits?",
    "ask": "What fits?",
    "options": {"A": "Use Kettle", "B": "Use Samovar"},
    "option_ids": ["kettle", "samovar"],
    "key": ["A"],
    "circumstances": ["no-staff"],
    "model": "kettle",
    "seed": "7/0",
    "hardness": 0.5,
    "explanations": {"A": "Kettle runs itself. [1]", "B": "“It has no staff” rules it out: Samovar is watched. [2]"},
    "statements": [
        [["Kettle runs itself.", [1]]],
        [["“It has no staff” rules it out:", []], ["Samovar is watched.", [2]]],
    ],
    "citations": [
        {"n": 1, "passage": "kettle#what", "quote": "Kettle runs itself."},
        {"n": 2, "passage": "samovar#what", "quote": "Somebody watches the samovar."},
    ],
}


def test_an_item_that_nobody_changed_comes_back_as_it_was() -> None:
    assert mended(as_text(ITEM), ITEM) == ITEM
    assert read_item(mended(as_text(ITEM), ITEM)) == read_item(ITEM)


def test_what_is_changed_is_in_the_mended_item_and_nothing_else() -> None:
    told = yaml.safe_load(as_text(ITEM))
    told["key"] = ["B"]
    told["explanations"]["A"] = ["Kettle needs hands. [2] [1]"]
    found = mended(yaml.safe_dump(told), ITEM)
    assert (found["key"], found["statements"][0]) == (["B"], [["Kettle needs hands.", [2, 1]]])
    assert {name for name in ITEM if found[name] != ITEM[name]} == {"key", "explanations", "statements"}


def test_an_item_without_kept_sentences_can_be_edited() -> None:
    bare = {name: value for name, value in ITEM.items() if name not in ("statements", "citations")}
    bare |= {"explanations": {"A": "It fits.", "B": "It does not."}}
    assert mended(as_text(bare), bare)["explanations"] == bare["explanations"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[1]", "[7]", "Quote 7 is not among those of the item: 1, 2"),
        ("key:\n- A", "key:\n- F", "names F"),
        ("  B: Use Samovar", "  C: Use Samovar", "keep the letters A, B"),
        ("ask: What fits?", "ask: ''", "cannot be read"),
        ("ask:", "ask: [", "cannot be read"),
        ("key:", "answer:", "cannot be read"),
    ],
)
def test_an_edit_that_is_no_item_says_what_is_wrong(old: str, new: str, fault: str) -> None:
    head, text = as_text(ITEM).split("\n", 1)
    assert old in text
    with pytest.raises(InputError, match=fault):
        mended(f"{head}\n{text.replace(old, new)}", ITEM)
