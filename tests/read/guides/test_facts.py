import pytest

from tutor.read.guides.facts import read_facts
from tutor.read.guides.lines import read_lines


def facts(text):
    return read_facts(read_lines(text))


@pytest.mark.parametrize(
    "text",
    [
        "**Length**: Two hours",
        "- Length: Two hours",
        "| Exam length | 2 hours |",
        "## Duration\n\nTwo hours",
        "Length of test 120 minutes",
        "Time limit:\n120 minutes",
        "The exam lasts two hours.",
        "You will have 120 minutes to complete this assessment.",
    ],
)
def test_a_length_is_read_however_it_is_stated(text):
    assert facts(text).length_minutes == 120


@pytest.mark.parametrize(
    "text",
    [
        "You can request an additional 30 minutes to complete the exam.",
        "Language models answer questions.",
        "Arrive 15 minutes before the exam.",
        "Retake fee: $100",
        "Sample questions: 10",
        "Latency: 20 minutes",
    ],
)
def test_what_is_no_fact_of_the_exam_is_none(text):
    assert facts(text).as_json() == {}


def test_a_statement_comes_before_a_sentence():
    assert facts("The exam used to last three hours.\n\nLength: Two hours").length_minutes == 120


def test_scored_and_unscored_questions_are_told_apart():
    found = facts("The exam includes 50 questions that affect your score. The exam includes 15 unscored questions.")
    assert (found.questions, found.questions_unscored) == ((50, 50), 15)


def test_delivery_with_its_links():
    found = facts(
        "**Delivery**:\n\na. Take the online-proctored exam, see [how](https://a.example/x).\n\n"
        "b. Take it at a testing center."
    )
    assert [(each.kind, each.url) for each in found.delivery] == [
        ("online-proctored", "https://a.example/x"),
        ("onsite-proctored", None),
    ]


def test_two_ways_in_one_sentence():
    found = facts(
        "Delivery options: Proctored exam delivered onsite at a testing center or in an online proctored environment"
    )
    assert [each.kind for each in found.delivery] == ["onsite-proctored", "online-proctored"]


def test_experience_in_months_and_on_google_cloud():
    assert facts("Recommended experience: 6+ months with Google Cloud").experience_google_cloud_years == 0.5


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("The minimum passing score is 720.", "720"),
        ("A score of 700 or greater is required to pass.", "700"),
        ("Passing grade: 700 out of 1000 points", "700 out of 1000 points"),
        ("- 65% score to pass (39 good answers)", "65% score"),
        ("Passing score: not published", None),
    ],
)
def test_passing_scores_as_stated(text, score):
    assert facts(text).passing_score == score


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Certifications are valid for two years from the date of certification.", 2),
        ("Expiration: 2 years", 2),
        ("Microsoft associate certifications expire annually.", 1),
        ("Validity period: 36 months", 3),
    ],
)
def test_validity(text, years):
    assert facts(text).validity_years == years


def test_json_has_only_what_is_stated_and_the_fee_in_dollars_twice():
    assert facts("Price: $70.50 USD").as_json() == {
        "fee": {"amount": 70.5, "currency": "USD", "note": None},
        "fee_usd": 70.5,
    }


def test_a_way_keeps_the_link_in_its_words():
    found = facts("- **Delivery**: Online, see the [requirements](/online#rules); On site")
    assert [(each.kind, each.url) for each in found.delivery] == [
        ("online-proctored", "/online#rules"),
        ("onsite-proctored", None),
    ]
