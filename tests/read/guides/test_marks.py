import pytest

from tutor.read.guides.marks import opens_entry, read_count, read_mark, read_number


@pytest.mark.parametrize(
    ("text", "level", "number", "title"),
    [
        ("Section 1: Architecting", "section", "1", "Architecting"),
        ("Content Domain 2 – Reliability", "section", "2", "Reliability"),
        ("DOMAIN 3 — HONEY", "section", "3", "HONEY"),
        ("Domain IV. Operations", "section", "4", "Operations"),
        ("Section Two: Building", "section", "2", "Building"),
        ("Domain 1 Cloud Concepts", "section", "1", "Cloud Concepts"),
        ("Abschnitt 2: Planen", "section", "2", "Planen"),
        ("セクション 1: 設計", "section", "1", "設計"),
        ("Task Statement 1.1: Ingest data.", "objective", "1.1", "Ingest data."),
        ("Task statement 3: Use data stores", "objective", "3", "Use data stores"),
        ("Skill 1.1.2: Raise alarms", "consideration", "1.1.2", "Raise alarms"),
        ("1.1 - Understand ethics", None, "1.1", "Understand ethics"),
        ("1. 2 Building solutions", None, "1.2", "Building solutions"),
        ("2a. Describe the workflow", None, "2a", "Describe the workflow"),
        ("1.1.a Routers", None, "1.1.a", "Routers"),
        ("101.2 Boot the system", None, "101.2", "Boot the system"),
    ],
)
def test_labels_and_numbers_are_recognised(text, level, number, title):
    found = read_number(text)
    assert (found.level, found.number, found.title) == (level, number, title)


@pytest.mark.parametrize(
    "text",
    [
        "Section 1 of the exam covers models",
        "3D models",
        "5G networks",
        "2.0 and later",
        "60 questions",
        "Domain names",
        "e.g. one",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "depth", "first"), [("2 Make", 1, "2"), ("2.0 Make", 1, "2"), ("2.1 Make", 2, "2"), ("2b Make", 2, "2")]
)
def test_the_depth_of_a_number(text, depth, first):
    number = read_number(text) or read_count(text)
    assert (number.depth, number.first) == (depth, first)


def test_a_section_over_a_page_break_is_continued():
    number = read_number("Domain 2: Security (continued)")
    assert (number.title, number.continued) == ("Security", True)


def test_a_whole_number_counts_only_before_a_title():
    assert read_count("2. Create policies").title == "Create policies"
    assert read_count("3 Methods to measure").number == "3"
    assert read_count("60 questions in 120 minutes") is None


@pytest.mark.parametrize(
    ("line", "kind", "style", "rest"),
    [
        ("### 1.1 Title ###", "heading", "", "1.1 Title"),
        ("**Objects and Pages: 35%**", "heading", "", "Objects and Pages: 35%"),
        ("  - [ ] Technical", "bullet", "-", "Technical"),
        ("a) first", "bullet", "a)", "first"),
        ("12. twelfth", "bullet", "1.", "twelfth"),
        ("| a | b |", "row", "", "| a | b |"),
        ("Domain | % of exam |", "row", "", "Domain | % of exam |"),
        ("Length of exam\t3 hours", "row", "", "Length of exam\t3 hours"),
        ("**Length**: Two hours", "plain", "", "**Length**: Two hours"),
    ],
)
def test_the_mark_of_a_line(line, kind, style, rest):
    mark = read_mark(line)
    assert (mark.kind, mark.style, mark.rest) == (kind, style, rest)


def test_an_entry_opens_with_a_mark_and_a_rest_does_not():
    assert all(opens_entry(line) for line in ("- a", "1.1 Title", "Domain 1: Title", "# a", "| a |", "3. Title"))
    assert not any(opens_entry(line) for line in ("and so on", "(e.g., a, b)", "Engine clusters"))
