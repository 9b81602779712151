import pytest

from tutor.read.guides.percentages import doubt_about, names_a_section, take_weight, weight_alone


@pytest.mark.parametrize(
    ("line", "title", "weight"),
    [
        ("Low-code AI solutions (13% of the exam)", "Low-code AI solutions", 13),
        ("Designing (~22% of the exam):", "Designing", 22),
        ("Prepare the data (25–30%)", "Prepare the data", (25, 30)),
        ("Prepare the data (25% - 30%)", "Prepare the data", (25, 30)),
        ("Monitoring (22% of scored content)", "Monitoring", 22),
        ("Configurer (environ 17,5 % de l'examen)", "Configurer", 17.5),
        ("Einrichten (ca. 20 % der Prüfung)", "Einrichten", 20),
        ("Storage 10%", "Storage", 10),
        ("Configuration and Setup: 20%", "Configuration and Setup", 20),
        ("Data Governance – 7%", "Data Governance", 7),
        ("30% - Troubleshooting", "Troubleshooting", 30),
        ("20% 1.0 Network Fundamentals", "1.0 Network Fundamentals", 20),
        ("Domain 1 [40%]", "Domain 1", 40),
        ("Security 15.6 percent", "Security", 15.6),
    ],
)
def test_a_weight_is_taken_from_its_line(line, title, weight):
    assert take_weight(line) == (title, weight)


@pytest.mark.parametrize(
    "line",
    ["Cut the cost by 20%", "Availability of at least 99%", "Growth (300%)", "Range (30–20%)", "No number", "0% done"],
)
def test_other_percentages_are_left_where_they_are(line):
    assert take_weight(line) == (line, None)


@pytest.mark.parametrize(
    ("line", "weight"),
    [("(~14% of the exam)", 14), ("Weight: 20%", 20), ("Exam percentage: 11-20%", (11, 20)), ("25%", 25)],
)
def test_a_weight_alone(line, weight):
    assert weight_alone(line) == weight


def test_a_total_and_a_score_name_no_section():
    assert not any(map(names_a_section, ("Total", "Passing score", "Discount for members", "2024")))
    assert names_a_section("Data Storage")


@pytest.mark.parametrize(
    ("weights", "doubt"),
    [
        ([40, 60], None),
        ([13, 16, 21, 20, 18, 13], None),
        ([(20, 25), (40, 45), (30, 35)], None),
        ([None, None], "The guide states no weights."),
        ([13], "The weights add up to 13, not 100; the outline may be partial."),
        ([60, 80], "The weights add up to 140, not 100."),
        ([(20, 25), (20, 25)], "The weights add up to 40 to 50, not 100; the outline may be partial."),
        ([50, 50, None], "The weights add up; 1 of 3 sections have none."),
        ([], None),
    ],
)
def test_weights_that_do_not_add_up_are_said(weights, doubt):
    assert doubt_about(weights) == doubt
