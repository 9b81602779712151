import pytest

from tutor.read.guides.mending import mend


def test_a_contents_table_goes_and_a_percentage_behind_dots_stays():
    text = "Domain 1: Streams ........ 12\nDomain 2: Tables . . . . . iv\nStorage ........ 25%"
    assert mend(text).strip() == "Storage 25%"


def test_running_titles_go_and_headings_and_entries_stay():
    running = "Version 2.4 MLS-C01 {} | PAGE"
    lines = [
        running.format(1),
        "- Version schemas",
        running.format(2),
        "- Version schemas",
        "# Version",
        running.format(3),
    ]
    kept = [line for line in mend("\n".join(lines)).split("\n") if line]
    assert kept == ["- Version schemas", "- Version schemas", "# Version"]


def test_a_line_repeated_in_a_guide_is_not_taken_for_furniture():
    text = "Internal audits\nKnowledge of:\nInternal audits\nKnowledge of:\nInternal audits\nKnowledge of:"
    assert mend(text) == text


def test_page_numbers_go_where_they_count_up():
    assert [line for line in mend("a\n1\nb\n2\nc\n3\nPage 4 of 9\n5/9").split("\n") if line] == ["a", "b", "c"]


def test_numbers_that_do_not_count_pages_stay():
    assert "7" in mend("a\n7\nb\n3\nc").split("\n")


def test_glued_bullets_and_numbers_get_lines_of_their_own():
    text = (
        "1.1 Designing. Considerations include: ● Data ● Models (e.g.,\n"
        "ARIMA) ● Cost 1.2 Building. Considerations include: ● Tools"
    )
    assert mend(text).split("\n") == [
        "1.1 Designing. Considerations include:",
        "- Data",
        "- Models (e.g.,",
        "ARIMA)",
        "- Cost",
        "1.2 Building. Considerations include:",
        "- Tools",
    ]


def test_a_dot_in_a_sentence_is_no_glued_number():
    assert mend("Use TensorFlow 2.0 Keras models") == "Use TensorFlow 2.0 Keras models"


@pytest.mark.parametrize("number", ["1.1", "2a", "1.1.a", "1.0"])
def test_a_number_torn_off_its_line_comes_back(number):
    assert mend(f"{number}\n\nDeploy models") == f"{number} Deploy models"


def test_cramped_numbers_are_parted_only_where_there_are_many():
    assert mend("1aExplain the file") == "1aExplain the file"
    cramped = "\n".join(f"{n}{letter}Explain the file" for n in (1, 2) for letter in "abc")
    assert mend(cramped).split("\n")[0] == "1a Explain the file"


def test_escapes_of_markdown_go():
    assert mend(r"1\. Build \*models\*") == "1. Build *models*"
