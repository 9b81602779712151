import re

import pytest
import yaml

from tests.read.item_models.models import quantity as fields
from tutor.author.checks.verdict import Verdict
from tutor.author.kinds.drafters import draft
from tutor.author.kinds.quantity import APART, best_choice, slip_sets
from tutor.author.practice_item import PracticeItem
from tutor.read.item_models.expression import work_out
from tutor.read.item_models.kinds import read_item_model


def small(**changes):
    return read_item_model(yaml.safe_dump(fields() | changes), name="small-quantity")


def number(text: str) -> float:
    return float(re.search(r"-?[\d,]*\.?\d+", text)[0].replace(",", ""))


def test_metrics_agree_with_those_worked_out_from_the_stem(other_models) -> None:
    """Computed again from the four numbers that a reader sees, by formulas that do not come from the model."""
    model = other_models["metrics-at-a-threshold"]
    seen = set()
    for n in range(60):
        item = draft(model, f"again/{n}")
        told = sorted(number(one) for one in re.findall(r"\d[\d,]*", item.stem))
        given = dict(part.split("=") for part in item.circumstances[1:])
        flagged, positives, everything = (float(given[name]) for name in ("flagged", "positives", "all"))
        assert {flagged, positives, everything} <= set(told)
        tp = next(one for one in told if one not in {flagged, positives, everything} or told.count(one) > 1)
        fp, fn = flagged - tp, positives - tp
        right = {
            "precision": 100 * tp / (tp + fp),
            "recall": 100 * tp / (tp + fn),
            "false-positive-rate": 100 * fp / (everything - positives),
            "f1": 2 * tp / (2 * tp + fp + fn),
        }[item.circumstances[0]]
        shown = number(item.options[item.key[0]].text)
        assert shown == pytest.approx(right, abs=0.06 if right > 1 else 0.006), item.stem
        seen.add(item.circumstances[0])
    assert seen == {"precision", "recall", "false-positive-rate", "f1"}


def test_numbers_ascend_and_differ_visibly(drawn, other_models) -> None:
    for item in drawn:
        if item.kind != "quantity" or item.circumstances[0] == "from-a-table":
            continue
        told = [number(option.text) for option in item.options]
        assert told == sorted(told)
        assert len(set(told)) == 4
        assert "{" not in item.text + "".join(option.explained for option in item.options)


def test_each_number_cites_the_rule_which_is_read_with_the_key_alone() -> None:
    for n in range(20):
        made = PracticeItem(draft(small(), str(n)), Verdict(), {})
        for place, option in enumerate(made.item.options):
            cited = [statement for statement in option.explanation if statement.quotes]
            assert cited, option
            is_read = all(statement.text in made.explanation(place) for statement in cited)
            assert is_read == (place in made.item.key), option


def test_slips_stand_apart_from_the_result_and_from_each_other() -> None:
    model = small()
    ask = model.asks[0]
    values = model.derive({"cups": 40, "size": 0.25, "guests": 1})
    sets = slip_sets(ask, values, 3)
    assert {place for place, _ in sets} == {0, 1, 2, 3}
    result = work_out(ask.result, values)
    for place, slips in sets:
        assert sum(slipped.value < result for slipped in slips) == place
        for slipped in slips:
            assert abs(slipped.value - result) >= APART * max(slipped.value, result)


def test_a_slip_that_gives_the_result_is_never_shown() -> None:
    asks = fields()["asks"][:1]
    asks[0]["slips"][0]["result"] = "litres"
    model = small(asks=asks)
    for n in range(30):
        item = draft(model, str(n))
        assert "slip-0" not in {option.id for option in item.options}


def test_the_best_choice_beats_the_second_by_its_margin() -> None:
    model = small()
    ask = model.asks[1]
    values = model.derive({"cups": 80, "size": 0.5, "guests": 1})
    assert best_choice(ask, values) == 1
    assert best_choice(ask.model_copy(update={"margin": 0.5}), values) is None


def test_what_does_not_matter_is_no_circumstance() -> None:
    names = {
        part.partition("=")[0]
        for n in range(20)
        for part in draft(small(asks=fields()["asks"][:1]), str(n)).circumstances[1:]
    }
    assert names == {"cups", "size"}


def test_a_draw_may_insist_on_the_place_of_the_key() -> None:
    model = small(asks=fields()["asks"][:1])
    assert all(draft(model, str(n), position=n % 4).key == (n % 4,) for n in range(20))
