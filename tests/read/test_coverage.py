from tutor.read.coverage import Size, by_objective, cover, measure, unknown
from tutor.read.document import Document
from tutor.read.guides.blueprint import Blueprint, Consideration, Objective, Section
from tutor.read.guides.editions import load_editions
from tutor.read.pages import read_pages
from tutor.settings import PROJECT

CONSIDERATIONS = (Consideration("Choose", id="1.1.1"), Consideration("Fill", id="1.1.2"))
GUIDE = Blueprint(
    title="Tea", sections=(Section("1", "Boiling", objectives=(Objective("1.1", "Kettles", CONSIDERATIONS),)),)
)
PAGES = [
    Document("one", "One", "a b c", 0, treats=("2026-06/1.1.1",)),
    Document("two", "Two", "d e", 0, treats=("2026-06/1.1.1", "2026-06/9.9.9")),
]


def test_each_consideration_knows_its_pages() -> None:
    choose, fill = cover(PAGES, {"2026-06": GUIDE})
    assert (choose.pages, choose.words, choose.is_thin) == (("one", "two"), 5, False)
    assert (fill.pages, fill.is_thin, fill.objective) == ((), True, "1.1")


def test_sizes_and_objectives() -> None:
    lines = cover(PAGES, {"2026-06": GUIDE})
    assert by_objective(lines) == {"2026-06 1.1": {"one", "two"}}
    assert measure(PAGES) == Size(pages=2, words=5, passages=2)


def test_claims_that_no_guide_has_are_found() -> None:
    assert unknown(PAGES, {"2026-06": GUIDE}) == ["two: 2026-06/9.9.9"]


def test_the_shipped_corpus_covers_every_consideration_of_every_edition_twice() -> None:
    editions = {e.id.partition("-")[2]: e.blueprint for e in load_editions(PROJECT / "corpus" / "guides")}
    pages = list(read_pages(PROJECT / "corpus" / "docs"))
    assert [f"{line.edition}/{line.number}" for line in cover(pages, editions) if line.is_thin] == []
    assert unknown(pages, editions) == []
