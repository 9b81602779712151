from __future__ import annotations

from tutor.read.pdf.lines import Line, lines_of
from tutor.read.pdf.margins import without_margins
from tutor.read.pdf.pen import Word

HEIGHT = 800.0


def page(*lines: tuple[float, str], size: float = 10.0, bold: bool = False) -> list[Line]:
    words = []
    for base, text in lines:
        left = 72.0
        for word in text.split():
            words.append(Word(word, left, left + 5 * len(word), base, size, bold=bold))
            left += 5 * len(word) + 3
    return lines_of(words)


def kept(*pages: list[Line]) -> list[list[str]]:
    return [[line.text for line in lines] for lines in without_margins([(lines, HEIGHT) for lines in pages])]


def test_titles_and_page_numbers_that_run_are_taken_off():
    pages = [
        page((770, "Kettle guide"), (700, f"Text {one}"), (400, "More"), (30, f"Page {number} of 3"))
        for number, one in enumerate("abc", 1)
    ]
    assert kept(*pages) == [[f"Text {one}", "More"] for one in "abc"]


def test_a_chapters_title_over_two_pages_of_many_is_taken_off_where_it_stands_apart():
    pages = [
        page(
            (760, f"Chapter {number // 2}: {'abc'[number // 2]}"),
            (690, f"Text {number}"),
            (600, "Water boils in time."),
        )
        for number in range(6)
    ]
    assert kept(*pages) == [[f"Text {number}", "Water boils in time."] for number in range(6)]


def test_text_that_comes_twice_is_kept_where_it_does_not_stand_apart():
    pages = [page((730, "Considerations include:"), (716, f"Text {number}"), (702, "x")) for number in range(2)]
    pages += [page((730, f"Other {number}"), (716, "y")) for number in range(6)]
    assert all("Considerations include:" in lines for lines in kept(*pages)[:2])


def test_numbered_headings_at_the_top_of_pages_are_kept():
    pages = [
        page((760, f"Section {number}"), size=16) + page((690, f"Text {number}"), (600, "Water boils in time."))
        for number in range(1, 5)
    ]
    assert [lines[0] for lines in kept(*pages)] == [f"Section {number}" for number in range(1, 5)]


def test_a_number_in_the_text_is_kept():
    assert kept(page((700, "Text"), (400, "42"), (300, "Text"))) == [["Text", "42", "Text"]]
