"""What model calls cost: tokens × price, and a limit per day that no call may pass.

Prices are micro-dollars per token. A price that is not known is said to be unknown, never taken for zero; where a limit
is set, a model without a price is not called at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Literal

from tutor.engines.engine import Usage
from tutor.errors import EngineError
from tutor.settings import Price

CHARACTERS_PER_TOKEN = 3
"""For estimates, where a server does not count: English has about four, so this errs on the dear side."""

Outcome = Literal[
    "answered",
    "malformed",
    "empty",
    "declined",
    "cut",
    "timed out",
    "rate limited",
    "failed",
    "unreachable",
    "rejected",
]
"""How a call ended. `declined`: the model or its safety filter would not; `rejected`: the request was not accepted."""


@dataclass(frozen=True)
class ModelCall:
    """One call to a language model, as it is remembered."""

    engine: str
    model: str
    prompt_hash: str
    tokens_in: int
    tokens_out: int
    estimated: bool
    cost_micro_usd: float | None
    seconds: float
    outcome: Outcome


@dataclass(frozen=True)
class Spent:
    """What calls took, summed."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_micro_usd: float = 0.0
    """Of the calls whose price was known."""
    unpriced: int = 0
    """Calls whose price was not known."""


def estimated_tokens(characters: int) -> int:
    """About how many tokens a text of so many characters has."""
    return ceil(characters / CHARACTERS_PER_TOKEN)


def cost(price: Price | None, tokens_in: int, tokens_out: int) -> float | None:
    """Micro-dollars; None where the price is not known."""
    if price is None:
        return None
    return tokens_in * price.per_token_in + tokens_out * price.per_token_out


def dollars(micro_usd: float | None) -> str:
    """An amount as people read it."""
    if micro_usd is None:
        return "price unknown"
    usd = micro_usd / 1e6
    if 0 < usd < 0.000001:
        return "under $0.000001"
    return f"${usd:.2f}" if usd >= 0.1 or usd == 0 else f"${usd:.6f}".rstrip("0")


def as_words(usage: Usage) -> str:
    """What an answer took, as people read it."""
    about = "about " if usage.estimated else ""
    return f"{about}{usage.tokens_in:,} + {usage.tokens_out:,} tokens, {dollars(usage.cost_micro_usd)}"


class SpendingLimit:
    """Keeps the day's calls below a limit, also while several are under way. Safe to share between threads."""

    def __init__(self, limit_usd: float | None, spent_today: Callable[[], float]) -> None:
        self._limit = None if limit_usd is None else limit_usd * 1e6
        self._spent_today = spent_today
        self._under_way = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def room_for(self, model: str, worst_micro_usd: float | None) -> Iterator[None]:
        """Hold room for a call that costs at most so much; `EngineError` where there is none."""
        if self._limit is None:
            yield
            return
        if worst_micro_usd is None:
            raise EngineError(
                f"a spending limit is set and the price of {model} is not known: name it, "
                f"TUTOR_MODEL_PRICES={model}=IN/OUT (dollars per million tokens, 0/0 where it is free)"
            )
        with self._lock:
            spent = self._spent_today()
            if spent + self._under_way + worst_micro_usd > self._limit:
                raise EngineError(
                    f"the spending limit of {dollars(self._limit)} a day leaves no room for another call "
                    f"({dollars(spent)} spent today)"
                )
            self._under_way += worst_micro_usd
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= worst_micro_usd
