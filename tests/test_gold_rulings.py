"""What was ruled out twice must not come again: the gold rulings, against the corpus as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.flow.bonds import GOLD_RULINGS
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import FOLDERS, ItemModel, read_item_models
from tutor.read.pages import read_pages
from tutor.read.statements import statements
from tutor.review.gold import Forbidden, GoldRuling, read_gold_rulings
from tutor.settings import PROJECT

CORPUS = PROJECT / "corpus"


def breaches(ruling: GoldRuling, corpus: Path) -> Iterator[str]:
    """What in the corpus still says what was ruled out."""
    bonds = {(bond.kind, bond.value) for bond in ruling.bonds}
    words = [" ".join(value.lower().split()) for kind, value in bonds if kind == "words"]
    for model in read_item_models(*(corpus / folder for folder in FOLDERS)):
        for one, other in ruled_on(model):
            if ("ruling", f"{model.id}|{one}|{other}") in bonds:
                yield f"{model.id} still rules on {one} and {other}"
        if words and (told := " ".join(model.model_dump_json().lower().split())):
            yield from (f"{model.id} still says: {value}" for value in words if json.dumps(value)[1:-1] in told)
    banned = {value for kind, value in bonds if kind == "statement"}
    if banned:
        for page in read_pages(corpus / "docs"):
            for statement in statements(page.text[page.body_start :]):
                if statement.text in banned:
                    yield f"{page.id} still says: {statement.text}"


def ruled_on(model: ItemModel) -> Iterator[tuple[str, str]]:
    """What bears on what in a model: facts on options, findings on causes."""
    if isinstance(model, DecisionModel):
        yield from ((one.fact, one.option) for one in model.rulings)
    elif isinstance(model, DiagnosisModel):
        yield from ((one, cause) for cause, against in model.ruled_out.items() for one in against)


@pytest.mark.parametrize("ruling", read_gold_rulings(GOLD_RULINGS), ids=lambda ruling: ruling.id)
def test_what_was_ruled_out_is_gone(ruling: GoldRuling) -> None:
    assert list(breaches(ruling, CORPUS)) == []


def gold(kind: str, value: str) -> GoldRuling:
    forbidden = (Forbidden(kind=kind, value=value),)  # type: ignore[arg-type]
    return GoldRuling(
        id="item:x:wrong-key",
        target="item",
        cause="wrong key",
        why="It was wrong.",
        forbidden=forbidden,
        ruled_by=("first",),
        promoted_by="second",
        on=date(2026, 11, 21),
    )


def test_a_ruling_or_statement_that_still_stands_is_a_breach() -> None:
    model = next(one for one in read_item_models(CORPUS / "decisions") if isinstance(one, DecisionModel))
    stands = model.rulings[0]
    assert list(breaches(gold("ruling", f"{model.id}|{stands.fact}|{stands.option}"), CORPUS))
    assert not list(breaches(gold("ruling", f"{model.id}|{stands.fact}|no-such-option"), CORPUS))
    diagnosis = next(one for one in read_item_models(CORPUS / "item-models") if isinstance(one, DiagnosisModel))
    cause, findings = next((cause, found) for cause, found in diagnosis.ruled_out.items() if found)
    assert list(breaches(gold("ruling", f"{diagnosis.id}|{min(findings)}|{cause}"), CORPUS))
    assert list(breaches(gold("words", diagnosis.causes[0].wordings[0].upper()), CORPUS))
    assert not list(breaches(gold("words", "a kettle that flies"), CORPUS))
    page = next(iter(read_pages(CORPUS / "docs")))
    said = next(one.text for one in statements(page.text[page.body_start :]) if one.form == "sentence")
    assert list(breaches(gold("statement", said), CORPUS))


def test_a_damaged_gold_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "rulings.yaml").write_text("- id: x\n")
    with pytest.raises(InputError, match=r"rulings\.yaml"):
        read_gold_rulings(tmp_path / "rulings.yaml")
