"""What an item of a decision model states, shows and keys, as one record, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tutor.author.difficulty import predict
from tutor.read.item_models.decision import DecisionModel, Preference
from tutor.read.item_models.situation import Situation, Turn


@dataclass(frozen=True)
class Told:
    """The situation that a case tells, and the turn that it takes."""

    situation: Situation
    turn: Turn


@dataclass(frozen=True)
class Case:
    """What an item states, shows and keys, by the ids of its model."""

    model: DecisionModel
    scene: int | None
    """The scene that it opens with; None where a situation is told whole."""
    facts: tuple[str, ...]
    """The facts that are stated as sentences; what the scene states comes on top. Of a situation all that it states."""
    shown: tuple[str, ...]
    """The options, in the order of the model."""
    key: frozenset[str]
    preference: Preference | None = None
    background: str | None = None
    """A stated fact that decides nothing here."""
    told: Told | None = None
    """The situation, where an author has told the case whole."""

    @cached_property
    def stated(self) -> frozenset[str]:
        """All facts that hold in the case, but for the background."""
        by_scene = () if self.scene is None else self.model.scenes[self.scene].states
        return frozenset(self.facts) | frozenset(by_scene)

    @property
    def distractors(self) -> tuple[str, ...]:
        """The shown options that are wrong."""
        return tuple(option for option in self.shown if option not in self.key)

    def against(self, option: str) -> frozenset[str]:
        """The stated facts that rule an option out."""
        return self.model.violated[option] & self.stated

    def behind(self, option: str) -> frozenset[str]:
        """The stated facts that point to an option."""
        return self.model.fitted[option] & self.stated

    @cached_property
    def survivors(self) -> frozenset[str]:
        """The shown options that are right: no fact rules them out, and none of them loses on the preference."""
        return frozenset(best([option for option in self.shown if not self.against(option)], self.preference))

    @cached_property
    def idle(self) -> frozenset[str]:
        """Facts that are stated as sentences and rule out no shown option."""
        return frozenset(self.facts).difference(*(self.against(option) for option in self.shown))

    @cached_property
    def hardness(self) -> float:
        """How hard the item should be, from 0 to 1."""
        return predict(
            facts=len(self.stated) + (self.background is not None),
            misses=[(len(self.against(option)), len(self.behind(option))) for option in self.distractors],
            support=min(len(self.behind(option)) for option in self.key),
            keys=len(self.key),
            by_preference=self.preference is not None,
        )

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What decides it, sorted: facts, then the preference."""
        preference = (f"preference:{self.preference.id}",) if self.preference else ()
        return (*sorted(self.stated), *preference)

    def keyed(self) -> Case:
        """The case keyed by what survives of the shown options."""
        return replace(self, key=self.survivors)

    def showing(self, options: Collection[str]) -> Case:
        """The case with these of its options."""
        return replace(self, shown=tuple(option for option in self.shown if option in options))

    def is_silent_on(self, options: Iterable[str], fact: str) -> bool:
        """Whether a fact says nothing of these options."""
        return not any(fact in self.model.violated[option] | self.model.fitted[option] for option in options)


def best(alive: Sequence[str], preference: Preference | None) -> list[str]:
    """Those of the surviving options that stand highest in the order of a preference; all of them without one."""
    if preference is None:
        return list(alive)
    for rank in preference.order:
        if found := [option for option in alive if option in rank]:
            return found
    return []
