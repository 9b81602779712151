from tutor.read.guides.lines import read_lines
from tutor.read.guides.surroundings import read_abilities, read_notes, read_out_of_scope, read_resources

ROLE = (
    "A Professional Gardener plans gardens that last, so that the people who live with them need little time to keep "
    "them in order over the years."
)


def test_abilities_follow_the_sentence_that_introduces_them():
    text = "The exam assesses your ability to:\n\n- Plan\n- Build\n\nOther:\n\n- not this"
    assert read_abilities(read_lines(text)) == ("Plan", "Build")


def test_abilities_may_follow_the_role_without_a_word():
    text = f"{ROLE}\n\n- Plan gardens\n- Choose plants\n- Keep them alive"
    assert read_abilities(read_lines(text)) == ("Plan gardens", "Choose plants", "Keep them alive")


def test_a_list_of_facts_or_of_what_is_not_expected_is_no_ability():
    assert read_abilities(read_lines(f"{ROLE}\n\n- Length: 2 hours\n- Fee: $200\n- Language: English")) == ()
    assert (
        read_abilities(read_lines("Candidates are not expected to be able to do the following tasks:\n\n- Paint")) == ()
    )


def test_what_is_out_of_scope_stands_below_its_heading():
    text = (
        "### Tasks that are out of scope\n\nThe list is not complete.\n\n- Paint\n- Sing\n\n### Exam content\n\n- Plan"
    )
    assert read_out_of_scope(read_lines(text)) == ("Paint", "Sing")


def test_notes_are_what_says_so_and_remarks_among_the_facts():
    text = "*Note: The exam has no code.\n\n## Exam overview\n\n- 60 questions\n- no coding at all\n- Length: 2 hours"
    assert read_notes(read_lines(text)) == ("The exam has no code.", "no coding at all")


def test_resources_are_links_and_what_the_part_names():
    text = (
        "[Guide](./guide.pdf) ![badge](https://img.shields.io/x.svg) [top](#top) [mail](mailto:a@b.example)\n\n"
        "## Study resources\n\nCourses:\n- Streams\n- [Tables](https://c.example/tables)\n\n"
        "We recommend practice before the exam."
    )
    found = read_resources(read_lines(text), frozenset())
    assert [(each.title, each.url) for each in found] == [
        ("Guide", "./guide.pdf"),
        ("Courses: Streams", None),
        ("Tables", "https://c.example/tables"),
    ]


def test_an_address_that_has_its_place_elsewhere_is_no_resource():
    lines = read_lines("[requirements](https://d.example/r)")
    assert read_resources(lines, frozenset({"https://d.example/r"})) == ()


def test_what_is_nested_below_an_ability_is_none():
    text = "The exam assesses your ability to:\n\n- Carry\n  - by hand\n  - by crane\n- Pour"
    assert read_abilities(read_lines(text)) == ("Carry", "Pour")
