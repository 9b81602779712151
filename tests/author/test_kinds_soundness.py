import pytest
import yaml

from tests.read.item_models.models import ALL
from tutor.author.kinds_soundness import evidence_of, examine_kind
from tutor.read.document import Passage
from tutor.read.item_models.kinds import read_item_model, read_item_models
from tutor.settings import PROJECT

SHIPPED = {model.id: model for model in read_item_models(PROJECT / "corpus" / "item-models")}


def kettle() -> dict[str, Passage]:
    text = "A kettle boils water in four minutes."
    return {"kettle#how-it-works": Passage("kettle#how-it-works", "kettle", "Kettle", ("How it works",), text, 0, 37)}


def faults(of: str, change=lambda fields: None) -> str:
    fields = ALL[of]()
    change(fields)
    return "\n".join(examine_kind(read_item_model(yaml.safe_dump(fields), name=f"small-{of}"), kettle()).faults)


@pytest.mark.parametrize("of", ["diagnosis", "sequence", "quantity", "reading", "concept"])
def test_small_sound_models_have_no_faults_but_their_size(of: str) -> None:
    found = [fault for fault in faults(of).splitlines() if not fault.startswith("thin")]
    assert not found


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_models_are_sound(name: str, shipped_passages) -> None:
    found = examine_kind(SHIPPED[name], shipped_passages)
    assert found.faults == ()
    assert found.items >= 40


def test_every_reason_of_a_model_is_found() -> None:
    model = read_item_model(yaml.safe_dump(ALL["diagnosis"]()), name="small-diagnosis")
    assert sum(1 for _ in evidence_of(model)) == 5 + 5 + 7


CHANGES = [
    ("diagnosis", lambda f: f["findings"][0]["against"][0].update(passage="kettle#gone"), "dead citation: kettle#gone"),
    ("diagnosis", lambda f: f["findings"][0]["against"][0].update(because="A pot cools milk."), "not supported"),
    ("diagnosis", lambda f: f["findings"][0]["against"][0].update(quote="A pot."), "quote not in passage"),
    ("diagnosis", lambda f: f["findings"][0]["against"][0].update(causes=["nobody"]), "unknown cause"),
    ("diagnosis", lambda f: f["findings"][0].update(excludes=["nothing"]), "unknown finding"),
    ("diagnosis", lambda f: f["findings"][0].update(against=[]), "idle finding: sees-cold"),
    ("diagnosis", lambda f: f["findings"][0].update(points_to=["furred"]), "contradiction: sees-cold"),
    ("diagnosis", lambda f: f["findings"][0].update(points_to=[]), "unreachable: cold"),
    (
        "diagnosis",
        lambda f: f["causes"][0].update(wordings=["It is quite cold", "It is quite cold " + "again " * 12]),
        "uneven causes",
    ),
    (
        "diagnosis",
        lambda f: f["findings"][0].update(wordings=["So it is seen", "So it is seen.", "Thus it is seen."]),
        "no full stop",
    ),
    (
        "sequence",
        lambda f: f["steps"][0].update(needs=[{**f["steps"][1]["needs"][0], "step": "serve"}]),
        "circle: fill",
    ),
    ("sequence", lambda f: f["steps"][1]["needs"][0].update(step="dance"), "unknown step"),
    ("sequence", lambda f: f["steps"][3].update(needs=f["steps"][3]["needs"][:1]), "idle step: nothing ties grind"),
    ("quantity", lambda f: f.update(conditions=["cups > 1000"]), "no choice of values"),
    ("quantity", lambda f: f["asks"][0].update(result="guests * 0"), "unreachable: litres"),
    ("quantity", lambda f: f["asks"][0].update(working="{jugs} = {result}."), "formula"),
    (
        "quantity",
        lambda f: f["scenes"][0].update(text="A tea house of {size:1} litres a cup."),
        "rounded: the stem hides",
    ),
    ("quantity", lambda f: f["asks"][0].update(slips=f["asks"][0]["slips"][2:]), "lopsided"),
    ("reading", lambda f: f["variants"][1].update(line="heat: cold"), "repeated line"),
    ("reading", lambda f: f["variants"][1].update(behaves=f["variants"][0]["behaves"]), "repeated behaviour"),
    ("reading", lambda f: f["variants"][1].update(like=["tepid"]), "unknown variant"),
    ("reading", lambda f: f["variants"][1]["otherwise"].append("The water is cold."), "no clause: The water is cold."),
    ("reading", lambda f: f["variants"][1].update(line=""), "unnamed: warm"),
    ("concept", lambda f: f.update(overlaps=[["green", "blue"]]), "unknown term in an overlap"),
    ("concept", lambda f: f["differences"][0].update(between=["green", "blue"]), "unknown term in a difference"),
    ("concept", lambda f: f["terms"][0]["cases"][0].update(text="That was green tea."), "given away: green"),
    ("concept", lambda f: f["terms"][0]["cases"][0].update(shows="a kettle"), "not in the case: 'a kettle'"),
    ("concept", lambda f: f.update(fits=["It is told so."]), "no {shows}: It is told so."),
    ("concept", lambda f: f["contrasts"].append("It is {shows}."), "no {sign}: It is {shows}."),
    ("concept", lambda f: f["terms"][0]["marks"].append("It has green colour in it"), "given away"),
    ("concept", lambda f: f["asks"].update(mark=["What holds for it?", "What is true of it?"]), "no term"),
    ("concept", lambda f: f.update(overlaps=[["green", one] for one in ("black", "white")]), "unreachable: green"),
]


@pytest.mark.parametrize(("of", "change", "fault"), CHANGES, ids=lambda one: one if isinstance(one, str) else "")
def test_each_fault_is_named(of: str, change, fault: str) -> None:
    assert fault in faults(of, change)
