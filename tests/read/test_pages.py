from datetime import date
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tutor.errors import PageError
from tutor.read.pages import read_page, read_pages

GOOD = (SMALL_CORPUS / "docs" / "samovar-vision.md").read_text(encoding="utf-8")


def test_a_page_keeps_its_front_matter_and_its_body() -> None:
    page = read_page(GOOD, name="samovar-vision")
    assert (page.id, page.title, page.names, page.treats) == (
        "samovar-vision",
        "Samovar vision",
        ("Samovar",),
        ("2026-06/1.2.1",),
    )
    assert page.sources[0].url == "https://docs.example.com/samovar-vision"
    assert page.sources[0].checked == date(2026, 11, 20)
    assert page.text[page.body_start :].lstrip().startswith("## What it is")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("---\n", "", "no front matter"),
        ("title: Samovar vision", "title: [", "not YAML"),
        ("title: Samovar vision", "titel: Samovar vision", "title"),
        ("id: samovar-vision", "id: other", "must be the same"),
        ("id: samovar-vision", "id: Samovar Vision", "id"),
        ("    checked: 2026-11-20\n", "", "sources.0.checked"),
        ("https://docs.example.com/samovar-vision", "docs.example.com", "sources.0.url"),
        ("names: [Samovar]", "names: []", "names"),
        ("2026-06/1.2.1", "1.2.1", "treats.0"),
    ],
)
def test_a_faulty_page_is_refused_with_its_name_and_the_fault(old: str, new: str, fault: str) -> None:
    with pytest.raises(PageError, match=fault) as raised:
        read_page(GOOD.replace(old, new, 1), name="samovar-vision")
    assert "samovar-vision" in str(raised.value)


def test_two_pages_with_one_id_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "samovar-vision.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PageError, match="same id"):
        list(read_pages(tmp_path))
