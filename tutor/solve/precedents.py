"""Decision models in, precedents out: what is known of a choice under a circumstance, in words that can be compared.

A precedent joins a circumstance and a choice by a sign: the choice fits there, or fails there. The rulings of decision
models are precedents; `page_precedents.py` reads further ones off the pages, `rulings.py` those written by hand, alone
or as solved cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tutor.read.item_models.decision import DecisionModel

Origin = Literal["ruling", "by hand", "case", "when", "elsewhere", "turns", "mistake", "remedy", "table"]
"""What kind of place a precedent was read from."""


@dataclass(frozen=True)
class Precedent:
    """Under this circumstance, this choice fits, or fails."""

    circumstances: tuple[str, ...]
    """The same circumstance in one or more wordings."""
    choices: tuple[str, ...]
    """The same choice in one or more wordings."""
    sign: int
    """1 where the choice fits, -1 where it fails."""
    passage: str
    """Id of the passage that says so."""
    statement: str
    """What says so: a statement of the passage, or a ruling's reason."""
    origin: Origin
    model: str = ""
    """The decision model it belongs to, if any."""

    @property
    def is_whole(self) -> bool:
        """Whether its statement could not be parted and stands for circumstance and choice alike."""
        return self.circumstances == self.choices


def from_models(models: Iterable[DecisionModel]) -> Iterator[Precedent]:
    """The rulings of decision models."""
    for model in models:
        facts = {fact.id: fact.wordings for fact in model.facts}
        options = {option.id: (*option.wordings, option.name) for option in model.options}
        for ruling in model.rulings:
            yield Precedent(
                circumstances=facts[ruling.fact],
                choices=options[ruling.option],
                sign=1 if ruling.says == "fits" else -1,
                passage=ruling.passage,
                statement=ruling.because,
                origin="ruling",
                model=model.id,
            )
