"""The baseline in; regressions planted on purpose out, one after the other, and whether the gate sees each.

Five places: a page, a prompt, a weight, a ruling of a decision model, the check of citations. Nothing on disk changes:
pages and models are changed in memory, constants for the time of a run, prompts in a folder of their own.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from evals.answering import rarity_in
from evals.baseline import Baseline
from evals.foundations import score_pages, score_ruling, score_support
from evals.gate import Finding, judge
from evals.gold_set import Question, read_questions, read_support
from evals.key_points import Rarity, cover
from evals.scored import Run, Scored
from evals.suite import CHECKS, SCRIPTED, open_suite
from tutor.answer import clauses, support
from tutor.answer.claims import Denial
from tutor.engines import prompt
from tutor.flow.ground import Ground
from tutor.index import search
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel, read_models
from tutor.read.passages import cut_all
from tutor.read.statements import statements
from tutor.settings import OFFLINE, Settings

EACH = 6
"""So many are planted in pages for each way of damaging, and in rulings."""
SEED = "planted"


@dataclass(frozen=True)
class Planted:
    """A regression, and what the gate made of it."""

    place: str
    what: str
    findings: tuple[Finding, ...]

    @property
    def is_caught(self) -> bool:
        """Whether the gate closed."""
        return bool(self.findings)


def plant_all(settings: Settings, baseline: Baseline) -> Iterator[Planted]:
    """Plant in every place."""
    ground = Ground(settings)
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    yield from in_pages(passages, rarity_in(ground), baseline)
    yield from in_rulings(list(read_models(settings.corpus / "decisions")), baseline)
    yield from in_citation_check(passages, baseline)
    ground.close()
    yield from in_weights(settings, baseline)
    yield from in_prompt(settings, baseline)


def in_pages(passages: Mapping[str, Passage], rarity: Rarity, baseline: Baseline) -> Iterator[Planted]:
    """Damage sentences that carry a key point: another number, a "not" more, the sentence gone."""
    present = _Judge.of(baseline, [score_pages(question, passages, rarity) for question in read_questions()])
    for name, damage in (("another number", _other_number), ("denied", _denied), ("left out", lambda _: "")):
        for question, place, sentence in _carriers(passages, rarity, damage):
            passage = passages[place]
            text = passage.text.replace(sentence, damage(sentence))
            damaged = {**passages, place: replace(passage, text=text)}
            scored = [score_pages(question, damaged, rarity)]
            yield present.judged("page", f"{place}, {name}: {' '.join(sentence.split())[:90]}", scored)


def _carriers(
    passages: Mapping[str, Passage], rarity: Rarity, damage: Callable[[str], str]
) -> list[tuple[Question, str, str]]:
    """Sentences without which a key point would not be carried, and which can be damaged so."""
    found = []
    for question in read_questions():
        for point in question.key_points:
            carrying = [
                (place, one.text)
                for place in question.passages
                if place in passages
                for one in statements(passages[place].text)
                if one.form in ("sentence", "entry") and cover(point, [one.text], rarity).has
            ]
            if len(carrying) == 1 and damage(carrying[0][1]) != carrying[0][1]:
                found.append((question, *carrying[0]))
    return random.Random(SEED).sample(found, min(EACH, len(found)))  # noqa: S311 - a draw that can be repeated


def _other_number(sentence: str) -> str:
    return re.sub(r"(?<![\w.,])\d+(?![\w.,]*\d)", lambda match: str(int(match[0]) * 2 + 7), sentence, count=1)


def _denied(sentence: str) -> str:
    return re.sub(r"\b(is|are|can|must|may|has|have|does) (?!not|no )", r"\1 not ", sentence, count=1)


def in_rulings(models: Sequence[DecisionModel], baseline: Baseline) -> Iterator[Planted]:
    """Turn a violation into a fit, and strike one out."""
    draw = random.Random(SEED)  # noqa: S311 - a draw that can be repeated
    present = _Judge.of(baseline, _rulings({one.id: one for one in models}, baseline))
    for name in ("turned round", "struck out"):
        for model in draw.sample(list(models), EACH):
            ruling = draw.choice([one for one in model.rulings if one.says == "violates"])
            rest = tuple(one for one in model.rulings if one is not ruling)
            turned = (ruling.model_copy(update={"says": "fits"}),) if name == "turned round" else ()
            changed = DecisionModel.model_validate({**model.model_dump(), "rulings": (*rest, *turned)})
            by_id = {**{one.id: one for one in models}, model.id: changed}
            what = f"{model.id}, {name}: {ruling.fact} on {ruling.option}"
            yield present.judged("ruling", what, _rulings(by_id, baseline))


def _rulings(models: Mapping[str, DecisionModel], baseline: Baseline) -> list[Scored]:
    return [one for sealed in baseline.sealed if (one := score_ruling(sealed, models))]


def in_citation_check(passages: Mapping[str, Passage], baseline: Baseline) -> Iterator[Planted]:
    """Let parts of the check fall silent."""

    def no_denials(_text: str) -> list[Denial]:
        return []

    silenced: dict[str, AbstractContextManager[object]] = {
        "numbers and identifiers": patch.object(support, "exact_tokens", lambda _text: set()),
        "denials": patch.object(support, "denials", no_denials),
        "claims that go further": patch.object(support, "overstates", lambda *_: False),
        "words elsewhere in the quotes": patch.object(clauses.Unit, "known", property(_everything)),
        "share of words": patch.object(support, "WORDS_COVERED", 0.2),
        "the whole check": patch("tutor.answer.citations.flaw", lambda *_: None),
    }
    present = _Judge.of(baseline, _support(passages))
    for name, silence in silenced.items():
        with silence:
            scored = _support(passages)
        yield present.judged("citation check", f"silent on {name}", scored)


def _support(passages: Mapping[str, Passage]) -> list[Scored]:
    return [one for case in read_support() for one in score_support(case, passages)]


class _Everything(frozenset[str]):
    """Has every word."""

    def __contains__(self, _word: object) -> bool:
        return True


def _everything(_unit: clauses.Unit) -> frozenset[str]:
    return _Everything()


def in_weights(settings: Settings, baseline: Baseline) -> Iterator[Planted]:
    """Shift weights of search and of the scope."""
    from tutor.answer import scope

    shifted = {
        "words alone (dense weight 0)": patch.object(search, "DENSE_WEIGHT", 0.0),
        "meaning alone (dense weight 1)": patch.object(search, "DENSE_WEIGHT", 1.0),
        "page weight 4": patch.object(search, "PAGE_WEIGHT", 4.0),
        "least probability 0.9": patch.object(scope, "LEAST_PROBABILITY", 0.9),
        "least probability 0.05": patch.object(scope, "LEAST_PROBABILITY", 0.05),
    }
    present = _Judge.of(baseline, _answers(settings, OFFLINE), OFFLINE)
    for name, shift in shifted.items():
        with shift:
            scored = _answers(settings, OFFLINE)
        yield present.judged("weight", name, scored)


def _answers(settings: Settings, engine: str) -> list[Scored]:
    with open_suite(settings, engine, None, ()) as suite:
        return [one for task in suite.tasks for one in task.score()]


def in_prompt(settings: Settings, baseline: Baseline) -> Iterator[Planted]:
    """Take one rule out of the prompt at a time; the scripted model lapses where a rule is gone."""
    text = (prompt.FOLDER / "answer.txt").read_text(encoding="utf-8")
    taken = {
        "exact quotes": re.sub(r"copied from that passage character by\s+character", "from that passage", text),
        "exact numbers": re.sub(r"(?m)^- Keep numbers.*\n(?:  .*\n)*", "", text),
        "the leading statement first": re.sub(
            r"Begin with the statement that answers the question\. Then", "Say", text
        ),
        "how many statements": text.replace("Two to six statements; fewer", "Fewer"),
        "the form": re.sub(r"(?s)What to return.*", "", text),
    }
    present = _Judge.of(baseline, _answers(settings, SCRIPTED), SCRIPTED)
    for name, shortened in taken.items():
        assert shortened != text, f"the prompt has no rule on {name} any more"
        with _prompt(shortened):
            scored = _answers(settings, SCRIPTED)
        yield present.judged("prompt", f"without {name}", scored)


@contextmanager
def _prompt(text: str) -> Iterator[None]:
    """The prompt files with another `answer.txt`."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "prompts"
        shutil.copytree(prompt.FOLDER, folder)
        (folder / "answer.txt").write_text(text, encoding="utf-8")
        with patch.object(prompt, "FOLDER", folder):
            _forget_prompt()
            yield
    _forget_prompt()


def _forget_prompt() -> None:
    prompt._file.cache_clear()
    prompt.prompt_hash.cache_clear()


@dataclass(frozen=True)
class _Judge:
    """Judges a planted state by what it adds to the findings of the present one."""

    baseline: Baseline
    engine: str
    known: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, baseline: Baseline, present: Sequence[Scored], engine: str = CHECKS) -> _Judge:
        """A judge who knows what is found without any plant."""
        found = judge(baseline, {engine: Run(engine, "", {}, tuple(present))})
        return cls(baseline, engine, frozenset(map(_place, found)))

    def judged(self, place: str, what: str, scored: Sequence[Scored]) -> Planted:
        """What is found now and was not before."""
        found = judge(self.baseline, {self.engine: Run(self.engine, "", {}, tuple(scored))})
        return Planted(place, what, tuple(one for one in found if _place(one) not in self.known))


def _place(finding: Finding) -> tuple[str, ...]:
    return finding.what, finding.set, finding.score, finding.where
