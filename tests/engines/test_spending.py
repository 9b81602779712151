import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engines.engine import Usage
from tutor.engines.spending import SpendingLimit, as_words, cost, dollars, estimated_tokens
from tutor.errors import EngineError
from tutor.settings import Price


def test_prices_are_micro_dollars_per_token() -> None:
    assert cost(Price(0.3, 2.5), 1_000_000, 0) == 300_000  # $0.30 for a million
    assert cost(Price(0, 0), 5, 5) == 0
    assert cost(None, 5, 5) is None


@pytest.mark.parametrize(
    ("micro", "shown"),
    [
        *((None, "price unknown"), (0, "$0.00"), (0.5, "under $0.000001"), (80, "$0.00008"), (3_100, "$0.0031")),
        *((1_500_000, "$1.50"), (123_456, "$0.12")),
    ],
)
def test_amounts_as_people_read_them(micro: float | None, shown: str) -> None:
    assert dollars(micro) == shown


def test_usage_as_people_read_it() -> None:
    assert as_words(Usage("m", "h", 2, 2_100, 300, False, 80.0)) == "2,100 + 300 tokens, $0.00008"
    assert as_words(Usage("m", "h", 2, 2_100, 300, True, None)) == "about 2,100 + 300 tokens, price unknown"


def test_estimates_err_on_the_dear_side() -> None:
    assert [estimated_tokens(count) for count in (0, 1, 3, 4, 3000)] == [0, 1, 1, 2, 1000]


@given(st.lists(st.floats(0, 400_000), max_size=30))
def test_what_was_let_through_never_passes_the_limit(worst: list[float]) -> None:
    spent = 0.0
    limit = SpendingLimit(1.0, lambda: spent)
    for amount in worst:
        try:
            with limit.room_for("m", amount):
                spent += amount
        except EngineError:
            assert spent + amount > 1_000_000
    assert spent <= 1_000_000


def test_room_is_held_while_calls_are_under_way() -> None:
    limit = SpendingLimit(1.0, lambda: 0.0)
    refused = threading.Event()

    def other() -> None:
        try:
            with limit.room_for("m", 600_000):
                pass
        except EngineError:
            refused.set()

    with limit.room_for("m", 600_000):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert refused.is_set()
    with limit.room_for("m", 600_000):
        pass


def test_room_is_given_back_after_a_failure() -> None:
    limit = SpendingLimit(1.0, lambda: 0.0)
    for _ in range(3):
        with pytest.raises(RuntimeError), limit.room_for("m", 900_000):
            raise RuntimeError


def test_without_a_limit_prices_do_not_matter() -> None:
    with SpendingLimit(None, lambda: 1e12).room_for("m", None):
        pass
