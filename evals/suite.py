"""Settings and the name of an engine in; the tasks of a run out, each yielding scored cases when it is called.

`checks` names what no engine takes part in: pages, the check of citations, rulings, the solver. Sets whose files
are not there are left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from evals.answering import Answering, rarity_in
from evals.conversations import read_conversations
from evals.foundations import Sealed, score_item, score_pages, score_ruling, score_support
from evals.generated import COUNT as GENERATED
from evals.generated import score_generated
from evals.gold_set import GOLD, ExamItem, Split, read_items, read_outside, read_questions, read_support
from evals.hostile import read_hostile
from evals.key_points import Rarity
from evals.scored import Scored
from evals.scripted import NAME as SCRIPTED_NAME
from evals.scripted import scripted_model
from tutor.engines.prompt import prompt_hash
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.flow.ground import Ground
from tutor.read.item_models.decision import read_models
from tutor.read.passages import cut_all
from tutor.settings import Settings

CHECKS = "checks"
ITEM_LEVELS = ("lot", "classic", "strict")
"""Levels of exam-style items that a run solves; `python -m evals solve` solves all of them, which takes longer."""
ITEMS_PASSED_BY = 3
"""A quick suite takes every so-manieth of these."""
SCRIPTED = "scripted"

T = TypeVar("T")


@dataclass(frozen=True)
class Task:
    """One thing to score, by name."""

    name: str
    score: Callable[[], Sequence[Scored]]


@dataclass(frozen=True)
class Suite:
    """All tasks of a run, and what they measure."""

    engine: str
    about: dict[str, str]
    tasks: tuple[Task, ...]


@contextmanager
def open_suite(
    settings: Settings, engine: str, split: Split | None, sealed: Sequence[Sealed], *, is_quick: bool = False
) -> Iterator[Suite]:
    """The tasks for an engine, `scripted` or `checks` among them, while what they need is open.

    A quick suite, such as the gate's, solves one exam-style item of several: solving takes longer than all else.
    """
    with ExitStack() as stack:
        lies: Sequence[str] = ()
        store = Path(stack.enter_context(TemporaryDirectory(prefix="tutor-"))) / "tutor.sqlite"
        settings = replace(settings, database_url=f"sqlite:///{store}")  # turns that ask for items leave attempts
        if engine == SCRIPTED:
            model, script = stack.enter_context(scripted_model())
            settings, lies = replace(settings, models=(*settings.models, model)), script.lies
        tutor, ground = Tutor(settings), Ground(settings)
        stack.callback(tutor.close)
        stack.callback(ground.close)
        rarity = rarity_in(ground)
        if engine == CHECKS:
            every = ITEMS_PASSED_BY if is_quick else 1
            items = _of([item for item in read_items() if item.level in ITEM_LEVELS], split)[::every]
            tasks = _checks(tutor, ground, rarity, _Cases(split, sealed, items, GENERATED // every))
        else:
            tutor.warm()
            tasks = _answers(Answering(tutor, rarity, SCRIPTED_NAME if engine == SCRIPTED else engine, lies), split)
        yield Suite(engine, _about(settings), _named_once(tasks))


def _named_once(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """The tasks; two of one name would be kept as one, and each other's results be lost."""
    found = tuple(tasks)
    twice = [name for name, count in Counter(task.name for task in found).items() if count > 1]
    if twice:
        raise InputError(f"Cases of the gold set share a name: {', '.join(twice)}. Give each its own.")
    return found


def _answers(answering: Answering, split: Split | None) -> Iterator[Task]:
    yield from (Task(one.id, partial(_one, answering.question, one)) for one in _of(read_questions(), split))
    yield from (Task(one.id, partial(_one, answering.outside, one)) for one in _of(read_outside(), split))
    yield from (Task(one.id, partial(_one, answering.hostile, one)) for one in _of(read_hostile(), split))
    yield from (Task(one.id, partial(_all, answering.conversation, one)) for one in _of(read_conversations(), split))


@dataclass(frozen=True)
class _Cases:
    """What is checked without an engine."""

    split: Split | None
    sealed: Sequence[Sealed]
    items: Sequence[ExamItem]
    generated: int


def _checks(tutor: Tutor, ground: Ground, rarity: Rarity, cases: _Cases) -> Iterator[Task]:
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    models = {model.id: model for model in read_models(ground.settings.corpus / "decisions")}
    for question in _of(read_questions(), cases.split):
        yield Task(f"pages {question.id}", partial(_one, score_pages, question, passages, rarity))
    for quoted in _of(read_support(), cases.split):
        yield Task(f"support {quoted.id}", partial(_all, score_support, quoted, passages))
    for case in cases.sealed:
        yield Task(f"ruling {case.id}", partial(_one, score_ruling, case, models))
    for item in cases.items:
        yield Task(f"item {item.id}", partial(_one, score_item, item, tutor.solve))
    if cases.split != "tune":  # nothing was tuned on what this seed draws
        yield Task("generated", partial(_all, score_generated, tutor, cases.generated))


def _one(score: Callable[..., Scored | None], *given: object) -> list[Scored]:
    """The one case that a scorer yields, or none."""
    scored = score(*given)
    return [scored] if scored else []


def _all(score: Callable[..., Iterator[Scored]], *given: object) -> list[Scored]:
    return list(score(*given))


def _of(cases: Sequence[T], split: Split | None) -> list[T]:
    return [case for case in cases if split in (None, getattr(case, "split", None))]


def _about(settings: Settings) -> dict[str, str]:
    """Hashes of what a run depends on: two runs that differ in one of them may differ for that reason."""
    return {
        "pages": _hash(settings.corpus / "docs", "*.md"),
        "item models": _hash(settings.corpus, "**/*.yaml"),
        "prompt": prompt_hash(),
        "gold": _hash(GOLD, "*.yaml"),
    }


def _hash(folder: Path, pattern: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
