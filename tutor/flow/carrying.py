"""Flags and rulings of the store in, records for another machine out; and such records merged into the store.

Every record is read before the first is kept, so that a faulty line leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tutor.review.carried import CarriedFlag, read_carried
from tutor.review.ruling import Ruling
from tutor.store.reviews import Reviews


@dataclass(frozen=True)
class TakenIn:
    """What was new to this machine."""

    flags: int
    ruled: tuple[Ruling, ...]
    undone: tuple[Ruling, ...]
    """Those that stood here and were taken back there."""


def carried(reviews: Reviews) -> Iterator[dict[str, Any]]:
    """Flags and rulings, one record each."""
    for flag in reviews.flags():
        yield {"record": "flag", **asdict(flag), "shown": dict(flag.shown), "at": flag.at.isoformat()}
    bonds, back = reviews.bonds(), reviews.taken_back()
    for ruling in reviews.rulings():
        stands = ruling.id not in back
        bound = [asdict(bond) for bond in dict.fromkeys(bonds) if stands and bond.case == ruling.case]
        told = {**asdict(ruling), "at": ruling.at.isoformat()}
        yield {"record": "ruling", **told, "taken_back": ruling.id in back, "bonds": bound}


def take_in(reviews: Reviews, records: Iterable[object], now: datetime) -> TakenIn:
    """Merge what another machine exported. Twice changes nothing."""
    flags = 0
    ruled: list[Ruling] = []
    undone: list[Ruling] = []
    for record in [read_carried(record, number) for number, record in enumerate(records, start=1)]:
        if isinstance(record, CarriedFlag):
            flags += reviews.add_flag(record.flag)
            continue
        if reviews.add_ruling(record.ruling, list(record.bonds)):
            ruled.append(record.ruling)
        if record.taken_back and record.id not in reviews.taken_back():
            reviews.take_back(record.id, record.by, now)
            undone.append(record.ruling)
    return TakenIn(flags, tuple(ruled), tuple(undone))
