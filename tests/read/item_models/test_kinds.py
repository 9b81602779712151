from pathlib import Path

import pytest
import yaml

from tests.read.item_models.models import ALL, diagnosis, sequence
from tutor.errors import InputError
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import FOLDERS, read_item_model, read_item_models
from tutor.read.item_models.quantity import NumberAsk, QuantityModel
from tutor.read.item_models.reading import ReadingModel
from tutor.read.item_models.sequence import SequenceModel
from tutor.settings import PROJECT

KINDS = {
    "diagnosis": DiagnosisModel,
    "sequence": SequenceModel,
    "quantity": QuantityModel,
    "reading": ReadingModel,
    "concept": ConceptModel,
}


def read(of: str, /, **changes: object) -> object:
    return read_item_model(yaml.safe_dump(ALL[of]() | changes), name=f"small-{of}")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_as_what_it_says(kind: str) -> None:
    assert type(read(kind)) is KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "change", [{"id": "other"}, {"surprise": 1}, {"treats": ["1.1.1"]}, {"scenes": []}, {"kind": "poem"}]
)
def test_a_malformed_file_is_refused(kind: str, change: dict[str, object]) -> None:
    with pytest.raises(InputError, match=f"small-{kind}"):
        read(kind, **change)


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(InputError, match="not YAML"):
        read_item_model("a: [", name="a")


def test_the_shipped_models_are_of_every_kind_and_in_the_folder_of_theirs() -> None:
    for path in sorted((PROJECT / "corpus" / "item-models").rglob("*.yaml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] == path.parent.name
    models = list(read_item_models(*(PROJECT / "corpus" / folder for folder in FOLDERS)))
    kinds = {type(model) for model in models}
    assert kinds == {*KINDS.values(), DecisionModel}
    assert {
        treats.partition("/")[2][0]
        for model in models
        if not isinstance(model, DecisionModel)
        for treats in model.treats
    } == set("123456")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "small-concept.yaml").write_text(yaml.safe_dump(ALL["concept"]()), encoding="utf-8")
    with pytest.raises(InputError, match="same id"):
        list(read_item_models(tmp_path / "a", tmp_path / "b"))


def test_what_speaks_against_a_cause() -> None:
    made = read("diagnosis")
    assert isinstance(made, DiagnosisModel)
    assert made.ruled_out["cold"] == {"sees-empty", "sees-furred", "sees-broken", "sees-steam"}
    assert made.pointed_to["cold"] == {"sees-cold"}
    assert made.helped_by("cold") == {"cold"}


def test_a_remedy_that_helps_another_cause_is_known() -> None:
    fields = diagnosis()
    fields["causes"][1]["remedy"]["also_helps"] = ["cold"]
    made = read("diagnosis", causes=fields["causes"])
    assert isinstance(made, DiagnosisModel)
    assert made.helped_by("cold") == {"cold", "empty"}
    assert made.helped_by("empty") == {"empty"}


def test_the_order_of_steps() -> None:
    made = read("sequence")
    assert isinstance(made, SequenceModel)
    assert made.before["brew"] == {"fill", "boil", "grind"}
    assert made.broken(["boil", "fill", "grind"]) == [("boil", "fill")]
    assert made.broken(["fill", "grind", "boil", "brew"]) == []
    reason = made.need("serve", "boil")
    assert reason is not None
    assert reason.step == "strain"


def test_steps_in_a_circle_stand_before_themselves() -> None:
    fields = sequence()
    fields["steps"][0]["needs"] = [{**fields["steps"][1]["needs"][0], "step": "wash"}]
    made = read("sequence", steps=fields["steps"])
    assert isinstance(made, SequenceModel)
    assert "fill" in made.before["fill"]


def test_values_follow_from_parameters() -> None:
    made = read("quantity")
    assert isinstance(made, QuantityModel)
    assert made.derive({"cups": 10, "size": 0.25, "guests": 1}) is None
    values = made.derive({"cups": 40, "size": 0.25, "guests": 1})
    assert values is not None
    assert values["litres"] == 10
    number, best = made.asks
    assert isinstance(number, NumberAsk)
    assert made.parameters_of(number, made.scenes[0]) == {"cups", "size"}
    assert made.parameters_of(best, made.scenes[0]) == {"cups", "size", "guests"}
    fixed = list(made.assignments(made.scenes[0], {"cups": 20, "size": 0.2}))
    assert [one["guests"] for one in fixed] == [1, 2, 3]


def test_formulas_and_names_are_checked_at_reading() -> None:
    with pytest.raises(InputError, match="no formula"):
        read("quantity", derived={"litres": "cups *"})
    with pytest.raises(InputError, match="must name exactly"):
        read("reading", snippets=["kettle: <jug>\n{line}\n  and so on"])
    with pytest.raises(InputError, match=r"needs \{line\}"):
        read("reading", snippets=["kettle: <pot> without a place"])


def test_terms_that_overlap_are_no_neighbours() -> None:
    made = read("concept")
    assert isinstance(made, ConceptModel)
    assert made.neighbours("black") == ("green", "white", "herbal")
    assert made.against("black", "green") is made.differences[0]
    assert made.against("white", "green") is made.term["white"].means


def test_variants_that_are_alike_know_it_both_ways() -> None:
    made = read("reading")
    assert isinstance(made, ReadingModel)
    assert made.alike("boiling", "seething")
    assert made.alike("seething", "boiling")
    assert not made.alike("cold", "boiling")
