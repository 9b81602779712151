import pytest

from tutor.read.guides.lines import read_lines
from tutor.read.guides.outline import read_outline


def outline(text):
    return read_outline(read_lines(text))


def shape(text):
    """Titles, weights and the number of considerations of each objective."""
    return [
        (section.title, section.weight_percent, [len(objective.considerations) for objective in section.objectives])
        for section in outline(text).sections
    ]


def test_labels_come_before_numbers_and_weights():
    text = (
        "1. Read this\n2. Then this\n\n"
        "Domain 1: Water (60%)\n1.1 Rain\n- barrels\n\nDomain 2: Soil (40%)\n2.1 Sand\n- sieves"
    )
    assert shape(text) == [("Water", 60, [1]), ("Soil", 40, [1])]


def test_the_label_that_carries_the_weights_is_taken():
    text = "Section 1: About\n- a\nSection 2: Outline\nDomain 1: Water (60%)\n- b\nDomain 2: Soil (40%)\n- c"
    assert [section.title for section in outline(text).sections] == ["Water", "Soil"]


def test_objective_labels_alone_make_sections():
    assert shape("Objective 1: Water\n- a\n- b\n\nObjective 2: Soil\n- c") == [
        ("Water", None, [2]),
        ("Soil", None, [1]),
    ]


def test_a_numbered_section_without_children_still_counts():
    assert [section.number for section in outline("1 Water\n2 Soil\n2a Sand\n2b Clay\n3 Sun\n3a Shade").sections] == [
        "1",
        "2",
        "3",
    ]


def test_weights_come_from_an_overview_by_number_and_by_title():
    by_number = (
        "| Domain 1: Water | 60% |\n| Domain 2: Soil | 40% |\n\n## Domain 1: Water\n- a\n\n## Domain 2: Soil\n- b"
    )
    by_title = "| Water | 60% |\n| Soil | 40% |\n\n## Domain 1: Water\n- a\n\n## Domain 2: The Soil\n- b"
    assert [weight for _, weight, _ in shape(by_number)] == [60, 40]
    assert [weight for _, weight, _ in shape(by_title)] == [60, 40]


def test_a_section_that_only_the_overview_names_counts_in_its_place():
    text = "Water 30%\nSoil 30%\nSun 40%\n\n## Exam outline\n\nDomain 1: Water\n- a\n\nDomain 3: Sun\n- b"
    assert shape(text) == [("Water", 30, [1]), ("Soil", 30, []), ("Sun", 40, [1])]


def test_a_percentage_in_a_topic_adds_no_section():
    text = "Domain 1: Water (60%)\n- Losses - 20%\n\nDomain 2: Soil (40%)\n- Clay"
    assert shape(text) == [("Water", 60, [1]), ("Soil", 40, [1])]


def test_a_former_version_in_the_same_document_is_left_out():
    text = (
        "## Skills measured as of May 1\n\n### Water (60%)\n- a\n\n### Soil (40%)\n- b\n\n"
        "## Skills measured prior to May 1\n\n### Water (50%)\n- a\n- c\n- d"
    )
    assert shape(text) == [("Water", 60, [1]), ("Soil", 40, [1])]


def test_an_appendix_holds_no_considerations():
    text = "## Domain 1: Water\n- a\n\n## Domain 2: Soil\n- b\n\n## Appendix\n\n### In-scope services\n- c\n- d"
    assert shape(text) == [("Water", None, [1]), ("Soil", None, [1])]


def test_a_section_goes_on_over_a_page():
    text = (
        "Domain 1: Water\n1.1 Rain\n- a\n\nDomain 1: Water (continued)\n1.2 Wells\n- b\n\nDomain 2: Soil\n2.1 Sand\n- c"
    )
    assert shape(text) == [("Water", None, [1, 1]), ("Soil", None, [1])]


def test_objectives_listed_apart_come_home_by_their_numbers():
    text = "| 1 | Water | 60% |\n| 2 | Soil | 40% |\n\n## Tasks\n\n1.1 Rain\n- a\n2.1 Sand\n2.2 Clay"
    sections = outline(text).sections
    assert [[objective.number for objective in section.objectives] for section in sections] == [["1.1"], ["2.1", "2.2"]]


def test_headings_between_sections_and_lists_are_objectives():
    text = "## Water (60%)\n\n### Rain\n\n- a\n- b\n\n### Wells\n\n- c\n\n## Soil (40%)\n\n### Sand\n\n- d"
    section = outline(text).sections[0]
    assert [(objective.title, len(objective.considerations)) for objective in section.objectives] == [
        ("Rain", 2),
        ("Wells", 1),
    ]


def test_introductions_are_no_objectives():
    text = "Domain 1: Water\n1.1 Rain.\nKnowledge of:\n- a\nSkills in:\n- b\n\nConsiderations include:\n- c"
    assert shape(text) == [("Water", None, [3])]


@pytest.mark.parametrize("bullets", [["- a", "  - b", "  - c", "- d", "  - e"]])
def test_bullets_with_lists_below_them_are_objectives(bullets):
    text = "## Water (60%)\n" + "\n".join(bullets) + "\n\n## Soil (40%)\n- x\n- y"
    first, second = outline(text).sections
    assert [(objective.title, len(objective.considerations)) for objective in first.objectives] == [("a", 2), ("d", 1)]
    assert [objective.title for objective in second.objectives] == [None]


def test_one_list_below_one_of_many_bullets_is_its_examples():
    text = "## Water (60%)\n- a\n- b, including:\n  - Rain Store\n  - fog\n- c\n\n## Soil (40%)\n- x"
    (objective,) = outline(text).sections[0].objectives
    assert [each.text for each in objective.considerations] == ["a", "b, including:", "c"]
    assert objective.considerations[1].examples == ("Rain Store", "fog")
    assert objective.considerations[1].products == ("Rain Store",)


def test_prose_inside_the_outline_is_reported_as_unread():
    prose = "This domain is about water in all its forms and more."
    assert outline(f"Domain 1: Water\n{prose}\n1.1 Rain\n- a\n\nDomain 2: Soil\n2.1 Sand\n- b").unread == (prose,)


def test_a_list_of_hundreds_is_no_outline():
    assert outline("\n".join(f"Topic number{number} {number % 50 + 1}%" for number in range(300))).sections == ()


def test_text_without_an_outline_has_none():
    assert outline("# A story\n\nOnce there was a well.\n\n- It was deep.").sections == ()


def test_an_overview_may_shorten_titles_and_stand_behind_the_sections():
    text = (
        "### Section 1: Watering gardens (60%)\n- a\n\n### Section 2: Soil (40%)\n- b\n\n"
        "Weights at a glance\n\n| Section | Weight |\n| --- | --- |\n| Watering | 60% |\n| Soil | 40% |"
    )
    assert shape(text) == [("Watering gardens", 60, [1]), ("Soil", 40, [1])]
    assert outline(text).unread == ("Weights at a glance",)
