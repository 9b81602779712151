"""What pages, rulings by hand and decision models say of choices under circumstances."""

from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.read.document import Passage
from tutor.read.item_models.decision import read_models
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT
from tutor.solve.page_precedents import from_pages
from tutor.solve.precedents import Precedent, from_models
from tutor.solve.rulings import from_rulings, read_rulings


def passage(text: str, heading: str) -> Passage:
    return Passage("page#place", "page", "Kettle", (heading,), text, 0, len(text))


def read(text: str, heading: str) -> list[tuple[str, str, int]]:
    return [(one.circumstances[0], one.choices[0], one.sign) for one in from_pages([passage(text, heading)])]


def test_what_points_somewhere_is_parted() -> None:
    assert read("Strict latency points to an online endpoint.", "What the exam turns on") == [
        ("Strict latency", "an online endpoint", 1)
    ]


def test_what_is_chosen_instead_of_something_speaks_against_it() -> None:
    assert read(
        "Few labels point to transfer learning rather than training from scratch.", "What the exam turns on"
    ) == [
        ("Few labels", "transfer learning", 1),
        ("Few labels", "training from scratch", -1),
    ]


def test_what_fits_is_parted_the_other_way() -> None:
    assert read("Batch inference fits when nobody waits for answers.", "When to choose it") == [
        ("nobody waits for answers", "Batch inference", 1)
    ]
    assert read("Batch inference does not fit when a user waits.", "When to choose it") == [
        ("a user waits", "Batch inference", -1)
    ]


def test_a_mistake_fails_and_its_remedy_fits() -> None:
    text = "Scaling with the whole dataset leaks the test set; fit the scaler on the training rows."
    said = read(text, "Common mistakes")
    assert [sign for _, _, sign in said] == [-1, 1]
    assert said[1][1] == "fit the scaler on the training rows"


def test_a_table_says_when_each_row_is_the_choice() -> None:
    table = "| Service | Choose it when |\n|---|---|\n| Kettle | the data streams |\n| Samovar | the data rests |"
    assert read(table, "Against its neighbours") == [
        ("the data streams", "Kettle", 1),
        ("the data rests", "Samovar", 1),
    ]


def test_other_sections_rule_nothing() -> None:
    assert read("Strict latency points to an online endpoint.", "What it is") == []


def test_rulings_by_hand_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(
        "- when: a user waits | low latency\n  choose: an endpoint\n"
        "  not: a batch job | a nightly export\n  passage: page#place\n"
    )
    said = list(from_rulings(read_rulings(tmp_path)))
    assert [(one.choices, one.sign) for one in said] == [
        (("an endpoint",), 1),
        (("a batch job",), -1),
        (("a nightly export",), -1),
    ]
    assert said[0].circumstances == ("a user waits", "low latency")


@pytest.mark.parametrize(
    "entry", ["- when: x", "when: x", "- when: ok now\n  choose: yes sir\n  not: no\n  passage: nowhere", ": ["]
)
def test_a_faulty_ruling_is_named(tmp_path: Path, entry: str) -> None:
    (tmp_path / "one.yaml").write_text(entry)
    with pytest.raises(InputError, match=r"one\.yaml"):
        read_rulings(tmp_path)


def test_shipped_rulings_name_passages_that_exist() -> None:
    there = {one.id for one in cut_all(read_pages(PROJECT / "corpus" / "docs"))}
    rulings = read_rulings(PROJECT / "corpus" / "rulings")
    assert len(rulings) > 100
    assert [ruling.passage for ruling in rulings if ruling.passage not in there] == []


def test_shipped_cases_tell_a_scenario_what_decides_in_it_and_near_options() -> None:
    there = {one.id for one in cut_all(read_pages(PROJECT / "corpus" / "docs"))}
    cases = read_rulings(PROJECT / "corpus" / "cases")
    assert len(cases) > 1_000
    assert [case.passage for case in cases if case.passage not in there] == []
    assert [case.when for case in cases if len(case.when) != 2 or len(case.when[0]) <= len(case.when[1])] == []
    assert [case.choose for case in cases if len(case.not_) < 2 or {*case.choose} & {*case.not_}] == []
    told = [case.when[0] for case in cases]
    assert len({*told}) == len(told)


def test_each_ruling_of_a_model_is_a_precedent_of_that_model() -> None:
    models = list(read_models(PROJECT / "corpus" / "decisions"))[:2]
    said: list[Precedent] = list(from_models(models))
    assert len(said) == sum(len(model.rulings) for model in models)
    assert {one.model for one in said} == {model.id for model in models}
    assert all(len(one.choices) >= 2 for one in said)
