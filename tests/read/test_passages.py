from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SMALL_CORPUS
from tutor.read.document import Document
from tutor.read.pages import read_page
from tutor.read.passages import LONGEST_WORDS, cut, objectives, slug

LINE = st.sampled_from(
    ["", "## One", "### Two *deep*", "A plain sentence.", "- an entry", "1. a step", "| a | b |", "|---|---|", "```",
     "# in code?", "   ", "word " * 60, "ünïcödé 🙂 text", "```sql", "~~~"]
)  # fmt: skip


def document(text: str) -> Document:
    return Document(id="doc", title="Title", text=text, body_start=0)


@given(st.lists(LINE, max_size=40).map("\n".join))
def test_every_passage_is_found_at_its_offsets_and_nothing_but_headings_is_lost(text: str) -> None:
    passages = cut(document(text))
    covered = set()
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip("\n")
        covered |= set(range(passage.start, passage.end))
    ids = [passage.id for passage in passages]
    assert len(ids) == len(set(ids))
    left_out = "".join(sign for number, sign in enumerate(text) if number not in covered)
    assert all(not line.strip() or line.lstrip().startswith("#") for line in left_out.splitlines())


@given(st.lists(LINE, max_size=40).map("\n".join))
def test_code_is_never_cut_in_two(text: str) -> None:
    for passage in cut(document(text)):
        fences = [line for line in passage.text.splitlines() if line.strip().startswith(("```", "~~~"))]
        mixed = any("```" in line for line in fences) and any("~~~" in line for line in fences)
        assert len(fences) % 2 == 0 or passage.end == len(text.rstrip()) or mixed


def test_a_page_is_cut_at_its_headings() -> None:
    page = read_page(
        (SMALL_CORPUS / "docs" / "kettle-forecasting.md").read_text(encoding="utf-8"), name="kettle-forecasting"
    )
    passages = {passage.id: passage for passage in cut(page)}
    assert list(passages)[:3] == [
        "kettle-forecasting#what-it-is",
        "kettle-forecasting#when-to-choose-it",
        "kettle-forecasting#when-not-to-choose-it",
    ]
    steps = passages["kettle-forecasting#steps"]
    assert "# not a heading" in steps.text
    assert steps.heading == "Steps"
    assert steps.objectives == ("1.1",)


def test_long_stretches_are_cut_between_blocks_and_a_table_stays_whole() -> None:
    paragraph = "word " * 90
    table = "\n".join(["| a | b |", "|---|---|", *["| cell | cell |"] * 120])
    passages = cut(document(f"## Long\n\n{paragraph}\n\n{paragraph}\n\n{table}\n\n{paragraph}"))
    assert [passage.id for passage in passages] == ["doc#long", "doc#long.2", "doc#long.3"]
    assert passages[1].text == table
    assert all(len(p.text.split()) <= LONGEST_WORDS or p.text == table for p in passages)


def test_text_before_the_first_heading_stands_under_the_title() -> None:
    assert cut(document("Opening words.\n\n# Later\n\nMore."))[0].headings == ("Title",)


def test_slug() -> None:
    assert slug("What it is") == "what-it-is"
    assert slug("???") == "text"


def test_objectives_of_an_edition() -> None:
    treats = ("2026-06/4.2.4", "2026-06/4.2.1", "2024-10/5.1.6", "2026-06/6.1.1")
    assert objectives(treats) == ("4.2", "6.1")
    assert objectives(treats, "2024-10") == ("5.1",)
