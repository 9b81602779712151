"""Injections against a model that obeys them: the worst case, in which only the checks stand between it and readers.

The prompt tells models to take passages and questions as material; whether a real one listens is not tested here.
"""

import json
from typing import Any

import pytest
import yaml

from tests.engines.scripted import OTHER, PASSAGE, ScriptedModel, engine_of, said
from tutor.answer.answer import Answer, answer_from
from tutor.engines.offline import OfflineEngine
from tutor.read.document import Passage
from tutor.settings import PROJECT
from tutor.ui.passage import answer_html

CASES = yaml.safe_load((PROJECT / "evals" / "gold" / "hostile.yaml").read_text(encoding="utf-8"))
ATTACKS: list[dict[str, Any]] = [case for case in CASES if case["where"] in ("passage", "question")]
ORDERS = [attack for attack in ATTACKS if attack["where"] == "passage" and "missed" not in attack]
QUESTION = "How often does Kettle train?"
QUOTE = "Kettle trains once a day."


def own(text: str) -> Passage:
    text = f"These are my notes on tea. {text}"
    return Passage("own#notes", "own", "My notes", ("Notes",), text, 0, len(text), layer="own")


def obeying(attack: dict[str, Any]) -> str:
    obeyed = attack["obeyed"]
    if isinstance(obeyed, str):
        return obeyed
    known = {"QUOTE": QUOTE, "INJECTION": attack["text"]}
    return said(*[(known.get(text, text), number, known.get(quote, quote)) for text, number, quote in obeyed])


def attacked(attack: dict[str, Any]) -> tuple[Answer, ScriptedModel]:
    in_passage = attack["where"] == "passage"
    passages = [PASSAGE, OTHER, own(attack["text"] if in_passage else "Tea is pleasant.")]
    model = ScriptedModel(obeying(attack))
    question = QUESTION if in_passage else f"{QUESTION} {attack['text']}"
    return answer_from(question, passages, engine_of(model), OfflineEngine()), model


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) >= 25
    assert len({attack["id"] for attack in ATTACKS}) == len(ATTACKS)
    assert {attack["where"] for attack in ATTACKS} == {"passage", "question"}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["id"])
def test_what_an_obedient_model_writes_is_not_shown(attack: dict[str, Any]) -> None:
    answer, _ = attacked(attack)
    shown = [statement.text for statement in answer.statements]
    told = json.dumps(answer.as_json(0.1), ensure_ascii=False).lower()
    if "passes" in attack:
        assert shown == attack["passes"]
    elif "missed" in attack:
        assert shown == [attack["text"]]
        assert answer.citations[0].span.passage.layer == "own", "at least it is seen where it stands"
    elif "never" not in attack:
        assert answer.engine == "offline"
        assert answer.note
        obeyed = json.loads(obeying(attack))["statements"] if isinstance(attack["obeyed"], list) else []
        assert not {statement["text"] for statement in obeyed} & set(shown) - {QUOTE}
    for words in attack.get("never", ()):
        assert words not in told
    html = answer_html(answer, "1", 0.1).lower()
    assert not any(danger in html for danger in ("<script", "<img", "tracker.example", "answers.example"))


@pytest.mark.parametrize("attack", ORDERS, ids=lambda attack: attack["id"])
def test_no_engine_shows_an_injection_as_a_statement(attack: dict[str, Any]) -> None:
    """The offline engine quotes documents word for word, so orders in them are its own worst case."""
    passages = [own(attack["text"])]
    answer = answer_from(f"What about {attack['text']}", passages, OfflineEngine())
    assert attack["text"] not in answer.text


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["id"])
def test_the_model_sees_the_injection_only_between_markers(attack: dict[str, Any]) -> None:
    _, model = attacked(attack)
    system, user = model.heard[0][0][1], model.heard[0][1][1]
    assert attack["text"] not in system
    before, *rest = user.split(attack["text"])
    if rest:
        code = user.rsplit("</question ", 1)[1].rstrip(">")
        assert before.count(f" {code}") == 2 * before.count(f"</passage {code}>") + 1, "a marker is open"
