from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from evals.gold_set import ExamItem, read_items
from evals.vet_items import ItemVetter, read_item_readings, unread, walk_items
from tutor.errors import InputError


def item(name: str, key: str = "A") -> ExamItem:
    options = {"A": "Use Kettle", "B": "Use Samovar"}
    return ExamItem(id=name, question="What fits?", options=options, key=(key,), why="It runs itself.", split="held")


ITEMS = [item("t-1"), item("t-2"), item("t-3")]


def walked(path: Path, *typed: str) -> tuple[int, list[str]]:
    said: list[str] = []
    answers: Iterator[str] = iter(typed)
    vetter = ItemVetter("second reader", date(2026, 11, 21), lambda _: next(answers), said.append)
    return walk_items(ITEMS, vetter, path), said


def test_who_finds_the_key_blind_agrees_and_never_sees_it_first(tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    kept, said = walked(path, "a", "q")
    assert kept == 1
    assert not any("It runs itself" in one for one in said)
    (reading,) = read_item_readings(path)
    assert (reading.item, reading.chose, reading.verdict) == ("t-1", ("A",), "agrees")


def test_who_does_not_sees_the_reason_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    kept, said = walked(path, "b", "t", "“Both” fit.", "", "b", "", "")
    assert (kept, any("It runs itself" in one for one in said)) == (2, True)
    first, second = read_item_readings(path)
    assert (first.verdict, first.note) == ("two right", "“Both” fit.")
    assert (second.item, second.verdict) == ("t-3", "unclear")
    assert [one.id for one in unread(ITEMS, (first, second))] == ["t-2"]
    assert walked(path, "a")[0] == 1, "a walk goes on where it stopped"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    assert read_item_readings(path) == ()
    path.write_text("- {item: t-1}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"readings\.yaml"):
        read_item_readings(path)


def test_so_many_items_have_a_second_reading_and_none_is_held_against_its_key() -> None:
    known = {one.id for one in read_items()}
    readings = read_item_readings()
    assert len({one.item for one in readings}) >= 150
    assert {one.item for one in readings} <= known
    assert all(one.verdict in ("agrees", "corrected") for one in readings)
