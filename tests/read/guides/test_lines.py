from tutor.read.guides.lines import plain_text, read_lines


def one(text):
    (line,) = read_lines(text)
    return line


def test_a_line_is_parted_into_mark_number_title_and_weight():
    line = one("## Section 1: Architecting low-code AI solutions (13% of the exam)")
    assert (line.kind, line.level, line.says) == ("heading", 2, "section")
    assert (line.number.number, line.title, line.weight) == ("1", "Architecting low-code AI solutions", 13)


def test_a_weight_may_stand_before_the_number():
    line = one("20% 1.0 Network Fundamentals")
    assert (line.number.number, line.title, line.weight) == ("1.0", "Network Fundamentals", 20)


def test_a_percentage_in_a_sentence_stays_in_it():
    line = one("- Skill 1.1.3: Cut the cost of logs by 20% or more")
    assert (line.weight, line.text) == (None, "Cut the cost of logs by 20% or more")


def test_a_row_has_its_number_title_and_weight_in_cells():
    line = one("| 3 | **Polishing** | 25% |")
    assert (line.kind, line.count.number, line.title, line.weight) == ("row", "3", "Polishing", 25)
    assert line.cells == ("3", "Polishing", "25%")


def test_bullets_nest_by_indentation_and_by_style():
    lines = read_lines("- a one\n  - b one\n    - c one\n- a two\n\nA. first\n1. inner\n2. inner\nB. second")
    assert [line.level for line in lines] == [0, 1, 2, 0, 0, 1, 1, 0]


def test_a_column_more_is_a_slip_and_no_nesting():
    assert [line.level for line in read_lines("- one\n - two\n- three")] == [0, 0, 0]


def test_a_weight_on_its_own_line_goes_to_the_title_before_it():
    (line,) = read_lines("Section 2: Managing data and models\n(~14% of the exam)")
    assert (line.title, line.weight) == ("Managing data and models", 14)


def test_a_weight_before_its_title_is_found_too():
    first, second = read_lines("25%\nStorage\n\n75%\nNetworks")
    assert (first.title, first.weight) == ("Storage", 25)
    assert (second.title, second.weight) == ("Networks", 75)


def test_a_broken_title_is_joined_with_the_rest_that_has_its_weight():
    (line,) = read_lines("Domain 1: Monitoring, Logging, and Performance\nOptimization (22% of scored content)")
    assert (line.title, line.weight) == ("Monitoring, Logging, and Performance Optimization", 22)


def test_a_label_alone_takes_the_title_behind_it():
    (line,) = read_lines("Domain 3\nSecurity and Compliance (30%)")
    assert (line.number.number, line.title, line.weight) == ("3", "Security and Compliance", 30)


def test_links_of_every_form_are_kept_with_their_titles():
    line = one("See [the guide](./guide.pdf), https://example.com/page[the page] and https://example.com/bare.")
    assert [(link.title, link.url) for link in line.links] == [
        ("the guide", "./guide.pdf"),
        ("the page", "https://example.com/page"),
        ("https://example.com/bare", "https://example.com/bare"),
    ]
    assert line.full == "See the guide, the page and https://example.com/bare."


def test_emphasis_goes_and_underscores_inside_words_stay():
    assert (
        plain_text("**Skill** _one_: use `ML.PREDICT` on *my_table_name*")
        == "Skill one: use ML.PREDICT on my_table_name"
    )
