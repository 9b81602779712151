import pytest

from evals.key_points import agrees, conflicts, cover, share

POINT = "Kettle accepts at most 5,000 series per model"


def even(term: str) -> float:
    return 1.0


def rare(term: str) -> float:
    return 3.0 if term == "kettl" else 1.0


def test_the_share_of_words_by_hand() -> None:
    # kettl, lid, red of kettl, lid, red, hot; with kettl three times as telling, 5 of 6
    assert share("Kettle lid red hot", "A red lid for Kettle", even) == pytest.approx(3 / 4)
    assert share("Kettle lid red hot", "A red lid for Kettle", rare) == pytest.approx(5 / 6)
    assert share("", "anything", even) == 0


@pytest.mark.parametrize(
    ("statements", "has"),
    [
        (["A Kettle model accepts 5,000 series."], True),
        (["A Kettle model accepts 6,000 series."], False),
        (["Kettle takes many series.", "A model accepts 5,000 of them."], True),
        (["One model is fed 5,000 series by the cook."], False),
        (["| Vessel | Series |\n|---|---|\n| Kettle, model | accepts 5,000 |"], True),
        (["Samovar reads tea leaves."], False),
        ([], False),
    ],
)
def test_whether_an_answer_has_a_point(statements: list[str], has: bool) -> None:
    assert cover(POINT, statements, even).has is has


def words(*numbers: int) -> str:
    """Sentences of made-up words, of which the stemmer leaves each as it is."""
    return " ".join(f"w{number}q" for number in numbers)


@pytest.mark.parametrize(
    ("statements", "has"),
    [
        ([words(1, 2, 3, 4, 5, 6), "else"], True),  # .60 in one
        ([words(1, 2, 3), words(4, 5, 6), "else"], True),  # .60 in neighbours
        ([words(1, 2, 3), "else", words(4, 5, 6)], False),  # .60 apart
        ([words(1, 2, 3, 4), "else", words(5, 6, 7, 8)], True),  # .80 apart
        ([words(1, 2), "else", words(3, 4, 5), "else", words(6, 7, 8)], False),  # never .73 in two
    ],
)
def test_the_further_apart_the_more_words_it_takes(statements: list[str], has: bool) -> None:
    assert cover(words(*range(1, 11)), statements, even).has is has


def test_clause_by_clause_wherever_the_clauses_stand() -> None:
    point = "a kettle boils green tea quickly, and its lid keeps heat overnight"
    boils, keeps = "A kettle boils tea.", "Some lid keeps heat."
    assert cover(point, [boils, "else", "more", keeps], even).has
    assert not cover(point, [boils, "else", "more", "Some lid is red."], even).has
    assert not cover("a kettle boils 5 teas, and its lid keeps heat", ["A kettle boils 4 teas.", "-", keeps], even).has


def test_what_one_statement_denies_is_not_put_together_from_others() -> None:
    point = "an old kettle boils green tea twice daily in winter"
    together = ["An old kettle boils often.", "Green tea twice daily."]
    assert cover(point, together, even).has
    assert not cover(point, ["An old kettle never boils green tea in winter.", *together], even).has


def test_numbers_and_identifiers_must_agree() -> None:
    assert agrees("MIN_SERIES is 5,000", "With MIN_SERIES, 5000 are taken.")
    assert not agrees("MIN_SERIES is 5,000", "With MAX_SERIES, 5000 are taken.")
    assert not agrees("at least 2.5", "at least 25")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Kettle accepts at most 6,000 series per model.", True),
        ("Kettle accepts at most 5,000 series per model.", False),
        ("Kettle does not accept series per model at most.", True),
        ("Samovar accepts 6,000 cups.", False),
    ],
)
def test_another_number_conflicts(statement: str, expected: bool) -> None:
    assert conflicts(POINT, statement, even) is expected


def test_a_denial_of_what_is_affirmed_conflicts() -> None:
    assert conflicts("a warm lid holds old tea", "A warm lid never holds old tea.", even)
    assert not conflicts("a warm lid holds old tea", "A warm lid holds old tea and no sugar.", even)
    assert cover("a warm lid holds old tea twice a day", ["A lid never holds old tea."], even).conflict == ""
