import errno
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.read.extract import extract
from tutor.read.guides.guide import read_guide
from tutor.read.guides.own_guides import OwnGuides

GUIDES = Path(__file__).parents[1] / "fixtures" / "guides"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path):
    return OwnGuides(tmp_path / "guides")


def blueprint(name="ranges.md"):
    return read_guide(extract((GUIDES / name).read_bytes(), name=name))


def test_what_was_kept_comes_back_as_it_was(shelf):
    kept = shelf.add(blueprint(), "ranges.md", NOON)
    assert shelf.guides() == [kept]
    assert shelf.guides()[0].blueprint == blueprint()


def test_the_guide_added_last_comes_last(shelf):
    shelf.add(blueprint("tasks.md"), "tasks.md", NOON)
    shelf.add(blueprint("ranges.md"), "ranges.md", NOON - timedelta(days=1))
    assert [guide.origin for guide in shelf.guides()] == ["ranges.md", "tasks.md"]


def test_the_same_guide_twice_has_two_ids(shelf):
    first, second = (shelf.add(blueprint(), "ranges.md", NOON + timedelta(hours=hour)) for hour in (0, 1))
    assert first.id != second.id
    assert len(shelf.guides()) == 2


def test_the_last_one_added_is_removed_and_put_back(shelf):
    shelf.add(blueprint("tasks.md"), "tasks.md", NOON)
    last = shelf.add(blueprint("ranges.md"), "ranges.md", NOON + timedelta(hours=1))
    assert shelf.remove() == last
    assert [guide.origin for guide in shelf.guides()] == ["tasks.md"]
    assert shelf.put_back() == last
    assert shelf.guides()[-1] == last


def test_removing_names_what_there_is(shelf):
    kept = shelf.add(blueprint(), "ranges.md", NOON)
    with pytest.raises(InputError, match=kept.id):
        shelf.remove("own-other")
    shelf.remove(kept.id)
    with pytest.raises(InputError, match="no guide of yours"):
        shelf.remove()


def test_nothing_to_put_back_is_said(shelf):
    with pytest.raises(InputError, match="No guide was removed"):
        shelf.put_back()


def test_a_guide_put_back_takes_the_place_of_no_other(shelf):
    first = shelf.add(blueprint(), "first.md", NOON)
    shelf.remove()
    second = shelf.add(blueprint(), "second.md", NOON + timedelta(hours=1))
    assert second.id == first.id
    assert shelf.put_back().id != second.id
    assert {guide.origin for guide in shelf.guides()} == {"first.md", "second.md"}


def test_an_overview_without_an_outline_is_not_studied_by(shelf):
    overview = blueprint("seed-overview.txt")
    with pytest.raises(InputError, match="lists no sections"):
        shelf.add(overview, "seed-overview.txt", NOON)
    assert shelf.guides() == []


def test_an_outline_without_objectives_counts_none(shelf):
    notes = shelf.add(blueprint("seed-notes.md"), "notes.md", NOON).edition.summary()
    assert (notes["sections"], notes["objectives"], notes["considerations"]) == (6, 0, 16)


def test_a_name_is_cut_between_words(shelf):
    named = replace(blueprint(), title="Professional Machine Learning Engineer", edition="beta")
    assert shelf.add(named, "x.md", NOON).id == "own-professional-machine-learning"
    assert shelf.add(replace(named, title="x" * 99), "x.md", NOON).id == "own-" + "x" * 32


def test_a_folder_that_cannot_be_written_is_said(shelf, monkeypatch):
    shelf.add(blueprint(), "ranges.md", NOON)

    def refuse(self, target):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match=r"Read-only file system.*TUTOR_HOME"):
        shelf.remove()


def test_a_file_altered_by_hand_is_named(shelf, tmp_path):
    kept = shelf.add(blueprint(), "ranges.md", NOON)
    path = tmp_path / "guides" / f"{kept.id}.json"
    path.write_text(path.read_text().replace('"title"', '"titel"', 1))
    with pytest.raises(InputError, match="no longer a guide"):
        shelf.guides()


def test_nothing_half_written_stays_where_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "guides").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="could not be kept"):
        OwnGuides(tmp_path / "guides").add(blueprint(), "ranges.md", NOON)
    assert [path.name for path in tmp_path.iterdir()] == ["guides"]
