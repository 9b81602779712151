"""The review desk: flags raised, cases gathered and ruled on, carried between machines, and turned into tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.errors import InputError
from tutor.flow.bonds import standing_bonds
from tutor.flow.carrying import carried, take_in
from tutor.flow.ground import Ground
from tutor.flow.rulings import all_cases
from tutor.flow.suspecting import raise_suspicions
from tutor.review.agreement import alpha
from tutor.review.binding import Bond, Bonds, bonds_for_item, check_struck
from tutor.review.case import Case
from tutor.review.chain import Entry, broken
from tutor.review.correction import void_before
from tutor.review.flag import Cause, Flag, Target
from tutor.review.flagged import place_of, shown_of
from tutor.review.gold import GoldRuling, promote
from tutor.review.ruling import Remedy, Reservation, Ruling, Verdict, check_ruling
from tutor.store.reviews import Reviews

if TYPE_CHECKING:
    from tutor.flow.items import ItemsDesk
    from tutor.flow.mending import Mending


@dataclass(frozen=True)
class Ruled:
    """A ruling and what it did."""

    ruling: Ruling
    case: Case
    bonds: tuple[Bond, ...]
    replacement: str = ""
    """The item drawn in the place of one that was to be generated anew; empty where none passed the checks."""


@dataclass(frozen=True)
class Notice:
    """What a learner should know: an item that they answered, or what they flagged in an answer, is wrong."""

    ruling: Ruling
    case: Case
    answered_at: datetime
    """When they answered the item, or flagged the answer."""
    counts_no_longer: bool
    """Whether their answer was left out of what is known of their skill."""


class ReviewDesk:
    """What can be asked of review."""

    def __init__(self, ground: Ground, items: Callable[[], ItemsDesk]) -> None:
        self._ground = ground
        self._items = items

    @cached_property
    def mending(self) -> Mending:
        """What can be done to the item of a case."""
        from tutor.flow.mending import Mending

        return Mending(self._ground, self._items())

    # Flags

    def flag(
        self, target: Target, target_id: str, cause: Cause, words: str, by: str, shown: Mapping[str, Any] | None = None
    ) -> Flag:
        """Hold something against an answer, a statement, a citation or an item; one that is not there is refused."""
        if target == "item":
            shown = self._items().find(target_id).item
        elif shown is None:
            shown = self._part_of_answer(target, target_id)
        raised = Flag(target, target_id, cause, words.strip(), by, self._ground.clock(), shown)
        self._reviews.add_flag(raised)
        return raised

    def withdraw(self, flag: Flag) -> None:
        """Take a flag back; one about a case that was ruled on stays."""
        if any(case.rulings for case in self.cases(also_settled=True) if flag in case.flags):
            raise InputError("A reviewer has ruled on this already, so the flag stays.")
        self._reviews.withdraw_flag(flag.id, self._ground.clock(), flag.by)

    def suspect(self) -> list[Flag]:
        """Raise the flags that statistics, checks and changed sources of items give reason for."""
        return raise_suspicions(self._ground)

    # Cases

    def cases(self, *, also_settled: bool = False) -> list[Case]:
        """What waits for a ruling, the most urgent first."""
        found = all_cases(self._ground)
        return [case for case in found if also_settled or not case.is_settled]

    def case(self, case_id: str) -> Case:
        """One case; a beginning of its id is enough where it is the only one."""
        cases = self.cases(also_settled=True)
        found = [case for case in cases if case.id == case_id] or [case for case in cases if case_id in case.id]
        if len(found) != 1:
            number = f"{len(found)} cases match" if found else "No case matches"
            raise InputError(f"{number} {case_id!r}. `tutor review list` shows them.")
        return found[0]

    def reserve(self, case_id: str, by: str) -> Reservation:
        """Keep a case for oneself for a while; one that somebody else is at raises `InputError`."""
        wanted = Reservation(self.case(case_id).id, by, self._ground.clock())
        held = self._reviews.reserve(wanted)
        _only(held, by)
        return held

    def rule(
        self,
        case_id: str,
        verdict: Verdict,
        by: str,
        *,
        remedy: Remedy = "none",
        words: str = "",
        struck: Iterable[str] = (),
        banned: str = "",
    ) -> Ruled:
        """Decide a case. What is upheld binds at once: `struck` names `fact|option` of the model, `banned` words."""
        case = self._free_case(case_id, by)
        ruling = self._ruling(case, verdict, remedy, words, by)
        made = self._bonds_of(case, struck, banned) if verdict == "uphold" else []
        self._keep(ruling, made, case)
        after = self.case(case.id)
        if after.state == "dismissed":
            self.mending.release(after, (one for one in after.rulings if one.verdict == "uphold"), self._all)
        if not self.mending.is_here(case) or after.state != "upheld":
            return Ruled(ruling, after, tuple(made))
        self._ground.store.bank.set_state(case.target_id, "retired")
        instead = self.mending.replace(case) if remedy == "regenerate" else None
        return Ruled(ruling, after, tuple(made), instead.id if instead else "")

    def fix(
        self, case_id: str, text: str, by: str, words: str, *, struck: Iterable[str] = (), banned: str = ""
    ) -> Ruled:
        """Uphold a case and put an edited item in the place of the old one; one that fails a check is refused."""
        case, struck = self._free_case(case_id, by), list(struck)
        ruling = self._ruling(case, "uphold", "fix", words, by)
        edited = self.mending.check(case, text, struck)
        if edited.faults:
            raise InputError(f"The edited item fails its checks: {'; '.join(one.text for one in edited.faults)}.")
        before = self._items().find(case.target_id).item
        same_key = edited.item["key"] == before["key"]
        made = [
            bond for bond in self._bonds_of(case, struck, banned) if not (same_key and bond.kind == "circumstances")
        ]
        self._keep(ruling, made, case)
        self.mending.keep(case, edited, ruling)
        after = self.case(case.id)
        self._ground.store.bank.set_state(case.target_id, "approved" if after.state == "upheld" else "in review")
        return Ruled(ruling, after, tuple(made))

    def take_back(self, ruling_id: str, by: str) -> Ruling:
        """Undo a ruling: it binds no longer, and its item is a draft again, as it was before it was mended."""
        found = [one for one in self._reviews.rulings() if ruling_id and one.id.startswith(ruling_id)]
        if len(found) != 1 or found[0].id in self._reviews.taken_back():
            raise InputError(f"There is no standing ruling {ruling_id!r}. `tutor review show CASE` lists them.")
        self._loosen(found[0], by)
        return found[0]

    # What follows

    @property
    def bonds(self) -> Bonds:
        """Everything that rulings forbid, in the gold set and in the store."""
        return standing_bonds(self._ground)

    def promote(self, case_id: str, by: str, path: Path) -> GoldRuling:
        """Make an upheld case a gold case that the tests run; a second reviewer must do it."""
        case = self.case(case_id)
        made = promote(case, [bond for bond in self._reviews.bonds() if bond.case == case.id], by, path)
        self._reviews.note(self._ground.clock(), by, "promote", case.id, {"gold": made.id})
        return made

    def notices(self, learner: str, since: datetime | None = None) -> list[Notice]:
        """Upheld cases about items that this learner answered before, and about answers that they flagged."""
        met = {attempt.item_id: attempt.at for attempt in self._ground.store.bank.attempts(learner=learner)}
        void = void_before(cases := self.cases(also_settled=True))
        found = []
        for case in cases:
            flagged = [flag.at for flag in case.flags if flag.by == learner and case.target != "item"]
            at = met.get(case.target_id) if case.target == "item" else max(flagged, default=None)
            if at is None or case.state != "upheld" or at > case.rulings[-1].at:
                continue
            if since is None or case.rulings[-1].at > since:
                found.append(Notice(case.rulings[-1], case, at, case.target_id in void))
        return found

    def agreement(self) -> float | None:
        """How far reviewers agree (Krippendorff's alpha)."""
        return alpha(
            [list({one.by: one.verdict for one in case.rulings}.values()) for case in self.cases(also_settled=True)]
        )

    def log(self) -> tuple[list[Entry], str | None]:
        """Everything that was done, and where it was changed afterwards, if it was."""
        entries = self._reviews.log()
        return entries, broken(entries)

    # Between machines

    def export(self) -> Iterator[dict[str, Any]]:
        """Flags and rulings, one record each."""
        return carried(self._reviews)

    def take_in(self, records: Iterable[object]) -> tuple[int, int]:
        """Merge what another machine exported; how many flags and rulings were new. Twice changes nothing."""
        found = take_in(self._reviews, records, self._ground.clock())
        cases = {case.id: case for case in self._all}
        for ruling in found.undone:
            if ruling.verdict == "uphold" and ruling.case in cases:
                self.mending.release(cases[ruling.case], [ruling], self._all)
        for case in (cases[ruling.case] for ruling in found.ruled if ruling.case in cases):
            if case.state == "upheld" and self.mending.is_here(case):
                self._ground.store.bank.set_state(case.target_id, "retired")
        return found.flags, len(found.ruled)

    def _free_case(self, case_id: str, by: str) -> Case:
        """A case that nobody else is at."""
        case = self.case(case_id)
        _only(case.reserved, by)
        return case

    def _ruling(self, case: Case, verdict: Verdict, remedy: Remedy, words: str, by: str) -> Ruling:
        check_ruling(verdict, remedy, words)
        at = self._ground.clock()
        told = f"{case.id}\n{verdict}\n{by}\n{at.isoformat()}"
        name = hashlib.sha256(told.encode()).hexdigest()[:12]
        return Ruling(name, case.id, verdict, remedy, words.strip(), by, at)

    def _keep(self, ruling: Ruling, made: list[Bond], case: Case) -> None:
        """Keep a ruling; what the same reviewer ruled on the case before stands no longer."""
        for earlier in case.rulings:
            if earlier.by == ruling.by:
                self._loosen(earlier, ruling.by)
        self._reviews.add_ruling(ruling, made)

    def _loosen(self, ruling: Ruling, by: str) -> None:
        """Take a ruling back, and what it did to its item."""
        self._reviews.take_back(ruling.id, by, self._ground.clock())
        if ruling.verdict == "uphold":
            self.mending.release(self.case(ruling.case), [ruling], self._all)

    def _part_of_answer(self, target: Target, target_id: str) -> dict[str, Any]:
        """What a reviewer is shown of `conversation/turn` or `conversation/turn/number`."""
        conversation, turn, number = place_of(target, target_id)
        turns = self._ground.store.conversations.turns(conversation)
        if not 0 < turn <= len(turns):
            raise InputError(f"Conversation {conversation} has no turn {turn}; it has {len(turns)}.")
        return shown_of(target, number, {"question": turns[turn - 1].question, **turns[turn - 1].answer})

    def _bonds_of(self, case: Case, struck: Iterable[str], banned: str) -> list[Bond]:
        if case.target == "item":
            kept = self._ground.store.bank.find(case.target_id)
            item = kept.item if kept else case.shown
            struck = list(struck)
            if struck and (model := self.mending.model_of(item)):  # a model of another machine cannot be asked
                check_struck(struck, model, (one.partition("|")[2] for one in self.bonds.of("ruling")))
            return bonds_for_item(item, case.id, struck, banned, case.cause)
        text = str(case.shown.get("text", ""))
        bonds = [Bond("statement", text, case.id)] if text.strip() else []
        return [*bonds, Bond("statement", banned, case.id)] if banned.strip() else bonds

    @property
    def _all(self) -> list[Case]:
        """Every case, settled ones too."""
        return self.cases(also_settled=True)

    @property
    def _reviews(self) -> Reviews:
        return self._ground.store.reviews


def _only(held: Reservation | None, by: str) -> None:
    """Whoever holds a case has it alone."""
    if held and held.by != by:
        raise InputError(f"{held.by} is at this case since {held.at:%H:%M}. Take another one.")
