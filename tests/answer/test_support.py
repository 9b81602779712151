import pytest

from tutor.answer.clauses import clauses, units_of
from tutor.answer.support import flaw

KETTLE = "Kettle trains one model a day on up to 5,000 series. It does not read images."
KINDS = "Local runs read one cup, and shared runs read the whole pot; a cold pot needs two warm cups."
ROWS = "| Kettle | 3 litres | copper |\n| Samovar | 9 litres | brass |"
TABLE = f"| Vessel | Holds | Made of |\n|---|---|---|\n{ROWS}\n"
WHEN = "When the pot is cold, Kettle needs an hour to warm up."
BUSY = "A kettle with a whistle does not react to a busy stove."


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        (KETTLE, "On up to 5,000 series, Kettle trains a model every day."),
        (KETTLE, "Kettle cannot read images."),
        (KINDS, "Shared runs read the whole pot."),
        (KINDS, "Local runs read one cup, while a cold pot needs two warm cups."),
        (ROWS, "Kettle holds 3 litres and Samovar 9 litres."),
        (ROWS, "A samovar is made of brass."),
        (WHEN, "Kettle needs an hour to warm up when the pot is cold."),
        (BUSY, "To a busy stove a kettle with a whistle does not react."),
        ("Kettle is used by the cook.", "The cook uses Kettle."),
        ("The lid raises the heat and lowers the noise.", "The lid lowers the noise."),
    ],
)
def test_what_the_evidence_says_in_other_words_has_no_flaw(evidence: str, statement: str) -> None:
    assert flaw(evidence, statement, TABLE) is None


@pytest.mark.parametrize(
    ("evidence", "statement", "expected"),
    [
        (KETTLE, "...", "says nothing"),
        (KETTLE, "Kettle trains one model a day on up to 6,000 series.", "another number or identifier"),
        (
            "A boil over 400 or 403 degrees fails.",
            "A boil over 403 or 403 degrees fails.",
            "another number or identifier",
        ),
        ("Kettle reads not only texts.", "Kettle reads only texts.", "more than is said"),
        (KETTLE, "Snowmelt trains one model a day.", "a name from elsewhere"),
        (KETTLE, "Kettle trains one model a day and asks for money first.", "strange words"),
        (KETTLE, "Kettle trains one model a day for rich idle uncles.", "strange words"),
        (KINDS, "Local runs read the whole pot.", "words in the wrong place"),
        (KINDS, "A cold pot needs one warm cup.", "words in the wrong place"),
        (ROWS, "Kettle holds 9 litres.", "words in the wrong place"),
        ("Kettle takes two cups and one spoon.", "Kettle takes one cup and two spoons.", "words in the wrong place"),
        ("A short queue points to a long day.", "A long day points to a short queue.", "words in the wrong place"),
        (KETTLE, "Kettle reads images.", "denied"),
        (KETTLE, "Kettle does not train on up to 5,000 series.", "denied"),
        (BUSY, "A kettle with a whistle reacts to a busy stove.", "denied"),
        ("Kettle fits cups that move without a lid.", "Kettle fits cups that do not move without a lid.", "denied"),
        ("A cup without a lid must be red.", "A cup without a lid must not be red.", "denied"),
        ("The lid is fixed.", "The lid can be changed.", "strange words"),
        ("The lid of a pot is fixed at birth.", "The lid of a pot is changed at birth.", "the opposite"),
        ("The lid raises the heat and lowers the noise.", "The lid raises the noise.", "the opposite"),
        ("Kettle may warm cups.", "Kettle must warm cups.", "more than is said"),
        ("Small pots warm best in a kettle.", "Small pots warm only in a kettle.", "more than is said"),
        ("Small pots warm at every height.", "All small pots warm at a height.", "more than is said"),
        (WHEN, "Kettle needs an hour to warm up.", "a condition left out"),
        ("A pot that stands in the sun is warm.", "A pot is warm.", "a condition left out"),
        ("A two-handled pot is warm.", "A pot is warm.", "another subject"),
        ("The lids of pots are warm.", "Pots are warm.", "another subject"),
    ],
)
def test_a_flaw_is_found_and_named(evidence: str, statement: str, expected: str) -> None:
    assert flaw(evidence, statement, f"{TABLE} Kettle Samovar") == expected


def test_a_statement_is_cut_where_a_clause_begins() -> None:
    assert clauses("Kettle trains once a day, while Samovar reads tea leaves; both are warm.") == [
        "Kettle trains once a day",
        "Samovar reads tea leaves, both are warm.",
    ]


def test_evidence_is_cut_into_sentences_alike_halves_and_rows_with_their_heads() -> None:
    texts = [unit.text for unit in units_of(f"{KINDS}\n{ROWS}", TABLE)]
    assert texts[:3] == ["Local runs read one cup", "shared runs read the whole pot", "a cold pot needs two warm cups."]
    (row,) = [unit for unit in units_of(f"{KINDS}\n{ROWS}", TABLE) if unit.text.startswith("| Samovar")]
    assert row.heads[1] == {"hold"}
    assert row.mixes_columns(frozenset({"hold", "brass"}))
    assert not row.mixes_columns(frozenset({"hold", "9"}))


def test_a_wrapped_line_is_no_end_of_a_sentence() -> None:
    assert flaw("Kettle reads tables or\nCSV files.", "Kettle reads CSV files.", "Kettle") is None
