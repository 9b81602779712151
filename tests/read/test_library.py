from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.read.extract import Extract
from tutor.read.library import Library, as_document, identify
from tutor.read.passages import cut

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


def note(text: str = "# Kettles\n\nKettles boil.", origin: str = "/home/me/kettles.md") -> Extract:
    return Extract(text, "markdown", origin, "Kettles")


def test_what_is_put_comes_back_and_the_same_origin_replaces_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    first = library.put("own", note(), NOON)
    again = library.put("own", note("# Kettles\n\nKettles whistle."), LATER)
    assert first.id == again.id
    assert [entry.text for entry in library.entries("own")] == ["# Kettles\n\nKettles whistle."]
    assert library.put("own", note(origin="/elsewhere/kettles.md"), NOON).id != first.id


def test_a_removed_document_can_be_put_back(tmp_path: Path) -> None:
    library = Library(tmp_path)
    entry = library.put("own", note(), NOON)
    assert library.remove(entry.id) == entry
    assert list(library.entries("own")) == []
    assert library.put_back() == entry
    assert list(library.entries("own")) == [entry]
    with pytest.raises(InputError, match="Nothing was removed"):
        library.put_back()
    with pytest.raises(InputError, match="no document 'nothing'"):
        library.remove("nothing")


def test_an_entry_becomes_a_document_with_its_page_as_source(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("own", note(), NOON)
    library.put("official", note(origin="https://docs.example.com/kettles"), NOON)
    own, official = library.documents()
    assert (own.layer, own.sources, official.layer) == ("own", (), "official")
    assert official.sources[0].url == "https://docs.example.com/kettles"
    assert cut(official)[0].heading == "Kettles"
    assert as_document(next(library.entries("own")), "own") == own


@pytest.mark.parametrize(
    ("first", "second", "changed_on"),
    [
        ("Same.", "Same.", ""),
        ("Old.", "New.", "2026-11-23"),
        ("Old.", "New. Last updated 2026-11-21 UTC.", "2026-11-21"),
        ("Text. Last updated 2026-10-16 UTC.", "Text. Last updated 2026-10-16 UTC.", "2026-10-16"),
    ],
)
def test_the_day_of_a_change_is_the_one_that_the_page_says_or_that_was_seen(
    tmp_path: Path, first: str, second: str, changed_on: str
) -> None:
    library = Library(tmp_path)
    library.put("official", note(first, "https://a.example"), NOON)
    assert library.put("official", note(second, "https://a.example"), LATER).changed_on == changed_on


def test_a_change_stays_known_when_nothing_changes_afterwards(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for text, at in (("Old.", NOON), ("New.", LATER), ("New.", LATER + timedelta(days=9))):
        entry = library.put("official", note(text, "https://a.example"), at)
    assert entry.changed_on == "2026-11-23"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    library = Library(tmp_path)
    entry = library.put("own", note(), NOON)
    path = tmp_path / "own" / f"{entry.id}.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=entry.id):
        list(library.entries("own"))


def test_a_shelf_that_cannot_be_written_is_said_and_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("in the way")
    with pytest.raises(InputError, match="could not be kept"):
        Library(tmp_path).put("own", note(), NOON)


def test_ids_are_readable_and_differ_by_origin() -> None:
    assert identify("/a/My Notes.pdf").startswith("my-notes-")
    assert identify("https://x.example/docs/kettles/").startswith("kettles-")
    assert identify("/a/n.md") != identify("/b/n.md")
