"""The items desk: practice items drawn and checked, and the models they are drawn from."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.author.checks.check import Checks
from tutor.author.checks.novelty import Known, Likeness, Memory
from tutor.author.checks.proof import is_proved
from tutor.author.checks.recheck import recheck
from tutor.author.checks.verdict import Fault, Verdict
from tutor.author.contrast import twin, twin_of_trouble
from tutor.author.draw import draw, section_weights, whole_situations
from tutor.author.item import DraftItem
from tutor.author.kinds_soundness import examine_kind
from tutor.author.practice_item import PracticeItem, read_item
from tutor.author.quoting import carrier, with_quotes
from tutor.author.recent import LATELY, Recent
from tutor.author.soundness import Soundness, examine
from tutor.author.wanted import Wanted
from tutor.author.written import Written, write_item
from tutor.engines.tasks import ITEM
from tutor.errors import InputError
from tutor.flow.bonds import standing_bonds
from tutor.flow.ground import Ground
from tutor.flow.guides import GuidesDesk
from tutor.flow.rulings import voided
from tutor.flow.writing import open_author
from tutor.practice.grading import grade
from tutor.practice.rating import rerated, skill, start
from tutor.practice.weakness import weakest
from tutor.read.document import CURRENT_EDITION, Passage
from tutor.read.guides.blueprint import Blueprint
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import FOLDERS, ItemModel, read_item_model, read_item_models
from tutor.read.passages import cut_all
from tutor.review.binding import Bonds
from tutor.store import Attempt, BankedItem
from tutor.store.bank import Bank, State

if TYPE_CHECKING:
    from tutor.solve.solver import Solver

LEARNER = "me"
"""Who practises, where nobody says so."""
PASSAGES_WRITTEN_FROM = 6
"""How many passages an author is given."""
ATTEMPTS_PER_ITEM = 20
"""Rejected items in a row after which no more are drawn."""


class ItemsDesk:
    """What can be asked of practice items."""

    def __init__(self, ground: Ground, solver: Callable[[], Solver]) -> None:
        self._ground = ground
        self._solver = solver

    def check_models(self, files: Sequence[Path] = ()) -> list[Soundness]:
        """Examine these item models, or all of them."""
        models = [read_item_model(file.read_text(encoding="utf-8"), name=file.stem) for file in files] or self.models
        return [
            examine(model, self.passages.__contains__, carrier(self.passages))
            if isinstance(model, DecisionModel)
            else examine_kind(model, self.passages)
            for model in models
        ]

    def situations(self, files: Sequence[Path]) -> Iterator[PracticeItem]:
        """Every turn of every situation of these models, with all that it offers: to be read before learners do."""
        for file in files:
            model = read_item_model(file.read_text(encoding="utf-8"), name=file.stem)
            checks = Checks({model.id: model}, self.passages, self.memory, Known())
            for drawn in whole_situations(model, "read"):
                item = with_quotes(drawn, self.passages)
                yield PracticeItem(item, checks.examine(item)[0], self._cited(item))

    def generate(
        self, count: int, wanted: Wanted, seed: str | None = None, *, independent: bool = False
    ) -> Iterator[PracticeItem]:
        """Draw items until `count` of them pass all checks; those that fail are yielded too, with their faults.

        The same seed and wish give the same items. Without a seed they are fresh: none that is in the bank comes again,
        and what passes is kept there. `independent` also has each solved by a solver that sees neither key nor model.
        """
        passed = 0
        is_fresh = seed is None
        known = self._banked(lambda _: True) if is_fresh else {}
        checks = self._checks(known, independent=independent)
        recent = self._recent(known) if is_fresh else Recent()
        for made in self._drawn(checks, wanted, seed or secrets.token_hex(6), recent):
            if is_fresh:
                self._keep(made)
            yield made
            passed += made.verdict.passed
            if passed == count:
                return

    def write(self, about: str, objective: str, engine: str) -> tuple[BankedItem | None, Written]:
        """Let a language model write an item on the passages about something, also of the learner's own documents.

        What passes the checks is kept in review: no model proves its key, so that a person must read it first.
        """
        passages = [hit.passage for hit in self._ground.search(about, PASSAGES_WRITTEN_FROM, None)]
        given = {passage.id: passage for passage in passages}
        checks = replace(self._checks(self._banked(lambda _: True)), passages=given)
        treats = (f"{CURRENT_EDITION}/{objective}",)
        author = open_author(self._ground, engine, ITEM)
        bonds = self._bonds
        written = write_item(
            author, passages, treats, lambda item: self._with_rulings(checks.examine(item)[0], item, bonds)
        )
        if written.item is None:
            return None, written
        made = PracticeItem(written.item, written.verdict, given, author.name)
        return self._keep(made, author.prompt_hash, "in review"), written

    def faults_of(self, item: DraftItem) -> list[str]:
        """What the checks of every item, and rulings, hold against one that nothing else is compared with."""
        verdict = self._with_rulings(self._checks({}).examine(item)[0], item, self._bonds)
        return [fault.text for fault in verdict.faults]

    def keep_in_review(self, item: DraftItem, engine: str, prompt_hash: str) -> BankedItem | None:
        """Keep an item that has passed the checks until a person has read it."""
        proved = is_proved(next((model for model in self.models if model.id == item.model), None))
        return self._keep(
            PracticeItem(item, Verdict(proved=proved), self._cited(item), engine), prompt_hash, "in review"
        )

    # The bank

    @property
    def bank(self) -> Bank:
        """The items that are kept."""
        return self._ground.store.bank

    def approve(self, item_id: str) -> None:
        """Say that a person has read an item and found it good."""
        self.bank.set_state(self.find(item_id).id, "approved")

    def retire(self, item_id: str) -> None:
        """Take an item out of use; nothing like it is drawn again for the same learner."""
        self.bank.set_state(self.find(item_id).id, "retired")

    def recheck(self, *, every: bool = False) -> list[tuple[str, tuple[Fault, ...]]]:
        """Check items again whose cited passages changed, or `every` one; those that fail are withdrawn and named."""
        models = {model.id: model for model in self.models}
        passages = {passage.id: passage for passage in self._ground.passages()} | dict(self.passages)
        withdrawn = []
        for kept in self.bank.all("draft", "in review", "approved"):
            ids = {citation["passage"] for citation in kept.item["citations"]}
            corpus_hash = self._hash_of(passages[one] for one in ids if one in passages)
            if corpus_hash == kept.corpus_hash and not every:
                continue
            faults = tuple(recheck(read_item(kept.item), models.get(kept.model), passages))
            checks = {**kept.checks, **Verdict(faults, proved=bool(kept.model)).as_json()}
            checks |= {"solver": kept.checks.get("solver", "not asked")}
            why = "a cited passage changed" if corpus_hash != kept.corpus_hash else "checked again"
            self.bank.revise(kept.id, kept.item, checks, why, self._ground.clock(), corpus_hash)
            if faults:
                self.bank.set_state(kept.id, "retired")
                withdrawn.append((kept.id, faults))
        return withdrawn

    # Practising

    def fresh(self, wanted: Wanted, learner: str = LEARNER) -> BankedItem:
        """A new item that passed all checks and that this learner has not met; it is kept in the bank."""
        met = {attempt.item_id for attempt in self.attempts(learner)}
        known = self._banked(lambda item: item.id in met or item.state == "retired")
        for made in self._drawn(self._checks(known), wanted, secrets.token_hex(6), self._recent(known)):
            if kept := self._keep(made):
                return kept
        raise InputError(f"{ATTEMPTS_PER_ITEM} items in a row failed the checks. Ask for something wider.")

    def find(self, item_id: str) -> BankedItem:
        """An item of the bank."""
        found = self._ground.store.bank.find(item_id)
        if found is None:
            raise InputError(f"There is no item {item_id!r} in the bank. `tutor items` lists what there is.")
        return found

    def answer(self, item_id: str, chosen: Iterable[str], seconds: float = 0.0, learner: str = LEARNER) -> Attempt:
        """Grade an answer, keep it, and let it correct the item's difficulty."""
        found = self.find(item_id)
        picked, is_right = grade(chosen, found.item["key"], list(found.item["options"]))
        attempt = Attempt(item_id, learner, picked, is_right, seconds, self._ground.clock())
        rating = rerated(found.rating, self.skill(learner), is_right, found.answers)
        self._ground.store.bank.attempt(attempt, rating)
        return attempt

    def attempts(self, learner: str = LEARNER) -> list[Attempt]:
        """What a learner has answered, oldest first."""
        return self._ground.store.bank.attempts(learner=learner)

    def skill(self, learner: str = LEARNER) -> float:
        """A learner's skill on the scale of the items' ratings."""
        ratings = {item.id: item.rating for item in self._ground.store.bank.all()}
        return skill((ratings[one.item_id], one.is_right) for one in self._counted(learner) if one.item_id in ratings)

    def weakest(self, learner: str = LEARNER) -> str | None:
        """The objective that this learner misses most; None before anything was missed."""
        objectives = {item.id: item.objective for item in self._ground.store.bank.all()}
        return weakest((objectives[one.item_id], one.is_right) for one in self._counted(learner))

    def _counted(self, learner: str) -> list[Attempt]:
        """What a learner has answered, without answers to items that turned out to be wrong."""
        void = voided(self._ground)
        return [one for one in self.attempts(learner) if one.item_id not in void or one.at > void[one.item_id]]

    def twin(self, item_id: str, chosen: str) -> tuple[BankedItem, str] | None:
        """The item in which what was chosen would be right, kept in the bank, and the sentence that leads to it."""
        found = self.find(item_id)
        item = read_item(found.item)
        model = next((one for one in self.models if one.id == item.model), None)
        if model is None or chosen not in item.letters:
            return None
        option = item.options[item.letters.index(chosen)].id
        made = None
        if isinstance(model, DecisionModel):
            made = twin(item, model, option, carried=carrier(self.passages))
        elif isinstance(model, DiagnosisModel):
            made = twin_of_trouble(item, model, option)
        if made is None:
            return None
        drawn = with_quotes(made.item, self.passages)
        verdict, _ = Checks({model.id: model}, self.passages, self.memory, Known()).examine(drawn)
        kept = self._keep(PracticeItem(drawn, self._with_rulings(verdict, drawn, self._bonds), self._cited(drawn)))
        return (kept, " ".join(said.text for said in made.says)) if kept else None

    def warm(self) -> None:
        """Load what the first item needs."""
        draw(self.models, Wanted(), "warm", self.passages)
        self.memory.encode(["warm"])

    @cached_property
    def blueprint(self) -> Blueprint:
        """The exam as the current guide lays it out."""
        return GuidesDesk(self._ground).to_practise()

    def _keep(self, made: PracticeItem, prompt_hash: str = "", state: State = "draft") -> BankedItem | None:
        """Put what passed into the bank, and what failed to the rejections."""
        told = made.as_kept()
        if not made.verdict.passed:
            self._ground.store.bank.reject(told, told["checks"]["faults"], made.engine, self._ground.clock())
            return None
        kept = BankedItem(
            id=made.id,
            version=1,
            state=state,
            kind=made.item.kind,
            objective=made.objective,
            consideration=made.consideration,
            model=made.item.model,
            seed=made.item.seed,
            engine=made.engine,
            prompt_hash=prompt_hash,
            corpus_hash=self._hash_of(
                passage for passage in made.passages.values() if passage.id in {one.passage for one in made.quotes}
            ),
            item=told,
            checks=told["checks"],
            rating=start(made.item.hardness),
            answers=0,
            right=0,
            made_at=self._ground.clock(),
        )
        self._ground.store.bank.keep(kept)
        return kept

    @staticmethod
    def _hash_of(passages: Iterable[Passage]) -> str:
        """What the cited passages say, in short: another hash means that one of them changed."""
        told = "\n".join(f"{passage.id}\n{passage.text}" for passage in sorted(passages, key=lambda one: one.id))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def models(self) -> list[ItemModel]:
        """All item models, without the rulings that reviewers struck up to this moment."""
        bonds = self._bonds
        return [bonds.without_struck(one) for one in self._models_read]

    @cached_property
    def _models_read(self) -> list[ItemModel]:
        """The models as their files have them."""
        return list(read_item_models(*(self._ground.settings.corpus / folder for folder in FOLDERS)))

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """The passages of the shipped documentation, which items cite."""
        return {passage.id: passage for passage in cut_all(self._ground.pages())}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        return section_weights(self.blueprint)

    def _drawn(self, checks: Checks, wanted: Wanted, seed: str, recent: Recent) -> Iterator[PracticeItem]:
        """Items of a seed, unlike each other and those of lately, checked one by one, until too many in a row fail."""
        number = in_vain = 0
        bonds, models = self._bonds, self.models
        while in_vain < ATTEMPTS_PER_ITEM:
            drawn = draw(models, wanted, seed, self.passages, number=number, weights=self._weights, recent=recent)
            verdict, likeness = checks.examine(drawn)
            verdict = self._with_rulings(verdict, drawn, bonds)
            if verdict.passed and likeness:
                checks.known.add(f"{drawn.model} {drawn.seed}", likeness)
                recent.add(drawn)
            recent.pass_over(drawn)
            number, in_vain = number + 1, 0 if verdict.passed else in_vain + 1
            yield PracticeItem(drawn, verdict, self._cited(drawn))

    def _recent(self, known: Mapping[str, DraftItem]) -> Recent:
        """The items of the bank that were made last, the latest last, and the situations of those that are known."""
        lately = [read_item(item.item) for item in reversed(self.bank.all(most=LATELY))]
        return Recent(lately, [(item.model, item.told) for item in known.values() if item.told])

    def _banked(self, is_known: Callable[[BankedItem], bool]) -> dict[str, DraftItem]:
        """The items of the bank from which a new one must differ, by their ids."""
        return {banked.id: read_item(banked.item) for banked in self.bank.all() if is_known(banked)}

    def _with_rulings(self, verdict: Verdict, item: DraftItem, bonds: Bonds) -> Verdict:
        """The verdict, with what reviewers ruled out since."""
        if not bonds.bonds:
            return verdict
        told = PracticeItem(item, verdict, {}).as_kept()
        ruled = (
            Fault("ruling", "ruled out by a reviewer", words=f"{shown} ({bond.case})")
            for bond, shown in bonds.against_item(told)
        )
        return replace(verdict, faults=(*verdict.faults, *ruled))

    @property
    def _bonds(self) -> Bonds:
        """What rulings forbid."""
        return standing_bonds(self._ground)

    @cached_property
    def memory(self) -> Memory:
        """What texts mean, each encoded once."""
        return Memory(self._ground.encoder)

    def _checks(self, banked: Mapping[str, DraftItem], *, independent: bool = False) -> Checks:
        """All checks; new is what differs from these items of the bank."""
        known = Known()
        for item_id, item in banked.items():
            known.add(item_id, Likeness.of(item, self.memory))
        by_id = {model.id: model for model in self.models}
        return Checks(by_id, self.passages, self.memory, known, self._solver if independent else None)

    def _cited(self, item: DraftItem) -> dict[str, Passage]:
        quotes = (quote for option in item.options for said in option.explanation for quote in said.quotes)
        return {quote.passage: self.passages[quote.passage] for quote in quotes if quote.passage in self.passages}
