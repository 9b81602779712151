"""The checks over the shipped models: what is right passes, and each thing made wrong is named."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from tutor.author.checks.check import Checks
from tutor.author.checks.novelty import SAME_STEM, Known, Likeness, Memory
from tutor.author.checks.proof import key_faults
from tutor.author.draw import draw
from tutor.author.item import DraftItem
from tutor.author.practice_item import PracticeItem, read_item
from tutor.author.wanted import Wanted
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.kinds import FOLDERS, ItemModel, read_item_models
from tutor.settings import PROJECT
from tutor.solve.question import Question
from tutor.solve.solution import Solution

KINDS = ("decision", "diagnosis", "sequence", "quantity", "reading", "concept")


class Letters:
    """An encoder that counts letters: enough to tell texts apart, and quick."""

    name = "letters"
    calls = 0

    def encode_query(self, text: str):
        return self.encode_passages([text])[0]

    def encode_passages(self, texts, progress=None):
        self.calls += len(texts)
        counts = np.array([[text.count(chr(97 + i)) + 0.01 for i in range(26)] for text in texts], np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


class Always:
    """A solver that prefers one option, and is sure of it."""

    def __init__(self, letter: str, confidence: float = 0.99) -> None:
        self.letter, self.confidence = letter, confidence

    def solve(self, question: Question, without: str = "") -> Solution:
        assert without
        weights = (0.25,) * len(question.options)
        return Solution(question, (self.letter,), self.confidence, ((),) * len(question.options), weights)


@pytest.fixture(scope="module")
def models() -> Mapping[str, ItemModel]:
    return {one.id: one for one in read_item_models(*(PROJECT / "corpus" / folder for folder in FOLDERS))}


@pytest.fixture(scope="module")
def drawn(models, shipped_passages) -> dict[str, list[DraftItem]]:
    """A few items of each kind."""
    listed = list(models.values())
    return {
        kind: [draw(listed, Wanted(kind=kind), "checks", shipped_passages, number=n) for n in range(6)]
        for kind in KINDS
    }


@pytest.fixture
def checks(models, shipped_passages) -> Checks:
    return Checks(models, shipped_passages, Memory(Letters()), Known())


def faults(checks: Checks, item: DraftItem, check: str) -> list[str]:
    return [fault.name for fault in checks.examine(item)[0].faults if fault.check == check]


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_of_a_drawn_item_is_proved(checks, drawn, kind: str) -> None:
    for item in drawn[kind]:
        assert faults(checks, item, "key") == [], item
        assert checks.examine(item)[0].proved


@pytest.mark.parametrize("kind", KINDS)
def test_another_key_is_found_out(checks, drawn, kind: str) -> None:
    for item in drawn[kind]:
        wrong = replace(item, key=((item.key[0] + 1) % len(item.options),))
        assert faults(checks, wrong, "key") == ["the model leaves other options"]
        assert not checks.examine(wrong)[0].proved


@pytest.mark.parametrize("kind", KINDS)
def test_circumstances_that_the_model_does_not_know_are_named(checks, drawn, kind: str) -> None:
    item = drawn[kind][0]
    strange = replace(item, circumstances=(*item.circumstances[:1], "no such thing", "at all"))
    if kind == "reading":
        strange = replace(item, circumstances=(item.circumstances[0], "no such thing"))
    assert faults(checks, strange, "key")


def test_an_invented_quote_and_a_missing_citation_are_found(checks, drawn) -> None:
    item = drawn["decision"][0]
    passage = next(quote.passage for said in item.options[0].explanation for quote in said.quotes)
    invented = DraftStatement("Nobody ever wrote this.", (Quote(passage, "Nobody ever wrote this."),))
    options = (replace(item.options[0], explanation=(invented,)), *item.options[1:])
    assert faults(checks, replace(item, options=options), "citations")
    bare = (replace(item.options[0], explanation=(DraftStatement("It is so.", ()),)), *item.options[1:])
    assert faults(checks, replace(item, options=bare), "citations") == ["nothing is cited"]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"stem": " "}, "no stem"),
        ({"ask": ""}, "no ask"),
        ({"key": ()}, "key"),
        ({"key": (9,)}, "key outside the options"),
        ({"options": ()}, "number of options"),
    ],
)
def test_what_is_no_item_goes_no_further(checks, drawn, change, name: str) -> None:
    verdict, likeness = checks.examine(replace(drawn["decision"][0], **change))
    assert name in [fault.name for fault in verdict.faults]
    assert {fault.check for fault in verdict.faults} == {"schema"}
    assert likeness is None


def test_two_options_that_say_the_same_are_found(checks, drawn) -> None:
    item = drawn["decision"][0]
    same = replace(item.options[1], text=item.options[0].text + ".")
    assert faults(checks, replace(item, options=(item.options[0], same, *item.options[2:])), "schema")


def test_an_item_is_new_once(checks, drawn) -> None:
    item = drawn["decision"][0]
    verdict, likeness = checks.examine(item)
    assert verdict.passed, verdict.faults
    checks.known.add("first", likeness)
    assert faults(checks, item, "novelty") == ["decided by the same circumstances"]
    retold = replace(item, circumstances=(), model="")
    assert faults(checks, retold, "novelty") == ["near-duplicate"]


def test_the_order_of_sentences_does_not_make_an_item_new() -> None:
    memory = Memory(Letters())
    one, other = memory.meaning("It rains. Nobody works."), memory.meaning("Nobody works. It rains.")
    assert float(one @ other) == pytest.approx(1.0)


def test_what_was_encoded_is_not_encoded_again(drawn) -> None:
    encoder = Letters()
    memory = Memory(encoder)
    assert len(Likeness.of(drawn["decision"][0], memory).stem) == 26
    before = encoder.calls
    assert len(Likeness.of(drawn["decision"][0], memory).stem) == 26
    assert encoder.calls == before > 0


def test_many_known_items_stay_apart_and_stems_are_encoded_only_where_keys_are_alike() -> None:
    encoder, dice = Letters(), np.random.default_rng(1)
    known, memory = Known(), Memory(encoder)
    for number in range(600):
        vector = dice.normal(size=26).astype(np.float32)
        last = Likeness(vector / np.linalg.norm(vector), (), "It rains.", memory)
        assert known.nearest(last) == ("", 0.0)
        known.add(str(number), last)
    assert encoder.calls == 0
    name, near = known.nearest(last)
    assert (name, round(near, 3)) == ("599", 1.0)
    other = Likeness(last.key, (), "Xylophones buzz quickly.", memory)
    assert known.nearest(other)[1] < SAME_STEM


def test_a_sure_solver_that_prefers_another_option_withholds_the_item(models, shipped_passages, drawn) -> None:
    item = drawn["decision"][0]
    other = next(letter for letter in item.letters if letter not in item.key_letters)
    for solver, proof, passed in (
        (Always(other), "disagree", False),
        (Always(other, 0.6), "disagree", True),
        (Always(item.key_letters[0]), "agree", True),
    ):
        checks = Checks(models, shipped_passages, Memory(Letters()), Known(), lambda solver=solver: solver)
        verdict, _ = checks.examine(item)
        assert (verdict.solver, verdict.passed) == (proof, passed)


def test_without_a_solver_the_verdict_says_so(checks, drawn) -> None:
    assert checks.examine(drawn["decision"][0])[0].as_json()["solver"] == "not asked"


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_comes_back_from_its_json(checks, drawn, kind: str) -> None:
    item = drawn[kind][0]
    verdict, _ = checks.examine(item)
    told = PracticeItem(item, verdict, {}).as_kept()

    back = read_item(told)
    assert (back.stem, back.ask, back.key, back.circumstances) == (item.stem, item.ask, item.key, item.circumstances)
    assert list(key_faults(back, checks.models[item.model])) == []
    assert back.options == item.options
    wrong = replace(back, key=((back.key[0] + 1) % len(back.options),))
    assert list(key_faults(wrong, checks.models[item.model]))
